import { dataUri } from "../chain/texts";

/** A promise as its form holds it. */
export interface Draft {
  text: string;
  /** Percent, as it is typed. */
  weight: string;
  /** A day, "2027-03-31". */
  due: string;
}

export type Fault = "emptyText" | "tooLong" | "badWeight" | "badDue";

/** What the post office takes as an address. */
const LONGEST_URI = 2_048;
/** Bytes of a promise's title: a hundred characters of three at most, and of four in emoji alone. */
const LONGEST_TITLE = 400;

/** Unix seconds of a day's first second, UTC; null for what is no day. */
export function dayOf(due: string): number | null {
  const at_ms = /^\d{4}-\d{2}-\d{2}$/.test(due) ? Date.parse(`${due}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at_ms) ? null : at_ms / 1000;
}

/** All of a mandate's weights together, in basis points. */
export const WHOLE_BPS = 10_000;
/** As many promises as a mandate may have. */
export const MOST_PROMISES = 200;

/** A percentage of two decimals at most, from 0.01 to 100, in basis points; null for anything else. */
export function weightOf(weight: string): number | null {
  const [, whole, decimals = ""] = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*$/.exec(weight) ?? [];
  const value_bps = whole === undefined ? 0 : Number(whole) * 100 + Number(decimals.padEnd(2, "0"));
  return value_bps >= 1 && value_bps <= WHOLE_BPS ? value_bps : null;
}

/** What is wrong with a promise, each field at its place. */
export function faultsOf(
  { text, weight, due }: Draft,
  now_s: number,
  endsAt_s: number,
): { text?: Fault; weight?: Fault; due?: Fault } {
  const day = dayOf(due);
  const isLong = dataUri(text.trim()).length > LONGEST_URI;
  return {
    ...(!text.trim() ? { text: "emptyText" } : isLong ? { text: "tooLong" } : {}),
    ...(weightOf(weight) === null ? { weight: "badWeight" } : {}),
    ...(day === null || day <= now_s || day >= endsAt_s ? { due: "badDue" } : {}),
  };
}

/** How much weight is left beside what is fixed, in basis points. */
export const weightLeft = (drafts: readonly Draft[], fixed_bps = 0): number =>
  WHOLE_BPS - fixed_bps - drafts.reduce((sum, { weight }) => sum + (weightOf(weight) ?? 0), 0);

/** Of what was drafted, what is not fixed yet: a part that is on the chain is at the head of the drafts no more. */
export function unfixed(
  drafts: readonly Draft[],
  fixed: readonly { text: { text: string | null } }[],
): readonly Draft[] {
  const texts = fixed.map(({ text }) => text.text);
  for (let count = Math.min(drafts.length, texts.length); count > 0; count -= 1) {
    const last = texts.slice(-count);
    if (last.every((text, place) => text === drafts[place]?.text.trim())) return drafts.slice(count);
  }
  return drafts;
}

/** What a promise costs a transaction, and how much of it one holds (beffroi/credibility/mandate.py). */
const [GAS_EACH, GAS_BYTE, GAS_PART] = [50_000, 60, 12_000_000];

/** How many of the drafts, from the first, go into one transaction. */
export function partOf(drafts: readonly Draft[]): number {
  let left = GAS_PART;
  const count = drafts.findIndex(({ text }) => {
    left -= GAS_EACH + GAS_BYTE * (LONGEST_TITLE + dataUri(text.trim()).length);
    return left < 0;
  });
  return count < 0 ? drafts.length : count;
}
