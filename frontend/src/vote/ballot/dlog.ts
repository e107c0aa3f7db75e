/**
 * Discrete logarithms of totals: two counters packed in one exponent, low + high·M, by baby-step giant-step
 * (Shanks 1971). The table holds the abscissae of i·G for 0 ≤ i ≤ ⌈low/2⌉: the target is moved to the middle of the
 * range of `low`, and an abscissa does not tell a point from its opposite.
 */
import { itemAt, same } from "./bytes";
import { add, base, G, INFINITY, mul, neg, type Point, progression } from "./group";
import { M, maxima, type Rule } from "./rules";

/** No value in the allowed range has this point: the total or the bounds are wrong. */
export class DlogError extends Error {}

const BITS_KEPT = (1n << 52n) - 1n;

/** 52 bits of an abscissa, as a number: what they tell apart wrongly is checked exactly. */
const keyOf = (x: bigint | null): number => (x === null ? -1 : Number(x & BITS_KEPT));

/**
 * The counters of every opened total of a consultation.
 * @param opened `low·G + high·M·G` for each ciphertext.
 * @throws DlogError when a total holds more than its ballots can give.
 */
export function countsOf(opened: readonly Point[], rule: Rule, ballots: number): number[] {
  const limits = opened.map((_, i) => maxima(rule, i).map((most) => most * ballots));
  const middle = Math.ceil(Math.max(0, ...limits.map(([low]) => low ?? 0)) / 2);
  const table = new Map<number, number>();
  let i = 0;
  for (const x of progression(INFINITY, G, middle + 1)) table.set(keyOf(x), i++);
  return opened.flatMap((target, at) => {
    const [low = 0, high = 0] = itemAt(limits, at);
    return find(target, low, high, middle, table);
  });
}

function find(
  target: Point,
  lowMost: number,
  highMost: number,
  middle: number,
  table: Map<number, number>,
): [number, number] {
  const start = add(target, neg(base(BigInt(middle))));
  let high = 0;
  for (const x of progression(start, neg(mul(M, G)), highMost + 1)) {
    const i = table.get(keyOf(x));
    for (const low of i === undefined ? [] : [middle - i, middle + i])
      if (low >= 0 && low <= lowMost && same(base(BigInt(low) + BigInt(high) * M), target)) return [low, high];
    high++;
  }
  throw new DlogError(`no counters up to (${lowMost}, ${highMost}) have this total`);
}

/** The integers that `finalise` takes, low + high·M for each ciphertext, from the counters. */
export function packed(counts: readonly number[]): bigint[] {
  return Array.from(
    { length: counts.length / 2 },
    (_, i) => BigInt(itemAt(counts, 2 * i)) + BigInt(itemAt(counts, 2 * i + 1)) * M,
  );
}
