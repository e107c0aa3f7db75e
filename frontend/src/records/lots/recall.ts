/** A recall: a lot and all that was made of it, with who has how much of each. */
import type { Fraction } from "./fraction";
import type { Place } from "./ledger";
import type { Story } from "./story";

/** A lot that a recall reaches. */
export interface Recalled {
  lot: string;
  /** In which it is counted: the first of its kind; empty where nothing that counts made it. */
  unit: string;
  /** Who has how much of it, in order. */
  at: readonly (readonly [Place, Fraction])[];
}

/** What was made of a lot at any depth, and the lot itself first; the others by name. */
export function recall(story: Story, lot: string): Recalled[] {
  const reached = new Set([lot]);
  for (const name of reached) {
    for (const { outputs } of story.makes.get(name) ?? []) for (const it of outputs) reached.add(it.name);
  }
  const named = [lot, ...[...reached].filter((it) => it !== lot).sort()];
  return named.map((it) => ({ lot: it, unit: story.ledger.kindOf(it), at: story.ledger.holdings(it) }));
}
