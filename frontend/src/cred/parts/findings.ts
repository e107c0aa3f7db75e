import { type Promised, scoreOf } from "../history";
import { formatNumber, formatShare } from "../../words/format";
import { cred } from "../words/cred";

/** A score in words; that of no opinion is none. */
export function scored(found: { opinions: number; missing: number }): string {
  const score = scoreOf(found);
  return score === null ? "–" : formatShare(score);
}

/** What was found of a promise, what that burnt, and what nobody judged. */
export function findings({ settled, isUnjudged, frozen }: Promised): readonly (readonly [string, string])[] {
  const w = cred().promise;
  const found = settled
    ? ([
        [settled.opinions ? w.kept(scored(settled)) : w.unjudged, w.opinions(formatNumber(settled.opinions))],
        [w.burnt, `${formatNumber(settled.burnt)} Cred`],
      ] as const)
    : [];
  if (isUnjudged) return [...found, [w.unjudged, w.unjudgedNote]];
  return frozen > 0n ? [...found, [w.frozen, w.frozenNote(formatNumber(frozen))]] : found;
}
