/** A recall: a lot and all that may be made of it, with who has how much of each. Neither clocks nor speakers count. */
import { namedIn } from "./event";
import type { Finding } from "./finding";
import type { Fraction } from "./fraction";
import type { Place } from "./ledger";
import type { Story } from "./story";

/** A lot that a recall reaches. */
export interface Recalled {
  lot: string;
  /** In which it is counted: the first of its kind; empty where nothing that is heard made or took it. */
  unit: string;
  /** Who has how much of it, in order. */
  at: readonly (readonly [Place, Fraction])[];
}

/** A lot or container, and all that may be made of it, lots and containers. */
export function reachedFrom(story: Story, name: string): ReadonlySet<string> {
  const reached = new Set([name]);
  for (const from of reached) for (const to of story.ways.get(from) ?? []) reached.add(to);
  return new Set([...reached].filter((it) => !it.startsWith("\n")));
}

/** The lots that a recall reaches: the one that is asked for first, the others by name. */
export function recall(story: Story, name: string): Recalled[] {
  const known = new Set(story.lots);
  const others = [...reachedFrom(story, name)].filter((it) => it !== name && known.has(it)).sort();
  return [name, ...others].map((lot) => ({ lot, unit: story.ledger.kindOf(lot), at: story.ledger.holdings(lot) }));
}

/** What is found about any of these, or at an event that names any of them. */
export const findingsBeside = (story: Story, names: ReadonlySet<string>): Finding[] =>
  story.findings.filter(
    ({ about, event }) => about.some((it) => names.has(it)) || (event && namedIn(event).some((it) => names.has(it))),
  );
