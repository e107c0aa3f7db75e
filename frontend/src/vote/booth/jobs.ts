/**
 * What the worker does, job by job. A ballot's secrets stay here: the page gets its bytes and its hash, and the opening
 * only when the voter audits it, which spoils it.
 */
import { setTown } from "../../town/folder";
import type { Town } from "../../town/town";
import type { Panel } from "../ballot/acknowledged";
import { type Ballot, makeBallot, type Opening, verifyOpening } from "../ballot/ballot";
import { type Bytes, type Hex, random, same, toHex } from "../ballot/bytes";
import { CeremonyReplay, holderOf } from "../ballot/replay";
import { secretShare } from "../ballot/keys";
import { countsOf, packed } from "../ballot/dlog";
import type { Event } from "../ballot/events";
import { base, INFINITY, type Point, prepare, xOf, yOf } from "../ballot/group";
import { openedBy, openKeyFile, remembering } from "../ballot/keyfile";
import type { MadeFor } from "../ballot/opened";
import { type Ground, groundOf, type Params, paramsHash } from "../ballot/params";
import { type Choice, messagesOf, type Question } from "../ballot/questions";
import { type Fate, fateOf, type Receipt } from "../ballot/receipt";
import { onRoll, Roll } from "../ballot/records";
import { parseRoll } from "../ballot/rollfile";
import { type Closing, isSigned, openTotals, shareOf, sharesHash, totalsHash, verifyShare } from "../ballot/tally";
import { auditing, type Progress, seldom } from "./auditing";
import { type Counted, counted } from "./counted";
import {
  type Asked,
  everything,
  paramsOf,
  RecordFault,
  requireAcknowledged,
  requireAsked,
  requirePinned,
  votes,
} from "./record";
import { keymaking } from "./keymaking";
import { lastBallot } from "./last";

/** What the page sees of a ballot: its bytes, and the hash that it shows before it asks whether to audit or to cast. */
export interface Sealed {
  readonly data: Bytes;
  readonly hash: Bytes;
  readonly madeFor: MadeFor;
  readonly made_ms: number;
}

interface Xy {
  x: bigint;
  y: bigint;
}

const known = new Map<number, { params: Params; ground: Ground }>();
const unopened = new Map<Hex, Ballot>();
const tallies = new Map<number, Counted>();

async function bound(consultation: number): Promise<{ params: Params; ground: Ground }> {
  const found = known.get(consultation);
  if (found) return found;
  const params = await paramsOf(consultation);
  const fresh = { params, ground: groundOf(params) };
  known.set(consultation, fresh);
  return fresh;
}

const xy = (point: Point): Xy => ({ x: xOf(point), y: yOf(point) });

