/** Whether no more comes out of a transformation than goes in, by the yields that its maker states. */
import type { Line, LotEvent } from "./event";
import { type Fraction, ZERO, fraction, over, plus, times } from "./fraction";
import { inFirst, kindOf } from "./units";

/** What comes out of one kind of quantity. */
export interface Outcome {
  kind: string;
  lots: string[];
  said: Fraction;
  /** How much can at most; null where nothing that goes in counts. */
  most: Fraction | null;
}

export function outcomesOf(event: LotEvent, taken: readonly Line[]): Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const { name, quantity, unit } of event.outputs) {
    const kind = kindOf(unit);
    const own = outcomes.get(kind) ?? { kind, lots: [], said: ZERO, most: mostOf(event, taken, kind) };
    outcomes.set(kind, { ...own, lots: [...own.lots, name], said: plus(own.said, inFirst(quantity, unit)) });
  }
  return [...outcomes.values()];
}

/** How much of what goes in all that comes out would need, each kind by its own yield. */
export const shareOf = (outcomes: readonly (Outcome & { most: Fraction })[]): Fraction =>
  outcomes.map(({ said, most }) => over(said, most)).reduce(plus, ZERO);

function mostOf({ yields }: LotEvent, taken: readonly Line[], kind: string): Fraction | null {
  const stated = new Map(yields.filter(({ unit }) => kindOf(unit) === kind).map((it) => [kindOf(it.of), it] as const));
  const found = taken.flatMap(({ quantity, unit }) => {
    const goesIn = inFirst(quantity, unit);
    const rule = stated.get(kindOf(unit));
    if (!rule) return stated.size === 0 && kindOf(unit) === kind ? [goesIn] : [];
    const one = inFirst(fraction(1n), rule.of);
    return [times(over(goesIn, one), inFirst(rule.factor, rule.unit))];
  });
  return found.length ? found.reduce(plus) : null;
}
