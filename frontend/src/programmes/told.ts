/** Units in the words of the page. */
import { type Address, isAddressEqual } from "viem";
import { parseAmount } from "../money/amount";
import { money } from "../money/words/money";
import { nameOf } from "../parts/Address";
import { paidIn } from "../town/currency";
import { formatAmount, formatMoment } from "../words/format";
import { PROGRAMMES } from "./chain/programmes";
import type { TownProgramme } from "./published";
import type { Purse } from "./purse";
import { endsAt_s, phaseAt } from "./terms";
import { purse } from "./words/purse";

const centsTold = (cents: bigint): string => formatAmount(cents, paidIn(PROGRAMMES));

/** "12,50 LYS", "3 repas", "4 timbres". */
export function unitsTold({ unit, terms }: TownProgramme, units: number): string {
  if (unit === "money") return centsTold(BigInt(units) * BigInt(terms.unit_cents));
  return unit === "meals" ? purse().meals(units) : purse().stamps(units);
}

/** Units that somebody typed: an amount of money, or a whole number. */
export function parseUnits({ unit, terms }: TownProgramme, typed: string): { units: number } | { fault: string } {
  if (unit !== "money") {
    return /^[1-9]\d{0,8}$/.test(typed.trim()) ? { units: Number(typed) } : { fault: purse().wholeFault };
  }
  const { cents, fault } = parseAmount(typed);
  if (fault) return { fault: money().amountFaults[fault] };
  const each = BigInt(terms.unit_cents);
  return cents % each === 0n ? { units: Number(cents / each) } : { fault: purse().wholeUnits(centsTold(each)) };
}

/** A shop as the town calls it; by one's own contacts, or its account, where the town does not. */
export const shopTold = ({ shops }: TownProgramme, account: Address): string =>
  shops.find((it) => isAddressEqual(it.account, account))?.label ?? nameOf(account);

/** Why the chain would refuse so many units of a purse now, in a sentence; null where it would not. */
export function refusalOf({ programme, holder, left, now }: Purse, units: number): string | null {
  const w = purse();
  const phase = phaseAt(programme.terms, now);
  if (phase === "announced") return w.announced(formatMoment(programme.terms.opensAt));
  if (phase === "over") return w.over(formatMoment(endsAt_s(programme.terms)));
  if (holder.isVoided) return w.voided;
  if (units > left.ofPeriod + left.granted) return w.tooMuch(unitsTold(programme, left.ofPeriod + left.granted));
  return left.today !== null && units > left.today ? w.capped(unitsTold(programme, left.today)) : null;
}
