import type { RevokedWord } from "./flows/issue";
import { BITS } from "./chain/attested";
import type { SchemaField } from "./paper/definition";
import { TYPES } from "./paper/types";

const PART = /^(\d{1,15})(?:\s*-\s*(\d{1,15}))?$/;
/** More is no typing error. */
const MOST = 100_000;

/** Numbers as people write them, `3, 7, 10-20`, all below `next`; null where that is none. */
export function numbersIn(text: string, next: number): number[] | null {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const [, from, to] = PART.exec(part.trim()) ?? [];
    if (from === undefined) return null;
    const [first, last] = [Number(from), Number(to ?? from)];
    if (first > last || last >= next || last - first > MOST) return null;
    for (let number = first; number <= last; number++) found.add(number);
  }
  return [...found].sort((a, b) => a - b);
}

/** The words of marks in which numbers stand. */
export function wordsOf(numbers: readonly number[]): RevokedWord[] {
  const words = new Map<number, number[]>();
  for (const number of numbers) {
    const word = Math.floor(number / BITS);
    words.set(word, [...(words.get(word) ?? []), number]);
  }
  return [...words].map(([word, own]) => ({
    word,
    numbers: own,
    bits: own.reduce((bits, number) => bits | (1n << BigInt(number % BITS)), 0n),
  }));
}

const FIELD = new RegExp(`^([a-z][a-z0-9_]{0,39})(\\?)?(?:\\s+(${TYPES.join("|")}))?$`);

/** The fields of a schema as people write them, one a line: `day date`, `mark? integer`; or the line that is none. */
export function fieldsIn(text: string): { fields: readonly SchemaField[] } | { line: number } {
  const lines = text.split("\n").map((line) => line.trim());
  const fields: SchemaField[] = [];
  for (const [place, line] of lines.entries()) {
    if (line === "") continue;
    const [, name, optional, type] = FIELD.exec(line) ?? [];
    if (name === undefined || fields.some((field) => field.name === name)) return { line: place + 1 };
    fields.push({ name, type: (type ?? "text") as SchemaField["type"], required: !optional });
  }
  return fields.length ? { fields } : { line: 1 };
}
