/** What anyone may check of a consultation, as jobs of the worker. */
import { audited } from "../ballot/audit";
import { verifyOpening } from "../ballot/ballot";
import { same } from "../ballot/bytes";
import { type OpenedBallot, wasCast } from "../ballot/opened";
import { groundOf, paramsHash } from "../ballot/params";
import { parseRoll } from "../ballot/rollfile";
import type { Verdict } from "../ballot/verdict";
import { numberOf } from "./counted";
import { type Grounds, groundsOf } from "./grounds";
import { type Asked, everything, paramsOf, RecordFault, requireAsked, votes } from "./record";

export type Progress = (done: number) => void;

/** What an audit found, what it stood on, and the number that auditors compare. */
export interface Audited {
  readonly verdict: Verdict;
  readonly phrase: string | null;
  readonly grounds: Grounds | null;
}

/** What a node tells of a vote's end. */
export interface Told {
  readonly phrase: string;
  readonly block: number;
  readonly ballots: number;
}

/** Tells how far it is ten times a second at most. */
export function seldom(progress: Progress): Progress {
  let told = 0;
  return (done) => {
    if (performance.now() - told < 100) return;
    told = performance.now();
    progress(done);
  };
}

export const auditing = {
  /** Verifies everything that a consultation published. */
  async audit(ask: { consultation: number; asked: Asked; roll: string | null }, progress: Progress): Promise<Audited> {
    const { site, events } = await everything(ask.consultation);
    const auditor = audited(events, site, ask.roll === null ? null : parseRoll(ask.roll), seldom(progress));
    const verdict = auditor.verdict();
    if (auditor.params) requireAsked(auditor.params, ask.asked);
    const grounds = await groundsOf(auditor, events, ask.roll);
    return { verdict, phrase: numberOf(auditor.closing, events), grounds };
  },

  /** What this node tells of a vote's end, uncounted: a second node's word, to set beside what was counted. */
  async told(consultation: number): Promise<Told> {
    const [params, { events }] = await Promise.all([paramsOf(consultation), votes(consultation)]);
    const closed = events.find((event) => event.name === "closed");
    if (!closed) throw new RecordFault("notClosed");
    const { totals, ballots, block } = closed;
    return { phrase: numberOf({ params, totals, ballots }, events) ?? "", block, ballots };
  },

  /** Whether a ballot that was opened holds what its opening says, and whether it was cast all the same. */
  async opened(ask: { opened: OpenedBallot; asked: Asked }): Promise<{ holds: boolean; isCast: boolean }> {
    const { consultation, voter, seq, opening, hash, data } = ask.opened;
    const params = await paramsOf(consultation);
    if (!same(paramsHash(params), ask.opened.terms)) throw new RecordFault("otherTerms");
    requireAsked(params, ask.asked);
    const holds = verifyOpening(groundOf(params), voter, seq, opening, hash, data);
    return { holds, isCast: wasCast(data, params.rule, (await votes(consultation)).events) };
  },
};
