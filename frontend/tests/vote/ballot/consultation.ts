/** A whole consultation in memory, as its two contracts would tell it: the trustees are those of the vectors. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { ciphertextsOf, makeBallot, split } from "../../../src/vote/ballot/ballot";
import { type Bytes, concat, fromHex, itemAt, keccak, same, toInteger } from "../../../src/vote/ballot/bytes";
import type { Event } from "../../../src/vote/ballot/events";
import { add, address, base, INFINITY, neg, type Point } from "../../../src/vote/ballot/group";
import { groundOf, leafOf, type Params, paramsHash, slipDigest } from "../../../src/vote/ballot/params";
import type { Ciphertext } from "../../../src/vote/ballot/proof";
import { messagesOf, type Question } from "../../../src/vote/ballot/questions";
import { batchRoot, encodeRecord, type Record, Roll } from "../../../src/vote/ballot/records";
import { type Closing, shareDigest, shareOf } from "../../../src/vote/ballot/tally";
import { paramsWith, vectors } from "./vectors";

const { trustees } = vectors;
const knowledge = ({ e, z }: { e: string; z: string }) => ({
  e: BigInt(e),
  z: BigInt(z),
});

const KEYS = Array.from({ length: 6 }, (_, i) => keccak(new Uint8Array([i, 7])));
export const VOTERS = KEYS.map((key) => address(base(toInteger(key))));

/** The trustees' accounts have these keys, as tests/vectors/ceremony_vectors.py draws them. */
const OWNERS = [1, 2, 3].map((j) => keccak(concat(new TextEncoder().encode("vectors: account"), new Uint8Array([j]))));

function signed(digest: Bytes, key: Bytes): Bytes {
  const signature = secp256k1.sign(digest, key, { prehash: false, format: "recovered" });
  return concat(signature.slice(1), new Uint8Array([27 + (signature[0] ?? 0)]));
}

export function ceremonyEvents(): Event[] {
  const id = trustees.ceremonyId;
  return [
    {
      name: "ceremony-opened",
      id,
      consumer: fromHex(trustees.consumer),
      trustees: trustees.accounts.map(fromHex),
      threshold: trustees.threshold,
    },
    ...trustees.enrolments.map(({ key, proof, signature }, i): Event => ({
      name: "enrolled",
      id,
      index: i + 1,
      key: fromHex(key),
      proof: knowledge(proof),
      signature: fromHex(signature),
    })),
    ...trustees.commits.map(({ enrolled, signature }, i): Event => ({
      name: "committed",
      id,
      index: i + 1,
      dealHash: fromHex(itemAt(trustees.deals, i).hash),
      enrolled,
      signature: fromHex(signature),
    })),
    ...trustees.deals.map((deal, i): Event => ({
      name: "dealt",
      id,
      index: i + 1,
      signature: fromHex(deal.signature),
      deal: {
        commitments: deal.commitments.map(fromHex),
        ephemeral: fromHex(deal.ephemeral),
        shares: deal.shares.map(BigInt),
        secretProof: knowledge(deal.secretProof),
        ephemeralProof: knowledge(deal.ephemeralProof),
      },
    })),
    {
      name: "key-proposed",
      id,
      key: fromHex(trustees.key),
      shareKeys: trustees.shareKeys.map(fromHex),
    },
    ...trustees.acknowledgements.map(({ proof, signature }, i): Event => ({
      name: "acknowledged",
      id,
      index: i + 1,
      proof: knowledge(proof),
      signature: fromHex(signature),
    })),
    { name: "key-ready", id },
  ];
}

export function paramsOf(question: Question, secrecyMinimum = 2): Params {
  const roll = new Roll(VOTERS);
  const where = {
    ceremony: trustees.ceremonyId,
    h: fromHex(trustees.key),
    rollRoot: roll.root,
    rollSize: roll.size,
  };
  return { ...paramsWith(question.rule), ...where, secrecyMinimum };
}

export function openedEvent(params: Params): Event {
  const { h: _, ...terms } = params;
  const { consultation, ceremony } = params;
  return {
    name: "opened",
    consultation,
    ceremony,
    paramsHash: paramsHash(params),
    uri: "",
    terms,
  };
}

/** A signed slip of a voter. */
export function slip(params: Params, index: number, seq: number, messages: readonly bigint[]): Record {
  const voter = itemAt(VOTERS, index);
  const { data, hash } = makeBallot(groundOf(params), voter, seq, messages);
  const signature = signed(slipDigest(params, voter, seq, hash), itemAt(KEYS, index));
  return { index, seq, voter, signature, ballot: data };
}

export function castEvent(params: Params, batch: number, records: readonly Record[]): Event {
  const leaves = records.map(({ index, seq, ballot }) =>
    leafOf(params.consultation, index, seq, keccak(ciphertextsOf(ballot, params.rule))),
  );
  const bytes = concat(...records.map(encodeRecord));
  const where = {
    consultation: params.consultation,
    batch,
    block: 1,
    transaction: "0x" as const,
  };
  return {
    name: "cast",
    ...where,
    root: batchRoot(leaves),
    records: bytes,
  };
}

export function totalsOf(params: Params, counted: readonly Record[], replaced: readonly Record[]): Ciphertext[] {
  const sum = (records: readonly Record[], i: number, half: "c1" | "c"): Point =>
    add(INFINITY, ...records.map(({ ballot }) => itemAt(split(ballot, params.rule), i)[half]));
  return Array.from(params.rule.setOf, (_, i) => ({
    c1: add(sum(counted, i, "c1"), neg(sum(replaced, i, "c1"))),
    c: add(sum(counted, i, "c"), neg(sum(replaced, i, "c"))),
  }));
}

/** The end of it: closing, the shares of these trustees, the result. */
export function ending(params: Params, totals: Ciphertext[], ballots: number, counts: number[], by = [1, 3]): Event[] {
  const closing: Closing = { params, totals, ballots };
  const { consultation } = params;
  return [
    { name: "closed", consultation, ballots, totals, block: 7, blockHash: new Uint8Array(32) },
    ...by.map((trustee): Event => {
      const secret = BigInt(itemAt(trustees.secretShares, trustee - 1));
      const share = shareOf(closing, trustee, secret, (ctx) => toInteger(keccak(ctx)));
      const account = fromHex(itemAt(trustees.accounts, trustee - 1));
      const owner = OWNERS.find((key) => same(address(base(toInteger(key))), account));
      const signature = owner ? signed(shareDigest(params, share), owner) : new Uint8Array();
      return { name: "share", consultation, share, signature };
    }),
    { name: "tallied", consultation, ballots, counts },
  ];
}

/** Five votes out of six in two batches, one of them again: 0, 1, 2, 0 → 1 (again), 0. */
export function whole(question: Question): { params: Params; events: Event[] } {
  const params = paramsOf(question);
  const vote = (index: number, choice: number, seq = 0): Record =>
    slip(params, index, seq, messagesOf(question, choice));
  const [first, second] = [
    [vote(0, 0), vote(1, 1), vote(3, 0)],
    [vote(2, 2), vote(4, 0)],
  ];
  const again = vote(3, 1, 1);
  const totals = totalsOf(params, [...first, ...second, again], first.slice(2));
  const { consultation } = params;
  const events: Event[] = [
    ...ceremonyEvents(),
    openedEvent(params),
    castEvent(params, 0, first),
    castEvent(params, 1, second),
    { name: "replaced", consultation, index: 3, seq: 1, replaced: 0 },
    castEvent(params, 2, [again]),
    ...ending(params, totals, 5, [2, 2]),
  ];
  return { params, events };
}
