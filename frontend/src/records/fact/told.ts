/** Values of facts as people read them, in the language of the page. */
import { decimalSign, formatNumber } from "../../words/format";
import type { FactAct } from "./act";
import { type Fact, partsOf, readValue } from "./fact";

/** "231,50 EUR/t", exact however large. */
export function shownValue(fact: Fact, value: bigint): string {
  const { sign, units, rest } = partsOf(fact, value);
  const number = `${sign === "-" ? "−" : ""}${formatNumber(BigInt(units))}${rest ? decimalSign() : ""}${rest}`;
  return fact.unit ? `${number}\u00a0${fact.unit}` : number;
}

/** The value of an act; null when it takes the last one back. */
export function shownText({ fact, value }: FactAct): string | null {
  const read = value === null ? null : readValue(fact, value);
  return read === null ? null : shownValue(fact, read);
}
