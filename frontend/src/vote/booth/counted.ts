/** What a trustee counts herself before she opens anything of it (beffroi/consultation/sharing.py). */
import { audited } from "../ballot/audit";
import { type Bytes, same } from "../ballot/bytes";
import type { Event } from "../ballot/events";
import { type Params, paramsHash } from "../ballot/params";
import { spokenCount } from "../ballot/pins";
import type { CeremonyReplay } from "../ballot/replay";
import { type Closing, totalsHash } from "../ballot/tally";
import type { Verdict } from "../ballot/verdict";
import { everything, type FaultCode, ownClock_s, paramsOf, RecordFault } from "./record";

type Terms = Pick<Params, "closesAt" | "secrecyMinimum">;

export interface Counted {
  readonly closing: Closing;
  /** What was said in the ceremony that made the key. */
  readonly replay: CeremonyReplay;
  readonly phrase: string;
}

/** What trustees and auditors compare of a vote that is closed: who sees other ballots or another chain has another. */
export function numberOf(closing: Closing | null, events: readonly Event[]): string | null {
  const closed = events.find((event) => event.name === "closed");
  if (closed?.name !== "closed" || !closing) return null;
  const { params, ballots, totals } = closing;
  return spokenCount(paramsHash(params), closed.block, closed.blockHash, ballots, totalsHash(totals));
}

/** Why nothing may be opened of what was found of a vote of these terms, at a time by the trustee's own clock. */
export function faultOf({ outcome, ballots, vouched }: Verdict, terms: Terms, now_s: number): FaultCode | null {
  if (now_s < terms.closesAt) return "notOver";
  if (outcome === "refuted") return "falseCount";
  if (ballots - vouched < terms.secrecyMinimum) return "tooFew";
  return vouched ? "onlyVouched" : null;
}

/** Checks every ballot and sums the totals that a trustee would open; uses no secret.
 * @throws RecordFault when the vote is not closed, or the ballots do not bear out what would be opened. */
export async function counted(
  consultation: number,
  voters: readonly Bytes[],
  progress: (records: number) => void,
): Promise<Counted> {
  const { site, events } = await everything(consultation);
  const auditor = audited(events, site, voters, progress);
  const verdict = auditor.verdict();
  const { closing, replay } = auditor;
  const phrase = numberOf(closing, events);
  if (!closing || !replay || phrase === null) throw new RecordFault("notClosed");
  if (!same(paramsHash(closing.params), paramsHash(await paramsOf(consultation)))) throw new RecordFault("falseTerms");
  const fault = faultOf(verdict, closing.params, await ownClock_s());
  if (fault) throw new RecordFault(fault);
  return { closing, replay, phrase };
}
