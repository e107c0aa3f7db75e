/**
 * The voter's receipt: is my ballot, as I cast it, in the count? It says which bytes were cast, not what is in them, so
 * that it shows nobody how its owner voted.
 */
import { ciphertextsOf } from "./ballot";
import { type Bytes, fromHex, itemAt, keccak, same, toHex } from "./bytes";
import type { Event } from "./events";
import { leafOf } from "./params";
import { batchRoot, EMPTY_LEAF, type Record, recordsOf, type Refusal, REFUSALS } from "./records";
import { ballotLength, type Rule } from "./rules";

export interface Receipt {
  readonly chainId: number;
  readonly consultations: Bytes;
  readonly consultation: number;
  readonly index: number;
  readonly voter: Bytes;
  readonly seq: number;
  readonly ballotHash: Bytes;
}

export type Fate =
  | { readonly fate: "absent" }
  | {
      readonly fate: "counted" | "replaced";
      readonly batch: number;
      readonly transaction: string;
    }
  | {
      readonly fate: "refused";
      readonly batch: number;
      readonly reason: Refusal;
    };

export class ReceiptError extends Error {}

/** As JSON, the same that Python writes. */
export function receiptText(receipt: Receipt): string {
  return JSON.stringify({
    chainId: receipt.chainId,
    consultations: toHex(receipt.consultations),
    consultation: receipt.consultation,
    index: receipt.index,
    voter: toHex(receipt.voter),
    seq: receipt.seq,
    ballotHash: toHex(receipt.ballotHash),
  });
}

/** @throws ReceiptError when the text is not a receipt. */
export function parseReceipt(text: string): Receipt {
  try {
    const data = JSON.parse(text) as { readonly [name: string]: unknown };
    const bytes = (name: string, length: number): Bytes => {
      const value = fromHex(String(data[name]));
      if (value.length !== length) throw new RangeError(name);
      return value;
    };
    const number = (name: string): number => {
      const value = Number(data[name]);
      if (data[name] === undefined || !Number.isSafeInteger(value) || value < 0) throw new RangeError(name);
      return value;
    };
    return {
      chainId: number("chainId"),
      consultations: bytes("consultations", 20),
      consultation: number("consultation"),
      index: number("index"),
      voter: bytes("voter", 20),
      seq: number("seq"),
      ballotHash: bytes("ballotHash", 32),
    };
  } catch (error) {
    throw new ReceiptError("this is not a receipt", { cause: error });
  }
}

function rootOf(consultation: number, rule: Rule, records: readonly Record[], reasons: readonly number[]): Bytes {
  const leaves = records.map(({ index, seq, ballot }, i) =>
    itemAt(reasons, i) ? EMPTY_LEAF : leafOf(consultation, index, seq, keccak(ciphertextsOf(ballot, rule))),
  );
  return batchRoot(leaves);
}

/** What became of the ballot, from the events of its consultation in order. */
export function fateOf(receipt: Receipt, rule: Rule, events: Iterable<Event>): Fate {
  const refused = new Map<string, number>();
  const length = ballotLength(rule);
  let found: Fate = { fate: "absent" };
  for (const event of events) {
    if (event.name === "refused" && event.consultation === receipt.consultation)
      refused.set(`${event.batch}:${event.position}`, event.reason);
    if (event.name !== "cast" || event.consultation !== receipt.consultation) continue;
    const { batch, transaction } = event;
    const records = [...recordsOf(event.records, length)];
    const reasons = records.map((_, position) => refused.get(`${batch}:${position}`) ?? 0);
    const isHers = records.some(({ index, voter }) => index === receipt.index && same(voter, receipt.voter));
    // A batch of another root is none that the contract has taken.
    if (!isHers || !same(event.root, rootOf(receipt.consultation, rule, records, reasons))) continue;
    for (const [position, record] of records.entries()) {
      const reason = itemAt(reasons, position);
      if (record.index !== receipt.index || !same(record.voter, receipt.voter)) continue;
      const mine = record.seq === receipt.seq && same(keccak(record.ballot), receipt.ballotHash);
      if (mine && !reason) found = { fate: "counted", batch, transaction };
      else if (mine && found.fate === "absent") found = { fate: "refused", batch, reason: itemAt(REFUSALS, reason) };
      else if (!mine && !reason && found.fate === "counted") found = { fate: "replaced", batch, transaction };
    }
  }
  return found;
}
