/** What is public of a period, by what its meters committed to: coefficients, order of slots, sums of points. */
import type { Hex } from "../../vote/ballot/bytes";
import { type Affine, type Element, ZERO, affine, scaled } from "./curve";
import { EnergyFault } from "./faults";
import { NONE, type Total } from "./header";

/** Coefficients are ⌊2³²·shared/total⌋. */
export const SCALE = 2n ** 32n;

/** What is shared at a step: no more than is injected, no more than is drawn. Wh. */
export const sharedAt = ({ injected, drawn }: Total): bigint => (injected < drawn ? injected : drawn);

/** By how much a Wh drawn, or injected, is multiplied at a step: rounded down, none where there is nothing. */
export function coefficients(total: Total): { draws: bigint; injects: bigint } {
  const shared = SCALE * sharedAt(total);
  return {
    draws: total.drawn === 0n ? 0n : shared / total.drawn,
    injects: total.injected === 0n ? 0n : shared / total.injected,
  };
}

/** Of each step, the latest earlier one of its slot; and of each slot, its last. `NONE` where there is none. */
export function orderOf(slots: readonly number[], count: number): { earlier: bigint[]; last: bigint[] } {
  const last = new Array<bigint>(count).fill(NONE);
  const earlier = slots.map((slot, step) => {
    const before = last[slot] ?? NONE;
    last[slot] = BigInt(step);
    return before;
  });
  return { earlier, last };
}

/** What each slot shares, Wh. */
export function sharedBySlot(totals: readonly Total[], count: number): bigint[] {
  const shared = new Array<bigint>(count).fill(0n);
  for (const total of totals) shared[total.slot] = (shared[total.slot] ?? 0n) + sharedAt(total);
  return shared;
}

/** A column's sums along its steps. */
export interface ColumnSums {
  /** A(t) = A(the step before of its slot) + k·C(t). */
  a: Affine[];
  /** B(t) of this column: that of the one before it of its kind, and C(t). */
  b: Affine[];
  /** B(t) to go on with. */
  next: Element[];
  /** A at the end of each slot. */
  ends: Element[];
}

/** What is no point adds nothing. */
export function sumsOf(
  curve: readonly (Element | null)[],
  order: readonly number[],
  ks: readonly bigint[],
  before: readonly Element[] | null,
  slots: number,
): ColumnSums {
  const ends = new Array<Element>(slots).fill(ZERO);
  const sums: Element[] = [];
  const next: Element[] = [];
  for (const [step, it] of curve.entries()) {
    const point = it ?? ZERO;
    const slot = order[step] ?? 0;
    const sum = (ends[slot] ?? ZERO).add(scaled(point, ks[step] ?? 0n));
    ends[slot] = sum;
    sums.push(sum);
    next.push((before?.[step] ?? ZERO).add(point));
  }
  return { a: affine(sums), b: affine(next), next, ends };
}

/**
 * The Wh of each column, of one kind and one slot, whose sum is exactly what the slot shares: each rounded down, then
 * one more for the largest remainders, of equals the lowest id first. @throws EnergyFault where rounding does not
 * explain what they lack
 */
export function allocated(ids: readonly Hex[], values: readonly bigint[], shared: bigint): bigint[] {
  const floors = values.map((it) => it / SCALE);
  const missing = shared - floors.reduce((sum, it) => sum + it, 0n);
  const rests = values.map((it) => it % SCALE);
  if (missing < 0n || missing > BigInt(rests.filter((it) => it > 0n).length)) throw new EnergyFault("unbalanced");
  const order = [...ids.keys()].sort((one, other) => (BigInt(ids[one] ?? 0) < BigInt(ids[other] ?? 0) ? -1 : 1));
  const raised = topped(
    order.map((place) => values[place] ?? 0n),
    SCALE,
    shared,
  );
  return ids.map((_, place) => raised[order.indexOf(place)] ?? 0n);
}

/** Rounded down, then one up for the largest rests, the first of equals first, until they make the target. */
export function topped(parts: readonly bigint[], whole: bigint, target: bigint): bigint[] {
  const floors = parts.map((it) => floored(it, whole));
  const rests = parts.map((it, place) => it - (floors[place] as bigint) * whole);
  const missing = Number(target - floors.reduce((sum, it) => sum + it, 0n));
  const order = [...parts.keys()].sort((one, other) => {
    const [a, b] = [rests[one] as bigint, rests[other] as bigint];
    return a === b ? one - other : a > b ? -1 : 1;
  });
  const raised = new Set(order.slice(0, Math.max(0, missing)));
  return floors.map((it, place) => it + (raised.has(place) ? 1n : 0n));
}

/** Division towards −∞. */
function floored(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
