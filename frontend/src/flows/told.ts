/** Energy in the words of the page. */
import { formatNumber, formatShortDay } from "../words/format";
import { energy } from "./words/energy";

/** What a worker says of an error has its fault's kind and place: `EnergyFault: unreadable totals`. */
export function faultTold(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [, why] = /EnergyFault: (?:unreadable )?(.*)/.exec(text) ?? [];
  return energy().month.unreadable(why?.trim() || text.slice(0, 80));
}

/** Why the chain has nothing by which a file could be checked. */
export function untold(why: "unstated" | "unseen" | "uninstalled", period: number): string {
  const w = energy();
  return { unstated: w.month.notStated(period), unseen: w.status.unknown, uninstalled: w.month.uninstalled }[why];
}

const WH_PER_KWH = 1_000;

/** "1,53 kWh". */
export const kwhOf = (wh: bigint | number): string => energy().month.kwh(formatNumber(Number(wh) / WH_PER_KWH));

const NOON_S = 43_200;

/** A day, `2026-03-29`, as the page writes days. */
export const dayOf = (day: string): string => formatShortDay(Date.parse(`${day}T00:00:00Z`) / 1000 + NOON_S);
