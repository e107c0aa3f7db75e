import { type Mandate, type Promised, scoreOf } from "../history";
import { formatDay, formatNumber, formatShare } from "../../words/format";
import { cred } from "../words/cred";

/** A score in words; that of no opinion is none. */
export function scored(found: { opinions: number; missing: number }): string {
  const score = scoreOf(found);
  return score === null ? "–" : formatShare(score);
}

/** What was found of a promise, what that burnt, whether it is the last word, and what nobody judged. */
export function findings({ endsAt_s }: Mandate, promise: Promised): readonly (readonly [string, string])[] {
  const w = cred().promise;
  const { settled, isUnjudged, isEarly, dueAt_s, frozen } = promise;
  const early = [w.early, dueAt_s <= endsAt_s ? w.earlyNote(formatDay(dueAt_s)) : w.earlyForGood] as const;
  const found = settled
    ? ([
        [settled.opinions ? w.kept(scored(settled)) : w.unjudged, w.opinions(formatNumber(settled.opinions))],
        [w.burnt, `${formatNumber(settled.burnt)} Cred`],
        ...(isEarly && !isUnjudged ? [early] : []),
      ] as const)
    : [];
  if (isUnjudged) return [...found, [w.unjudged, w.unjudgedNote]];
  return frozen > 0n ? [...found, [w.frozen, w.frozenNote(formatNumber(frozen))]] : found;
}
