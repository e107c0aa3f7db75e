/** Lots in words: what they are called, how much there is, where they come from, what does not add up. */
import { isAddress } from "viem";
import { nameOf } from "../../parts/Address";
import { formatDay, formatDecimal } from "../../words/format";
import { lots as words } from "../words/lots";
import type { LotEvent } from "./event";
import type { Finding } from "./finding";
import { type Fraction, toDecimal } from "./fraction";
import { type LabelDoubt, behind } from "./labels";
import { type Place, partsOf } from "./ledger";
import { type Names, shortOf } from "./names";
import { productOf } from "./naming";
import type { Story } from "./story";

/** What people call a holder, a box or a lot; an issuer by its account. */
export function called(names: Names, uri: string): string {
  if (isAddress(uri, { strict: false })) return nameOf(uri);
  const product = productOf(uri);
  const own = names.get(uri);
  if (own || product === uri) return own ?? shortOf(uri);
  return words().lot(names.get(product) ?? shortOf(product), shortOf(uri));
}

/** So much, counted in a unit. */
export function quantityTold(quantity: Fraction, unit: string): string {
  const { text, isExact } = toDecimal(quantity);
  const told = `${formatDecimal(text)}\u00a0${words().unit(unit)}`;
  return isExact ? told : words().about(told);
}

export const placeTold = (names: Names, place: Place): string => {
  const { state, who } = partsOf(place);
  return words().states[state](who && called(names, who));
};

/** How much its maker says can come out at most, of one that goes in. */
export const yieldsTold = ({ yields }: LotEvent): string =>
  yields.map(({ unit, of, factor }) => words().yield(quantityTold(factor, unit), words().unit(of))).join(", ");

export const dayTold = ({ at_ms }: LotEvent): string => formatDay(Math.floor(at_ms / 1000));

/** Origins that are named; more are counted. */
const MOST_ORIGINS = 4;

/** Where a lot comes from, in a sentence. */
export function originTold(story: Story, names: Names, lot: string): string {
  const w = words();
  const [event] = story.madeBy.get(lot) ?? [];
  if (!event) return w.unknown;
  const holder = called(names, event.holder);
  if (event.kind === "commission") return w.begins(holder, dayTold(event));
  const origins = new Set<string>();
  for (const { lot: name, events } of behind(story, lot)) {
    for (const it of events) {
      if (it.kind !== "commission") continue;
      const product = productOf(name);
      origins.add(w.from(names.get(product) ?? names.get(name) ?? shortOf(product), called(names, it.holder)));
    }
  }
  const told = [...origins];
  const more = told.length > MOST_ORIGINS ? [w.others(told.length - MOST_ORIGINS)] : [];
  const of = [...told.slice(0, MOST_ORIGINS), ...more].join(", ");
  return w.made(holder, dayTold(event), of || w.unknown);
}

export function findingTold(names: Names, { doubt, about, amounts }: Finding): string {
  const told = (quantity: Fraction | undefined): string =>
    quantity && amounts ? quantityTold(quantity, amounts.unit) : "";
  const what = about.map((it) => called(names, it)).join(", ");
  return words().doubts[doubt]({ what, said: told(amounts?.said), had: told(amounts?.had) });
}

/** Why a label does not hold; `revoked` tells when certificates were revoked, by `certificateKey`. */
export function labelDoubtTold(names: Names, doubt: LabelDoubt, revoked: ReadonlyMap<string, number>): string {
  const w = words();
  if (doubt.kind === "finding") return findingTold(names, doubt.finding);
  const lot = called(names, doubt.lot);
  if (doubt.kind === "unmade") return w.labelWhy(lot, w.unheard);
  if (doubt.kind === "event") {
    const { standing } = doubt.event;
    return standing === "stands" ? lot : w.standings[standing](lot);
  }
  const why = doubt.why.map(({ certificate: { ref }, problem }) =>
    w.certificate(problem, revoked.get(certificateKey(ref)) ?? null),
  );
  return w.labelWhy(lot, why.length ? [...new Set(why)].join(" ; ") : w.uncertified);
}

export const certificateKey = ({
  schema,
  issuer,
  number,
}: {
  schema: number;
  issuer: string;
  number: number;
}): string => `${schema}:${issuer.toLowerCase()}:${number}`;
