/** Amounts of a circle as people write and read them. */
import { parseAmount } from "../money/amount";
import { money } from "../money/words/money";
import { formatAmount, formatNumber } from "../words/format";
import type { Circle } from "./chain/circle";
import { credit } from "./words/credit";

/** "12,50 LYS", or "90 min". */
export const amountIn = ({ currency }: Circle, amount: bigint): string =>
  currency ? formatAmount(amount, currency) : credit().minutes(formatNumber(amount));

/** The same with its sign: "+ 12,50 LYS". */
export const changeIn = (circle: Circle, change: bigint): string =>
  `${change < 0n ? "−" : "+"}\u00a0${amountIn(circle, change < 0n ? -change : change)}`;

export type Read = { amount: bigint; fault: null } | { amount: null; fault: string };

const MINUTES = /^(\d{1,9})(?:\s*min)?$/;

/** Reads an amount as people type it, in the circle's unit; what is wrong with it is a sentence. */
export function readAmount({ currency }: Circle, typed: string): Read {
  const faults = money().amountFaults;
  if (currency) {
    const { cents, fault } = parseAmount(typed);
    return cents === null ? { amount: null, fault: faults[fault] } : { amount: cents, fault: null };
  }
  const [, digits] = MINUTES.exec(typed.trim()) ?? [];
  if (digits === undefined) return { amount: null, fault: typed.trim() ? credit().minutesUnreadable : faults.empty };
  const amount = BigInt(digits);
  return amount === 0n ? { amount: null, fault: faults.zero } : { amount, fault: null };
}
