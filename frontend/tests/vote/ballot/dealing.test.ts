import { describe, expect, it } from "vitest";
import { fromHex, itemAt, keccak, toHex } from "../../../src/vote/ballot/bytes";
import { CeremonyReplay } from "../../../src/vote/ballot/replay";
import { unmask, placeOf, TrusteeKeys } from "../../../src/vote/ballot/keys";
import { verifyDeal } from "../../../src/vote/ballot/ceremony";
import { acknowledgement, complaint, dealHash, enrolment, judge, makeDeal } from "../../../src/vote/ballot/dealing";
import { N } from "../../../src/vote/ballot/group";
import { singleChoice } from "../../../src/vote/ballot/questions";
import { acknowledgementDigest, bitsOf, saying, settingHash, stepDigest } from "../../../src/vote/ballot/slips";
import { stepOf } from "../../../src/vote/booth/steps";
import { ceremonyEvents, paramsOf } from "./consultation";
import { vectors } from "./vectors";

const { trustees } = vectors;
const replay = new CeremonyReplay();
for (const event of ceremonyEvents()) if ("id" in event) replay.take(event, paramsOf(singleChoice(3)));
const ceremony = replay.ceremony;
if (!ceremony) throw new Error("no ceremony");
const secretOf = (j: number) => keccak(new TextEncoder().encode("vectors: trustee"), new Uint8Array([j]));
const keysOf = (j: number) => new TrusteeKeys(ceremony, j, secretOf(j));

it("is of one setting, which Python hashes alike", () => {
  expect(toHex(settingHash(ceremony))).toBe(trustees.setting);
});

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
    const said = complaint(ceremony, keys, dealer, wrong);
    expect(judge(ceremony, said, keys.encryption, wrong)).toBe(true);
    expect(judge(ceremony, said, keys.encryption, deal)).toBe(false);
    expect(judge(ceremony, { ...said, dh: keys.encryption }, keys.encryption, wrong)).toBe(null);
  });

  it("leaves a deal unproven of which one masked share is another", () => {
    const deal = makeDeal(ceremony, keys, replay.enrolled);
    expect(verifyDeal(ceremony, j, { ...deal, shares: deal.shares.map((share, i) => (i ? share : share ^ 1n)) })).toBe(
      false,
    );
  });

  it("commits for those who enrolled, once, under the name and the hash that Python remembers", () => {
    const said = new CeremonyReplay();
    for (const event of ceremonyEvents().slice(0, 4)) if ("id" in event) said.take(event, paramsOf(singleChoice(3)));
    const ask = { ceremony: 3, account: fromHex(itemAt(trustees.accounts, j - 1)), keyFile: "", password: "" };
    const step = stepOf(said, { ...ask, phase: "commit" }, secretOf(j));
    const { enrolled, struct } = itemAt(trustees.commits, j - 1);
    expect(step).toMatchObject({ kind: "commit", once: { name: `commit ${enrolled}`, hash: struct } });
  });

  it("acknowledges the key with the bytes that Python has", () => {
    const share = BigInt(itemAt(trustees.secretShares, j - 1));
    const { e, z } = acknowledgement(ceremony, keys, fromHex(trustees.key), share);
    const { proof } = itemAt(trustees.acknowledgements, j - 1);
    expect([e, z]).toEqual([BigInt(proof.e), BigInt(proof.z)]);
  });

  it("signs what Python signs, in each step", () => {
    const { key, proof } = enrolment(ceremony, keys);
    const deal = makeDeal(ceremony, keys, replay.enrolled);
    const enrolled = bitsOf(replay.enrolled.keys());
    expect(enrolled).toBe(itemAt(trustees.commits, j - 1).enrolled);
    const digests = [
      stepDigest(ceremony, j, "enrol", saying.enrol(key, proof)),
      stepDigest(ceremony, j, "commit", saying.commit(dealHash(ceremony, j, deal), enrolled)),
      stepDigest(ceremony, j, "deal", saying.deal(deal)),
      acknowledgementDigest(ceremony, j, fromHex(trustees.key), fromHex(itemAt(trustees.shareKeys, j - 1))),
    ].map(toHex);
    const { enrolments, commits, deals, acknowledgements } = trustees;
    expect(digests).toEqual(
      [enrolments, commits, deals, acknowledgements].map((each) => itemAt<{ digest: string }>(each, j - 1).digest),
    );
  });
});

describe("a complaint", () => {
  it("is signed and judged as Python does", () => {
    const deal = replay.deals.get(1);
    if (!deal) throw new Error("no deal");
    const keys = keysOf(2);
    const said = complaint(ceremony, keys, 1, deal);
    expect(toHex(said.dh)).toBe(trustees.complaint.dh);
    const digest = stepDigest(ceremony, 2, "complain", saying.complain(said, keys.encryption, deal));
    expect(toHex(digest)).toBe(trustees.complaint.digest);
    expect(judge(ceremony, said, keys.encryption, deal)).toBe(false);
  });
});

describe("a place in the ceremony", () => {
  it("is an account's, from 1, or nobody's", () => {
    expect(trustees.accounts.map((account) => placeOf(ceremony, fromHex(account)))).toEqual([1, 2, 3]);
    expect(placeOf(ceremony, new Uint8Array(20))).toBe(null);
  });
});
