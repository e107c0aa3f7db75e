/**
 * A ballot opened instead of cast (Benaloh's challenge), as a file for another computer: `ape run vote receipt` reads
 * it.
 */
import type { Opening } from "./ballot";
import { type Bytes, toHex } from "./bytes";

const KIND = "beffroi-opened-ballot-1";

export function openedText(
  consultation: number,
  voter: Bytes,
  seq: number,
  { data, hash }: { data: Bytes; hash: Bytes },
  { messages, randomness }: Opening,
): string {
  const opened = {
    kind: KIND,
    consultation,
    voter: toHex(voter),
    seq,
    hash: toHex(hash),
    ballot: toHex(data),
    messages: messages.map(String),
    randomness: randomness.map(String),
  };
  return `${JSON.stringify(opened, null, 2)}\n`;
}
