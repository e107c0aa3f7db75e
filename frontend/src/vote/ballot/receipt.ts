/**
 * The voter's receipt: is my ballot, as I cast it, in the count? It says which bytes were cast, not what is in them, so
 * that it shows nobody how its owner voted.
 */
import { type Bytes, fromHex, itemAt, keccak, same, toHex } from "./bytes";
import type { Event } from "./events";
import { recordsOf, type Refusal, REFUSALS } from "./records";
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
    let position = 0;
    for (const record of recordsOf(event.records, length)) {
      const reason = refused.get(`${batch}:${position++}`) ?? 0;
      if (record.index !== receipt.index || !same(record.voter, receipt.voter)) continue;
      const mine = record.seq === receipt.seq && same(keccak(record.ballot), receipt.ballotHash);
      if (mine && !reason) found = { fate: "counted", batch, transaction };
      else if (mine && found.fate === "absent") found = { fate: "refused", batch, reason: itemAt(REFUSALS, reason) };
      else if (!mine && !reason && found.fate === "counted") found = { fate: "replaced", batch, transaction };
    }
  }
  return found;
}
