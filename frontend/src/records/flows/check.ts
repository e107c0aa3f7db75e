import { type SeriesState, isSignedOnChain, isUsed, seriesOf, showingDoubts } from "../chain/attested";
import { isOfThisTown } from "../kept";
import { formatMoment } from "../../words/format";
import { type Ask, type Doubt, type Showing, doubtsOf } from "../paper/showing";
import type { Listed } from "../published";
import { chainDoubtTold, doubtTold } from "../told";
import { papers } from "../words/papers";

/** What is known of a showing without asking anybody. */
export interface Checked {
  showing: Showing;
  doubts: readonly Doubt[];
  /** How long that took. */
  took_ms: number;
}

/** What a node adds. */
export interface Asked {
  /** Sentences against it. */
  problems: readonly string[];
  series: SeriesState | null;
  isUsed: boolean;
  /** Whether the subject is a smart account that says it signed, which nobody knows without a node. */
  isSigned: boolean;
}

/** Proofs, signature, question and times. */
export async function checked(showing: Showing, ask: Ask, now_s: number): Promise<Checked> {
  const start_ms = performance.now();
  const here: Doubt[] = isOfThisTown(showing) ? [] : [{ kind: "otherTown" }];
  const doubts = [...here, ...(await doubtsOf(showing, ask, now_s))];
  return { showing, doubts, took_ms: performance.now() - start_ms };
}

/** Whether it was issued, and is revoked, disowned or used now; by whom that is accredited. @throws as viem's reads */
export async function asked(showing: Showing): Promise<Asked> {
  const { schema, issuer } = showing.paper;
  const [doubts, series, used, isSigned] = await Promise.all([
    showingDoubts(showing),
    seriesOf(schema, issuer),
    isUsed(showing.paper),
    isSignedOnChain(showing),
  ]);
  return { problems: doubts.map(chainDoubtTold), series, isUsed: used, isSigned };
}

/** Every sentence against a showing, as far as it is known: by a node, else by what the town published. */
export function problemsOf({ doubts }: Checked, told: Asked | null, listed: Listed | null): string[] {
  const open = doubts.filter(({ kind }) => !(kind === "unsigned" && told?.isSigned));
  return [...open.map(doubtTold), ...(told?.problems ?? (listed ? listedProblems(listed) : []))];
}

function listedProblems({ at_s, isKnown, doubts }: Listed): string[] {
  const told = doubts.map(chainDoubtTold);
  return isKnown ? told : [...told, papers().check.listedUnknown(formatMoment(at_s))];
}
