import type { Address } from "viem";
import { path } from "../router";
import { theTown } from "./folder";
import { serving } from "./instances";
import type { Currency } from "./town";

const NONE: Currency = { contract: "LocalCurrency", name: "", symbol: "", offices: {}, followedBy: null };

/** A currency of the town by its contract's name there; undefined where the town has none of that name. */
export const currencyNamed = (contract: string): Currency | undefined =>
  theTown().currencies.find((it) => it.contract === contract);

/** The currency of a contract's address; undefined where it is none of the town's. */
export const currencyAt = (address: Address): Currency | undefined =>
  theTown().currencies.find(({ contract }) => theTown().contracts[contract] === address);

/** The town's first currency, which has the short paths. */
export const firstCurrency = (): Currency => theTown().currencies[0] ?? NONE;

/** The currency in which a contract of sales or taxes is paid; the first where the town does not say. */
export const paidIn = (contract: string): Currency =>
  currencyNamed(theTown().paidIn[contract] ?? "") ?? firstCurrency();

/** The currency in which new sales are paid; where a town has no land, the first. */
export const landCurrency = (): Currency => paidIn(serving("Conveyance"));

/** The modules whose pages stand below a currency's name where it is not the first. */
const BELOW_A_NAME = ["money", "desk"];

/** The desks' pages on which deeds are drawn and carried, and acts of several offices attested. */
const LAND_DESKS = ["deed", "draft", "attest", "concur"];

/**
 * The currency whose pages one is on: `/money/TimeCredit/pay`, `/desk/TimeCredit/act/issue`; that of land below `/land`
 * and at land's desks; elsewhere the first.
 */
export function theCurrency(): Currency {
  const [, module = "", name = ""] = path.value.split("/");
  if (module === "land" || (module === "desk" && LAND_DESKS.includes(name))) return landCurrency();
  return (BELOW_A_NAME.includes(module) && currencyNamed(name)) || firstCurrency();
}

/** Whether a currency has to be told from others by its name. */
export const isOneOfSeveral = (): boolean => theTown().currencies.length > 1;

/** What is said of a currency: as it is where it is the only one, with its name where there are several. */
export const namedFor = (words: string, { name }: Currency): string =>
  isOneOfSeveral() ? `${words} — ${name}` : words;
