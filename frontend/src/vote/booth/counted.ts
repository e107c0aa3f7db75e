/** What a trustee counts herself before she opens anything of it (beffroi/consultation/sharing.py). */
import { audited } from "../ballot/audit";
import type { Bytes } from "../ballot/bytes";
import type { Event } from "../ballot/events";
import { spokenCount } from "../ballot/pins";
import type { CeremonyReplay } from "../ballot/replay";
import { type Closing, totalsHash } from "../ballot/tally";
import type { Verdict } from "../ballot/verdict";
import { everything, type FaultCode, RecordFault } from "./record";

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
  return spokenCount(closed.block, closed.blockHash, closing.ballots, totalsHash(closing.totals));
}

/** Why nothing may be opened of what was found, where fewer ballots than `minimum` would not keep a vote secret. */
export function faultOf({ outcome, ballots, vouched }: Verdict, minimum: number): FaultCode | null {
  if (outcome === "refuted") return "falseCount";
  if (ballots - vouched < minimum) return "tooFew";
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
  const fault = faultOf(verdict, closing.params.secrecyMinimum);
  if (fault) throw new RecordFault(fault);
  return { closing, replay, phrase };
}
