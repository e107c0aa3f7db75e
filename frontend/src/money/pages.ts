import { currencyNamed, firstCurrency, theCurrency } from "../town/currency";
import { slipKind } from "../town/instances";
import type { Currency } from "../town/town";
import type { Route } from "../route";

/** A page of a currency: `/pay`; its door is "". */
export type Page = "" | `/${string}`;

/** Where a page of a currency is: the first currency's have short paths, another's stand below its name. */
export function pageOf(page: Page, of: Currency = theCurrency()): string {
  if (of.contract !== firstCurrency().contract) return `/money/${of.contract}${page}`;
  return page || "/money";
}

/** The name under which a draft of a currency's form is kept. */
export function draftOf(form: string): string {
  const { contract } = theCurrency();
  return contract === firstCurrency().contract ? form : `${form}/${contract}`;
}

/** The post office's name for a kind of slip, in the currency of the moment: `transfer.TimeCredit`. */
export const kindOf = (kind: string): string => slipKind(kind, theCurrency().contract);

const short = (page: Page): Pick<Route, "path" | "isThere"> => ({
  path: page || "/money",
  isThere: () => currencyNamed(firstCurrency().contract) !== undefined,
});

const named = (page: Page): Pick<Route, "path" | "isThere"> => ({
  path: `/money/:currency${page}`,
  isThere: ({ currency = "" }) => currencyNamed(currency) !== undefined,
});

/** The places of a page: the first currency's, and every other's. */
export const routesOf = (page: Page, load: Route["load"]): [Route, Route] => [
  { ...short(page), load },
  { ...named(page), load },
];
