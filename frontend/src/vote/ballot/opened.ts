/**
 * A ballot opened instead of cast (Benaloh's challenge), as a file for another computer: `ape run vote receipt` and the
 * page read it.
 */
import { ciphertextsOf, type Opening } from "./ballot";
import { type Bytes, fromHex, toHex } from "./bytes";
import type { Event } from "./events";
import type { Rule } from "./rules";

const KIND = "beffroi-opened-ballot-1";

export interface OpenedBallot {
  readonly consultation: number;
  /** Hash of the terms that it was made for: a node may tell others. */
  readonly terms: Bytes;
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
  { consultation, terms }: Pick<OpenedBallot, "consultation" | "terms">,
  voter: Bytes,
  seq: number,
  { data, hash }: { data: Bytes; hash: Bytes },
  { messages, randomness }: Opening,
): string {
  const opened = {
    kind: KIND,
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
    const [consultation, seq] = [value["consultation"], value["seq"]].map(Number) as [number, number];
    const voter = bytes("voter");
    if (![consultation, seq].every(Number.isSafeInteger) || voter.length !== 20) throw new RangeError("no ballot's");
    const opening = { messages: integers("messages"), randomness: integers("randomness") };
    return { consultation, terms: bytes("terms"), voter, seq, hash: bytes("hash"), data: bytes("ballot"), opening };
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
