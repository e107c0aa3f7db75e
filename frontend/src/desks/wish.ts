import { type Address, type Hex, isAddressEqual, zeroAddress } from "viem";
import type { Charge } from "../land/register";
import { type Right, sumsOf } from "../land/rights";
import { type Payment, type Terms, proRata, total, weight } from "../land/terms";

export const DAY_S = 86_400n;
const DEPOSIT_DAYS = 10n;
const RETRACT_DAYS = 11n;
const CONDITION_DAYS = 60n;

/** What a notary wants a sale to be: whose shares, to whom, at what price, under what conditions. */
export interface Wish {
  title: bigint;
  sold: readonly Right[];
  bought: readonly Right[];
  /** What buyers bring who said how much; the others share the rest by what they receive. */
  brought: readonly Payment[];
  usufruct_bps: bigint;
  price_cents: bigint;
  deposit_cents: bigint;
  fee_cents: bigint;
  notary: Address;
  loan: { lender: Address; amount_cents: bigint; dueDay: bigint } | null;
  conditions: bigint;
  settleDays: bigint;
  documentHash: Hex;
}

/** What the chain says on the day of the draft. */
export interface Standing {
  version: number;
  rights: readonly Right[];
  charges: readonly Pick<Charge, "number" | "amount_cents">[];
  tax_cents: bigint;
  now_s: bigint;
  retraction_s: bigint;
}

export type WishFault =
  "noTitle" | "notHeld" | "unbalanced" | "loanTooLarge" | "depositTooLarge" | "chargesTooLarge" | "broughtDiffers";

/** Terms that hold together today, pure: as `beffroi.land.drafting`, held to it by shared vectors. */
export function termsOf(wish: Wish, standing: Standing): Terms | WishFault {
  if (!isHeld(wish.sold, standing.rights)) return "notHeld";
  const [given, received] = [sumsOf(wish.sold), sumsOf(wish.bought)];
  if (given.bare !== received.bare || given.use !== received.use || given.bare + given.use === 0) return "unbalanced";
  const owed = standing.charges.reduce((sum, { amount_cents }) => sum + amount_cents, 0n);
  if (owed > wish.price_cents) return "chargesTooLarge";
  const { now_s } = standing;
  const least_s = standing.retraction_s + DAY_S;
  const unfunded: Terms = {
    title: wish.title,
    version: BigInt(standing.version),
    price_cents: wish.price_cents,
    tax_cents: standing.tax_cents,
    deposit_cents: wish.deposit_cents,
    usufruct_bps: wish.usufruct_bps,
    conditions: wish.conditions,
    depositBy: now_s + DEPOSIT_DAYS * DAY_S,
    retractUntil: now_s + (least_s > RETRACT_DAYS * DAY_S ? least_s : RETRACT_DAYS * DAY_S),
    conditionsBy: wish.conditions > 0n ? now_s + CONDITION_DAYS * DAY_S : 0n,
    settleBy: now_s + wish.settleDays * DAY_S,
    documentHash: wish.documentHash,
    loan: wish.loan ?? { lender: zeroAddress, amount_cents: 0n, dueDay: 0n },
    sold: wish.sold,
    bought: wish.bought,
    fees: wish.fee_cents > 0n ? [{ account: wish.notary, amount_cents: wish.fee_cents }] : [],
    payoffs: standing.charges.map(({ number, amount_cents }) => ({
      charge: BigInt(number),
      paid_cents: amount_cents,
      stays: false,
    })),
    funding: [],
  };
  if (unfunded.loan.amount_cents > total(unfunded)) return "loanTooLarge";
  if (unfunded.deposit_cents > total(unfunded)) return "depositTooLarge";
  const funding = pledged(unfunded, wish.brought);
  return funding ? { ...unfunded, funding } : "broughtDiffers";
}

/** Whether each right that is sold is there to be sold. */
const isHeld = (sold: readonly Right[], rights: readonly Right[]): boolean =>
  sold.every(({ holder, kind, shares }) =>
    rights.some((it) => isAddressEqual(it.holder, holder) && it.kind === kind && it.shares >= shares),
  );

/** Each buyer in turn, then the lender, to the cent; null where the buyers bring more than there is to pay, or less. */
function pledged(terms: Terms, brought: readonly Payment[]): Payment[] | null {
  const bring = new Map(brought.map(({ account, amount_cents }) => [account, amount_cents]));
  const given = [...bring.values()].reduce((sum, it) => sum + it, 0n);
  const rest = total(terms) - terms.loan.amount_cents - given;
  const weights = new Map<Address, bigint>();
  for (const right of terms.bought) {
    if (bring.has(right.holder)) continue;
    weights.set(right.holder, (weights.get(right.holder) ?? 0n) + weight(terms, right));
  }
  const canShare = [...weights.values()].some((it) => it > 0n);
  if (rest < 0n || (rest > 0n && !canShare)) return null;
  const parts = proRata(rest, [...weights.values()]);
  for (const [place, account] of [...weights.keys()].entries()) bring.set(account, parts[place]!);
  const buyers = [...new Set(terms.bought.map(({ holder }) => holder))];
  const payments = buyers.map((account) => ({ account, amount_cents: bring.get(account) ?? 0n }));
  const { lender, amount_cents } = terms.loan;
  return [...payments, { account: lender, amount_cents }].filter((payment) => payment.amount_cents > 0n);
}
