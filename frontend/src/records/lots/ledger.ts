/** Who has how much of each lot: what events move, exactly, and what is said to move and was not there. */
import type { Line } from "./event";
import { type Fraction, ZERO, least, minus, plus } from "./fraction";
import { inFirst, kindOf } from "./units";

/** Held by a holder, on the way to it, used up there; packed in a container; claimed by who took what was not there. */
export type State = "held" | "transit" | "consumed" | "packed" | "claimed";

/** A state and who, in one text, so that it is a key. */
export type Place = `${State}\t${string}`;

export const placeOf = (state: State, who: string): Place => `${state}\t${who}`;

export function partsOf(place: Place): { state: State; who: string } {
  const [state = "", who = ""] = place.split("\t");
  return { state: state as State, who };
}

export class Ledger {
  readonly #stock = new Map<string, Map<Place, Fraction>>();
  readonly #kinds: Map<string, string>;
  readonly #where = new Map<string, Place>();
  readonly #inside = new Map<string, Set<string>>();

  /** `kinds` has of each lot that is made the unit in which it is counted, the first of its kind. */
  constructor(kinds: ReadonlyMap<string, string>) {
    this.#kinds = new Map(kinds);
  }

  /** Whether something was packed in it. */
  isContainer(name: string): boolean {
    return this.#where.has(name);
  }

  /** Whether so much of a lot is counted as the lot is; of one that none makes, the first line decides. */
  converts({ name, unit }: Line): boolean {
    const kind = kindOf(unit);
    if (!this.#kinds.has(name)) this.#kinds.set(name, kind);
    return this.#kinds.get(name) === kind;
  }

  /** All that was ever counted. */
  get lots(): Iterable<string> {
    return this.#stock.keys();
  }

  /** The unit in which a lot's quantities are told: the first of its kind. */
  kindOf(lot: string): string {
    return this.#kinds.get(lot) ?? "";
  }

  put({ name, quantity, unit }: Line, place: Place): void {
    this.#add(name, place, inFirst(quantity, unit));
  }

  /**
   * Moves what is there of so much of a lot, from places in turn; null where something else is made of it.
   * Gives what was not there, which is claimed and is nobody's stock.
   */
  transfer(line: Line, places: readonly Place[], to: Place | null, claimant: string): Fraction {
    const { name } = line;
    const lacking = this.#take(line, places);
    const there = minus(inFirst(line.quantity, line.unit), lacking);
    if (to !== null && there.n > 0n) this.#add(name, to, there);
    if (lacking.n === 0n) return lacking;
    const claimed = placeOf("claimed", claimant);
    const before = this.#stockOf(name).get(claimed) ?? ZERO;
    this.#add(name, claimed, minus(ZERO, least(before, lacking)));
    if (to !== null) this.#add(name, claimed, lacking);
    return lacking;
  }

  #take({ name, quantity, unit }: Line, places: readonly Place[]): Fraction {
    let missing = inFirst(quantity, unit);
    const stock = this.#stockOf(name);
    for (const place of places) {
      const taken = least(stock.get(place) ?? ZERO, missing);
      if (taken.n === 0n) continue;
      this.#add(name, place, minus(ZERO, taken));
      missing = minus(missing, taken);
    }
    return missing;
  }

  /** Moves a container with all that is in it, where it is in one of the places; gives whether it was. */
  move(container: string, sources: readonly Place[], to: Place): boolean {
    const before = this.#where.get(container);
    if (before === undefined || !sources.includes(before)) return false;
    this.#putBox(container, to);
    return true;
  }

  /** A container in which nothing is, or never was, is where it is packed. */
  begin(container: string, at: Place): void {
    const inside = placeOf("packed", container);
    const isIn = (it: string): boolean => this.#where.get(it) === inside || (this.#stock.get(it)?.has(inside) ?? false);
    if (![...(this.#inside.get(container) ?? [])].some(isIn)) this.#putBox(container, at);
  }

  #putBox(container: string, to: Place): void {
    const before = this.#where.get(container);
    const from = before && partsOf(before);
    if (from?.state === "packed") this.#inside.get(from.who)?.delete(container);
    this.#where.set(container, to);
    const { state, who } = partsOf(to);
    if (state === "packed") this.#contentOf(who).add(container);
  }

  /** Takes what is in a container out of it, to a place: lots, in the first of their units, and containers. */
  unpack(container: string, to: Place): { lots: Line[]; boxes: string[] } {
    const inside = placeOf("packed", container);
    const names = [...(this.#inside.get(container) ?? [])];
    this.#inside.delete(container);
    const boxes = names.filter((name) => this.#where.get(name) === inside);
    for (const box of boxes) this.#where.set(box, to);
    const lots = names.flatMap((name): Line[] => {
      const quantity = this.#stock.get(name)?.get(inside);
      if (!quantity) return [];
      this.#add(name, inside, minus(ZERO, quantity));
      this.#add(name, to, quantity);
      return [{ name, quantity, unit: this.kindOf(name) }];
    });
    return { lots, boxes };
  }

  /** Takes all that is in a container, and in those in it, to a place. */
  empty(container: string, to: Place): Line[] {
    const boxes = [container];
    const found: Line[] = [];
    for (const box of boxes) {
      const { lots, boxes: others } = this.unpack(box, to);
      found.push(...lots);
      boxes.push(...others);
    }
    return found;
  }

  /** Who has how much of a lot, in the first of its units: in order, with what is packed where its box is. */
  holdings(lot: string): [Place, Fraction][] {
    const found = new Map<Place, Fraction>();
    for (const [place, quantity] of this.#stock.get(lot) ?? []) {
      const outside = this.#outside(place);
      found.set(outside, plus(found.get(outside) ?? ZERO, quantity));
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** A box is taken out of what it is in before anything is put into it: none is in itself. */
  #outside(place: Place): Place {
    let outer = place;
    while (outer.startsWith("packed\t")) outer = this.#where.get(partsOf(outer).who) as Place;
    return outer;
  }

  #add(lot: string, place: Place, quantity: Fraction): void {
    const stock = this.#stockOf(lot);
    const now = plus(stock.get(place) ?? ZERO, quantity);
    if (now.n === 0n) stock.delete(place);
    else stock.set(place, now);
    const { state, who } = partsOf(place);
    if (state === "packed" && quantity.n > 0n) this.#contentOf(who).add(lot);
  }

  #stockOf(lot: string): Map<Place, Fraction> {
    const stock = this.#stock.get(lot) ?? new Map<Place, Fraction>();
    this.#stock.set(lot, stock);
    return stock;
  }

  #contentOf(container: string): Set<string> {
    const content = this.#inside.get(container) ?? new Set();
    this.#inside.set(container, content);
    return content;
  }
}
