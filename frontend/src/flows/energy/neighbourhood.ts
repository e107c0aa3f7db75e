/** What a street drew, injected and shared, day by day: sums of all, and of nobody alone. */
import type { PublicPeriod } from "./period";
import { sharedAt } from "./sums";

export interface DayTotals {
  /** Of the operation's clock, as `2026-03-29`. */
  day: string;
  drawn_wh: bigint;
  injected_wh: bigint;
  shared_wh: bigint;
}

/** The days of moments, in a time zone, as `2026-03-29`. */
export function daysIn(timeZone: string): (moment_s: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (moment_s) => format.format(moment_s * 1000);
}

/** The totals of each day of a period. */
export function byDay({ start_s, step_s, totals }: PublicPeriod, timeZone: string): DayTotals[] {
  const dayOf = daysIn(timeZone);
  const days = new Map<string, DayTotals>();
  for (const [step, total] of totals.entries()) {
    const day = dayOf(start_s + step * step_s);
    const sum = days.get(day) ?? { day, drawn_wh: 0n, injected_wh: 0n, shared_wh: 0n };
    days.set(day, {
      day,
      drawn_wh: sum.drawn_wh + total.drawn,
      injected_wh: sum.injected_wh + total.injected,
      shared_wh: sum.shared_wh + sharedAt(total),
    });
  }
  return [...days.values()];
}
