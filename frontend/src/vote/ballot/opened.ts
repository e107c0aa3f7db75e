/**
 * A ballot opened instead of cast (Benaloh's challenge), as a file for another computer: `ape run vote receipt` and the
 * page read it.
 */
import { ciphertextsOf, type Opening } from "./ballot";
import { type Bytes, fromHex, toHex } from "./bytes";
import type { Event } from "./events";
import type { Rule } from "./rules";

type Three = [number, number, number];

const KIND = "beffroi-opened-ballot-1";

/** What a ballot was made for. */
export interface MadeFor {
  readonly chainId: number;
  readonly consultations: Bytes;
  readonly consultation: number;
  /** Hash of the terms that it was made for: a node may tell others. */
  readonly terms: Bytes;
}

export interface OpenedBallot extends MadeFor {
  readonly voter: Bytes;
  readonly seq: number;
  readonly hash: Bytes;
  readonly data: Bytes;
  readonly opening: Opening;
}

export class OpenedError extends Error {
  override name = "OpenedError";
}

export function openedText(
  { chainId, consultations, consultation, terms }: MadeFor,
  voter: Bytes,
  seq: number,
  { data, hash }: { data: Bytes; hash: Bytes },
  { messages, randomness }: Opening,
): string {
  const opened = {
    kind: KIND,
    chainId,
    consultations: toHex(consultations),
    consultation,
    terms: toHex(terms),
    voter: toHex(voter),
    seq,
    hash: toHex(hash),
    ballot: toHex(data),
    messages: messages.map(String),
    randomness: randomness.map(String),
  };
  return `${JSON.stringify(opened, null, 2)}\n`;
}

/** Whether a file's text is an opened ballot. */
export const isOpened = (text: string): boolean => text.includes(`"${KIND}"`);

/** @throws OpenedError when it is damaged. */
export function parseOpened(text: string): OpenedBallot {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const bytes = (name: string): Bytes => fromHex(String(value[name]));
    const integers = (name: string): bigint[] => (value[name] as readonly string[]).map(BigInt);
    const [chainId, consultation, seq] = ["chainId", "consultation", "seq"].map((name) => Number(value[name])) as Three;
    const [consultations, voter] = [bytes("consultations"), bytes("voter")];
    if (![chainId, consultation, seq].every(Number.isSafeInteger)) throw new RangeError("no ballot's");
    if ([consultations, voter].some(({ length }) => length !== 20)) throw new RangeError("no account's");
    const place = { chainId, consultations, consultation, terms: bytes("terms") };
    const opening = { messages: integers("messages"), randomness: integers("randomness") };
    return { ...place, voter, seq, hash: bytes("hash"), data: bytes("ballot"), opening };
  } catch (error) {
    throw new OpenedError("the opened ballot is damaged", { cause: error });
  }
}

/** Whether these ciphertexts are on the chain; the proofs may have been drawn anew. */
export function wasCast(data: Bytes, rule: Rule, events: Iterable<Event>): boolean {
  const sealed = toHex(ciphertextsOf(data, rule)).slice(2);
  for (const event of events) if (event.name === "cast" && toHex(event.records).includes(sealed)) return true;
  return false;
}
