import { describe, expect, it } from "vitest";
import { fromHex, itemAt, keccak, toHex } from "../../../src/vote/ballot/bytes";
import { CeremonyReplay, replayEvent } from "../../../src/vote/ballot/replay";
import { unmask, placeOf, TrusteeKeys } from "../../../src/vote/ballot/keys";
import { verifyDeal, contextOf } from "../../../src/vote/ballot/ceremony";
import { complaint, dealHash, enrolment, makeDeal } from "../../../src/vote/ballot/dealing";
import { N } from "../../../src/vote/ballot/group";
import { singleChoice } from "../../../src/vote/ballot/questions";
import { verifyDleq } from "../../../src/vote/ballot/proofs";
import { digest, tag } from "../../../src/vote/ballot/transcript";
import { ceremonyEvents, paramsOf } from "./consultation";
import { vectors } from "./vectors";

const { trustees } = vectors;
const replay = new CeremonyReplay();
for (const event of ceremonyEvents()) if ("id" in event) replayEvent(replay, event, paramsOf(singleChoice(3)));
const ceremony = replay.ceremony;
if (!ceremony) throw new Error("no ceremony");
const keysOf = (j: number) =>
  new TrusteeKeys(ceremony, j, keccak(new TextEncoder().encode("vectors: trustee"), new Uint8Array([j])));

describe.each([1, 2, 3])("trustee %d, by her secret alone,", (j) => {
  const keys = keysOf(j);
  const theirs = itemAt(trustees.deals, j - 1);

  it("enrols with the bytes that Python has", () => {
    const { key, proof } = enrolment(ceremony, keys);
    const expected = itemAt(trustees.enrolments, j - 1);
    expect(toHex(key)).toBe(expected.key);
    expect([proof.e, proof.z]).toEqual([BigInt(expected.proof.e), BigInt(expected.proof.z)]);
  });

  it("deals what Python deals, under the hash that the contract computes", () => {
    const deal = makeDeal(ceremony, keys, replay.enrolled);
    expect(deal).toEqual(replay.deals.get(j));
    expect(verifyDeal(ceremony, j, deal)).toBe(true);
    expect(toHex(dealHash(ceremony, j, deal))).toBe(theirs.hash);
  });

  it("deals otherwise, and nothing to the absent, where others enrolled", () => {
    const [absent] = [1, 2, 3].filter((it) => it !== j);
    const fewer = new Map([...replay.enrolled].filter(([index]) => index !== absent));
    const deal = makeDeal(ceremony, keys, fewer);
    expect(deal.commitments).not.toEqual(replay.deals.get(j)?.commitments);
    expect(deal.shares[(absent ?? 0) - 1]).toBe(0n);
    expect(verifyDeal(ceremony, j, deal)).toBe(true);
  });

  it("opens the shares that she was dealt, and proves a false one to be false", () => {
    const [dealer] = [1, 2, 3].filter((it) => it !== j);
    const deal = replay.deals.get(dealer ?? 0);
    if (!deal || !dealer) throw new Error("no deal");
    expect(unmask(ceremony, keys, dealer, deal)).not.toBe(null);
    const shares = deal.shares.map((share, place) => (place === j - 1 ? (share + 1n) % N : share));
    const wrong = { ...deal, shares };
    expect(unmask(ceremony, keys, dealer, wrong)).toBe(null);
    const [dh, proof] = complaint(ceremony, keys, dealer, wrong);
    const ctx = digest(...contextOf(ceremony, tag("beffroi.vote.ceremony.complaint"), dealer, j));
    expect(verifyDleq(ctx, deal.ephemeral, keys.encryption, dh, proof)).toBe(true);
  });
});

describe("a place in the ceremony", () => {
  it("is an account's, from 1, or nobody's", () => {
    expect(trustees.accounts.map((account) => placeOf(ceremony, fromHex(account)))).toEqual([1, 2, 3]);
    expect(placeOf(ceremony, new Uint8Array(20))).toBe(null);
  });
});
