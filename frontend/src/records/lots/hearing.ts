/** Who may speak for holders and lots, and so which events are heard: docs/provenance.md. It asks no teller's clock. */
import { type LotEvent, isAside } from "./event";
import { productOf } from "./naming";
import { pushTo } from "./order";

export const issuerOf = ({ ref }: LotEvent): string => ref.issuer.toLowerCase();

/** By when their papers were issued. */
export function inChainOrder(events: readonly LotEvent[]): LotEvent[] {
  const issued = ({ issued_s }: LotEvent): number => issued_s ?? Number.MAX_SAFE_INTEGER;
  const byIssuer = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
  return [...events].sort(
    (a, b) =>
      issued(a) - issued(b) ||
      a.ref.schema - b.ref.schema ||
      byIssuer(issuerOf(a), issuerOf(b)) ||
      a.ref.number - b.ref.number,
  );
}

/** Who speaks: the first that has a holder, or makes a lot; those who were disowned after all others. */
export class Speakers {
  readonly #holders = new Map<string, string>();
  readonly #lots = new Map<string, string>();
  readonly #products = new Map<string, Set<string>>();

  /** By events that are not aside, in chain order. */
  constructor(events: readonly LotEvent[]) {
    const isDisowned = ({ standing }: LotEvent): boolean => standing === "disowned";
    const disownedLast = [...events].sort((a, b) => Number(isDisowned(a)) - Number(isDisowned(b)));
    for (const event of disownedLast) {
      if (event.kind === "observe") continue;
      const issuer = issuerOf(event);
      if (!this.#holders.has(event.holder)) this.#holders.set(event.holder, issuer);
      for (const { name } of event.outputs) if (!this.#lots.has(name)) this.#lots.set(name, issuer);
    }
    for (const [lot, issuer] of this.#lots) {
      const product = productOf(lot);
      this.#products.set(product, (this.#products.get(product) ?? new Set()).add(issuer));
    }
  }

  /** The holder, and lots that it makes, for which an event's issuer does not speak. */
  spokenOver(event: LotEvent): string[] {
    const issuer = issuerOf(event);
    const lots = event.outputs.map(({ name }) => name).filter((name) => this.#lots.get(name) !== issuer);
    return this.#holders.get(event.holder) === issuer ? lots : [event.holder, ...lots];
  }

  /** Whether what an issuer calls something counts: a holder, a lot, or a product of which it makes lots. */
  names(issuer: string, uri: string): boolean {
    const isOwn = this.#holders.get(uri) === issuer || this.#lots.get(uri) === issuer;
    return isOwn || (this.#products.get(uri)?.has(issuer) ?? false);
  }
}

/** Events that were told before in the same words, and those of one hash and other words or issuers. */
export function repeatedIn(events: readonly LotEvent[]): { twice: Set<LotEvent>; sameHash: LotEvent[] } {
  const groups = new Map<string, LotEvent[]>();
  for (const event of events) {
    if (!isAside(event) && event.standing !== "revoked") pushTo(groups, event.hash, event);
  }
  const twice = new Set<LotEvent>();
  const sameHash: LotEvent[] = [];
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const told = new Set<string>();
    for (const event of group) {
      const words = JSON.stringify([issuerOf(event), [...event.values].sort()]);
      if (told.has(words)) twice.add(event);
      told.add(words);
    }
    if (told.size > 1) sameHash.push(...group);
  }
  return { twice, sameHash };
}
