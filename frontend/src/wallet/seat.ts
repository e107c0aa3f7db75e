import { currencyNamed } from "../town/currency";
import { core } from "../words/core";
import type { Seat } from "./who";

/** What a seat is called: the office, and of which currency where it is of one alone. */
export function seatName({ office, currency }: Seat): string {
  const name = core().wallet.offices[office];
  return currency === null ? name : `${name} — ${currencyNamed(currency)?.name ?? currency}`;
}