export const jobs = {
  ...auditing,
  ...keymaking,

  /** The town, before anything else. */
  town(town: Town): void {
    setTown(town);
  },

  /** Reads a consultation's terms, and makes the tables that its ballots need, while the voter still reads. */
  async ready(consultation: number): Promise<void> {
    const { params, ground } = await bound(consultation);
    prepare(params.h);
    // A ballot that nobody sees: the generator's table is made, the code is compiled.
    const [message = 0n] = params.rule.sets[params.rule.setOf[0] ?? 0] ?? [];
    try {
      makeBallot(
        ground,
        new Uint8Array(20),
        0,
        Array.from(params.rule.setOf, () => message),
        random(32),
      );
    } catch {
      // The rule may not allow it; the tables are there all the same.
    }
  },

  /** Encrypts and proves a choice. */
  async make(ask: {
    consultation: number;
    question: Question;
    asked: Asked;
    voter: Bytes;
    seq: number;
    choice: Choice;
    panels: readonly Panel[];
  }): Promise<Sealed> {
    const { params, ground } = await bound(ask.consultation);
    requireAsked(params, ask.asked);
    await requireAcknowledged(params, ask.panels);
    const started = performance.now();
    const ballot = makeBallot(ground, ask.voter, ask.seq, messagesOf(ask.question, ask.choice));
    unopened.set(toHex(ballot.hash), ballot);
    const made_ms = performance.now() - started;
    const { chainId, consultations, consultation } = params;
    const madeFor = { chainId, consultations, consultation, terms: paramsHash(params) };
    return { data: ballot.data, hash: ballot.hash, madeFor, made_ms };
  },

  /** Opens a ballot instead of casting it, and checks it as another computer would: it is spoilt. */
  async challenge(ask: { consultation: number; hash: Bytes }): Promise<{ opening: Opening; holds: boolean }> {
    const name = toHex(ask.hash);
    const ballot = unopened.get(name);
    unopened.delete(name);
    if (!ballot) throw new RecordFault("forgotten");
    const { ground } = await bound(ask.consultation);
    const { data, voter, seq, opening } = ballot;
    return { opening, holds: verifyOpening(ground, voter, seq, opening, ask.hash, data) };
  },

  /** Forgets the secrets of a ballot that is cast: nothing here can show any more what is in it. */
  forget(hash: Bytes): void {
    unopened.delete(toHex(hash));
  },

  /** Checks a place on the roll that the post office told. */
  place(ask: { root: Bytes; size: number; index: number; voter: Bytes; path: readonly Bytes[] }): boolean {
    return onRoll(ask.root, ask.size, ask.index, ask.voter, ask.path);
  },

  /** Finds a voter on a published roll, which must be the one that was sealed; null when she is not on it. */
  find(ask: { csv: string; root: Bytes; voter: Bytes }): { index: number; path: Bytes[] } | null {
    const voters = parseRoll(ask.csv);
    const roll = new Roll(voters);
    if (!same(roll.root, ask.root)) throw new RecordFault("falseRoll");
    const index = voters.findIndex((voter) => same(voter, ask.voter));
    return index < 0 ? null : { index, path: roll.path(index) };
  },

  /** How many stand on a published roll, which must have the root that it is published under. */
  sealed(ask: { csv: string; root: Bytes }): number {
    const roll = new Roll(parseRoll(ask.csv));
    if (!same(roll.root, ask.root)) throw new RecordFault("falseRoll");
    return roll.size;
  },

  /** The root of a roll of these accounts, in this order. */
  root(accounts: readonly Bytes[]): Bytes {
    return new Roll(accounts).root;
  },

  /** What became of a receipt's ballot. */
  async fate(receipt: Receipt): Promise<Fate> {
    const { params } = await bound(receipt.consultation);
    const { events } = await votes(receipt.consultation);
    return fateOf(receipt, params.rule, events);
  },

  /** What `castAgain` replaces, for a re-vote that its voter posts herself. */
  async replaced(ask: {
    consultation: number;
    index: number;
  }): Promise<{ batch: bigint; ciphertexts: Hex; proof: Hex[] }> {
    const { params } = await bound(ask.consultation);
    const found = lastBallot((await votes(ask.consultation)).events, params, ask.index);
    if (!found) throw new RecordFault("neverVoted");
    return found;
  },

  /** Counts every ballot of a vote that is over, for its trustees; the number that they compare. */
  async tally(ask: { consultation: number; roll: string }, progress: Progress): Promise<string> {
    const found = await counted(ask.consultation, parseRoll(ask.roll), seldom(progress));
    tallies.set(ask.consultation, found);
    return found.phrase;
  },

  /** A trustee's share of every total that was counted here, from her key file: the arguments of `submitShare`. A file
   * that does not say what it opens yet gives none, but itself with that said: another tool must find it there. */
  async share(ask: { consultation: number; keyFile: string; password: string; opened: string }, progress: Progress) {
    const found = tallies.get(ask.consultation);
    if (!found) throw new RecordFault("notCounted");
    const opened = `${found.closing.ballots} ${toHex(totalsHash(found.closing.totals))}`;
    const before = openedBy(ask.keyFile, ask.consultation);
    if ([ask.opened, before].some((it) => it && it !== opened)) throw new RecordFault("openedOther");
    const { secret, pins } = await openKeyFile(ask.keyFile, ask.password, (part) => progress(part));
    const { replay, closing } = found;
    await requirePinned(pins, replay);
    const keys = holderOf(replay, secret);
    if (!keys || !replay.ceremony) throw new RecordFault("notATrustee");
    const own = secretShare(replay.ceremony, keys, replay.qualified);
    if (!same(base(own), replay.keys?.shares.get(keys.index) ?? INFINITY)) throw new RecordFault("notATrustee");
    if (!before) return { kind: "unsaved" as const, file: remembering(ask.keyFile, ask.consultation, opened) };
    const share = shareOf(closing, keys.index, own, (ctx) => keys.scalar("nonce.browser", ctx, random(32)));
    const { parts } = share;
    return {
      kind: "share" as const,
      opened,
      trustee: keys.index,
      hash: toHex(sharesHash(share)),
      shares: parts.map(({ point }) => xy(point)),
      proofs: parts.map(({ proof: { e, w, p } }) => ({ e, w, p: xy(p) })),
    };
  },

  /** Finds the counts that the trustees' shares open: the arguments of `finalise`. */
  async count(consultation: number): Promise<{ trustees: bigint[]; shares: Xy[][]; results: bigint[] }> {
    const { replay, closing, events } = await counting(consultation);
    const given = events.flatMap((event) => (event.name === "share" ? [event.share] : []));
    const valid = given
      .filter((share) => verifyShare(closing, replay.keys?.shares.get(share.trustee) ?? INFINITY, share))
      .sort((a, b) => a.trustee - b.trustee)
      .slice(0, replay.ceremony?.threshold);
    const opened = openTotals(closing, valid, replay.ceremony?.threshold ?? 0);
    return {
      trustees: valid.map(({ trustee }) => BigInt(trustee)),
      shares: valid.map(({ parts }) => parts.map(({ point }) => xy(point))),
      results: packed(countsOf(opened, closing.params.rule, closing.ballots)),
    };
  },

  /** Whose shares are there, of how many that are needed: those that trustees signed, and those that none did. */
  async shares(
    consultation: number,
  ): Promise<{ given: number[]; claimed: number[]; needed: number; trustees: readonly Hex[] }> {
    const { replay, closing, events } = await counting(consultation);
    if (!replay.ceremony) throw new RecordFault("missing");
    const { trustees, threshold } = replay.ceremony;
    const told = events.flatMap((event) => (event.name === "share" ? [event] : []));
    const signed = told.filter(({ share, signature }) => {
      const account = trustees[share.trustee - 1];
      return account !== undefined && isSigned(closing, share, signature, account);
    });
    const given = new Set(signed.map(({ share }) => share.trustee));
    const claimed = new Set(told.map(({ share }) => share.trustee).filter((index) => !given.has(index)));
    return { given: [...given], claimed: [...claimed], needed: threshold, trustees: trustees.map(toHex) };
  },
};

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;

async function counting(consultation: number): Promise<{ replay: CeremonyReplay; closing: Closing; events: Event[] }> {
  const [{ params }, { site, events }] = await Promise.all([bound(consultation), everything(consultation)]);
  const replay = new CeremonyReplay();
  for (const event of events) if ("id" in event && event.id === params.ceremony) replay.take(event, site);
  const closed = events.find((event) => event.name === "closed");
  if (closed?.name !== "closed") throw new RecordFault("notClosed");
  return { replay, closing: { params, totals: closed.totals, ballots: closed.ballots }, events };
}
