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

/** Unix seconds of a day's first second, UTC; null for what is no day. */
export function dayOf(due: string): number | null {
  const at_ms = /^\d{4}-\d{2}-\d{2}$/.test(due) ? Date.parse(`${due}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at_ms) ? null : at_ms / 1000;
}

/** A whole percentage from 1 to 100; null for anything else. */
export function weightOf(weight: string): number | null {
  const value = /^\s*\d{1,3}\s*$/.test(weight) ? Number(weight) : 0;
  return value >= 1 && value <= 100 ? value : null;
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

/** How much weight is left, in percent. */
export const weightLeft = (drafts: readonly Draft[]): number =>
  100 - drafts.reduce((sum, { weight }) => sum + (weightOf(weight) ?? 0), 0);
