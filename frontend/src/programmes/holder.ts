/**
 * Where a key stands, made again from what the chain tells of all keys alike: whoever asked for one alone would tell
 * the node whose sheet she holds. As `contracts/currency/Allowance.sol`.
 */
import { type Terms, periodAt } from "./terms";

const DAY_S = 86_400;
const LAST_NONCE = 65_535;

/** What happened to a key, by an event; in order. */
export type Happening = { at_s: number } & (
  | { kind: "granted"; units: number }
  | { kind: "claimed"; each: number }
  | { kind: "spent"; units: number; nonce: number }
  | { kind: "refunded"; units: number; toHolder: boolean }
  | { kind: "voided" }
);

export interface Holder {
  /** Units a period; 0 until its place was shown. */
  each: number;
  /** In its last period, less what was refunded. */
  spent: number;
  granted: number;
  /** On its last day. */
  today: number;
  period: number;
  day: number;
  used: ReadonlySet<number>;
  isClaimed: boolean;
  isVoided: boolean;
}

const NEW: Holder = {
  each: 0,
  spent: 0,
  granted: 0,
  today: 0,
  period: 0,
  day: 0,
  used: new Set(),
  isClaimed: false,
  isVoided: false,
};

const above = (a: number, b: number): number => Math.max(a - b, 0);
const dayAt = (terms: Terms, at_s: number): number => Math.floor((at_s - terms.opensAt) / DAY_S);

export const holderAfter = (terms: Terms, happened: readonly Happening[]): Holder =>
  happened.reduce((holder, it) => after(terms, holder, it), NEW);

function after(terms: Terms, holder: Holder, it: Happening): Holder {
  switch (it.kind) {
    case "granted":
      return { ...holder, granted: holder.granted + it.units };
    case "claimed":
      return claimed(terms, holder, it.each, it.at_s);
    case "spent":
      return drawn(terms, holder, it);
    case "refunded":
      return it.toHolder ? restored(holder, it.units) : holder;
    case "voided":
      return { ...holder, isVoided: true };
  }
}

/** What was granted and spent in this period, before the place was shown, is of the allowance first. */
function claimed(terms: Terms, holder: Holder, each: number, at_s: number): Holder {
  const spent = holder.period === periodAt(terms, at_s) ? holder.spent : 0;
  return { ...holder, isClaimed: true, each, granted: holder.granted + Math.min(spent, each) };
}

function drawn(terms: Terms, holder: Holder, it: { at_s: number; units: number; nonce: number }): Holder {
  const [period, day] = [periodAt(terms, it.at_s), dayAt(terms, it.at_s)];
  const before = holder.period === period ? holder.spent : 0;
  const spent = before + it.units;
  return {
    ...holder,
    spent,
    granted: holder.granted - (above(spent, holder.each) - above(before, holder.each)),
    today: (holder.day === day ? holder.today : 0) + it.units,
    period,
    day,
    used: new Set([...holder.used, it.nonce]),
  };
}

function restored(holder: Holder, units: number): Holder {
  const spent = holder.spent - units;
  const granted = holder.granted + above(holder.spent, holder.each) - above(spent, holder.each);
  return { ...holder, spent, granted };
}

/** What a key may still spend. */
export interface Left {
  /** Units of this period's allowance. */
  ofPeriod: number;
  /** Units that last until the programme is over. */
  granted: number;
  /** Units of the day's cap; null where there is none. */
  today: number | null;
  /** The most that one spend takes now. */
  most: number;
}

/** @param each units a period by the roll, for a key whose place was not shown yet */
export function leftAt(terms: Terms, holder: Holder, each: number, at_s: number): Left {
  const shown = holder.isClaimed ? holder : claimed(terms, holder, each, at_s);
  const spent = shown.period === periodAt(terms, at_s) ? shown.spent : 0;
  const ofPeriod = above(shown.each, spent);
  const day = holder.day === dayAt(terms, at_s) ? holder.today : 0;
  const today = terms.dailyCap === 0 ? null : above(terms.dailyCap, day);
  const sum = ofPeriod + shown.granted;
  const most = holder.isVoided ? 0 : Math.min(sum, today ?? sum);
  return { ofPeriod, granted: shown.granted, today, most };
}

/** The next nonce: two slips that were signed before either was posted bear the same one, and one of them is paid. */
export function nextNonce({ used }: Holder): number {
  if (used.size === 0) return 0;
  const next = Math.max(...used) + 1;
  if (next <= LAST_NONCE) return next;
  for (let nonce = LAST_NONCE; nonce > LAST_NONCE - 64; nonce -= 1) if (!used.has(nonce)) return nonce;
  throw new RangeError("every nonce served");
}
