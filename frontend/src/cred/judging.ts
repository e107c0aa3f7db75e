/** Which promises may be put to the vote now: pure, as `Promises.attachEvaluation` decides. */
import type { Fate, Mandate, Promised } from "./history";

/** Fates of a round that still holds its promises. */
const HOLDING: readonly Fate[] = ["underWay", "published", "appealed", "confirmed"];

/** Why a promise cannot be put to the vote. */
export type Bar = "settled" | "underEvaluation" | "notDue" | "early" | "afterEnd" | "noText";

/** What bars a promise from a round; null where nothing does. */
export function barOf(mandate: Mandate, promise: Promised, isMidTerm: boolean, now_s: number): Bar | null {
  const { number, settled, isUnjudged, isEarly, text, dueAt_s, added } = promise;
  const isFound = settled !== null && !isUnjudged;
  if (isFound && (isMidTerm || !isEarly)) return "settled";
  const isHeld = mandate.rounds.some(
    ({ isMidTerm: informs, fate, promises }) => !informs && HOLDING.includes(fate) && promises.includes(number),
  );
  if (isHeld) return "underEvaluation";
  // What is voted on is the text that the chain sealed, and no other.
  if (text.text === null || text.isTrue !== true) return "noText";
  if (isMidTerm) return null;
  if (dueAt_s > mandate.endsAt_s) return "afterEnd";
  if (dueAt_s <= now_s) return null;
  if (isFound) return "early";
  return added.some(({ kind }) => kind === "evidence") ? null : "notDue";
}

/** Whether nothing more is brought for or against a promise: it is found, and for good. */
export const isFinal = ({ settled, isUnjudged, isEarly }: Promised): boolean =>
  settled !== null && !isUnjudged && !isEarly;

/** The promises that a burning round may judge now. */
export const judgeable = (mandate: Mandate, now_s: number): Promised[] =>
  mandate.promises.filter((promise) => barOf(mandate, promise, false, now_s) === null);
