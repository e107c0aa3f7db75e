import type { Address } from "viem";
import { path } from "../router";
import { theTown } from "./folder";
import type { Currency } from "./town";

const NONE: Currency = { contract: "LocalCurrency", name: "", symbol: "" };

/** A currency of the town by its contract's name there; undefined where the town has none of that name. */
export const currencyNamed = (contract: string): Currency | undefined =>
  theTown().currencies.find((it) => it.contract === contract);

/** The currency of a contract's address; undefined where it is none of the town's. */
export const currencyAt = (address: Address): Currency | undefined =>
  theTown().currencies.find(({ contract }) => theTown().contracts[contract] === address);

/** The town's first currency, in which land and taxes are paid. */
export const firstCurrency = (): Currency => theTown().currencies[0] ?? NONE;

/** The currency whose pages one is on, `/money/TimeCredit/pay`; elsewhere the town's first. */
export function theCurrency(): Currency {
  const [, module, contract = ""] = path.value.split("/");
  return (module === "money" && currencyNamed(contract)) || firstCurrency();
}
