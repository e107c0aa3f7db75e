/** Which promises may be put to the vote now: pure, as `Promises.attachEvaluation` decides. */
import type { Fate, Mandate, Promised } from "./history";

/** Fates of a round that still holds its promises. */
const HOLDING: readonly Fate[] = ["underWay", "published", "appealed", "confirmed"];

/** Why a promise cannot be put to the vote. */
export type Bar = "settled" | "underEvaluation" | "notDue" | "noText";

/** What bars a promise from a round; null where nothing does. */
export function barOf(mandate: Mandate, promise: Promised, isMidTerm: boolean, now_s: number): Bar | null {
  const { number, settled, isUnjudged, text, dueAt_s, added } = promise;
  if (settled && !isUnjudged) return "settled";
  const isHeld = mandate.rounds.some(
    ({ isMidTerm: informs, fate, promises }) => !informs && HOLDING.includes(fate) && promises.includes(number),
  );
  if (isHeld) return "underEvaluation";
  // What is voted on is the text that the chain sealed, and no other.
  if (text.text === null || text.isTrue !== true) return "noText";
  const isDue = dueAt_s <= now_s || added.some(({ kind }) => kind === "evidence");
  return isMidTerm || isDue ? null : "notDue";
}

/** The promises that a burning round may judge now. */
export const judgeable = (mandate: Mandate, now_s: number): Promised[] =>
  mandate.promises.filter((promise) => barOf(mandate, promise, false, now_s) === null);
