/**
 * The audit: everything a consultation published, verified again from its events alone (beffroi/ballots/audit.py).
 *
 * Trusted: the contracts' addresses and chain, and that the events are those of the chain. Not trusted: the contracts'
 * arithmetic, the town's server, the trustees, whoever posted the ballots.
 */
import { ciphertextsOf, split, verifyBallot } from "./ballot";
import { type Bytes, itemAt, keccak, same, toHex } from "./bytes";
import { CeremonyReplay } from "./ceremony";
import type { Cast, Event, Opened } from "./events";
import { add, base, INFINITY, neg, type Point, prepare, signer } from "./group";
import { type Ground, groundOf, leafOf, type Params, paramsHash, slipDigest } from "./params";
import type { Ciphertext } from "./proof";
import { batchRoot, EMPTY_LEAF, type Record, RecordError, recordsOf, Roll } from "./records";
import { ballotLength, fits, M } from "./rules";
import { type Closing, openTotals, type Share, verifyShare } from "./tally";

/** The questions asked of the record, in the order in which a reader asks. */
export const CHECKS = [
  "key",
  "terms",
  "roll",
  "proofs",
  "once",
  "batches",
  "refused",
  "totals",
  "shares",
  "result",
] as const;
export type CheckName = (typeof CHECKS)[number];
export type Outcome = "confirmed" | "refuted" | "unfinished" | "withheld";

export interface Check {
  readonly name: CheckName;
  /** Null when it could not be asked. */
  readonly passed: boolean | null;
  /** How much was checked, or how many anomalies there are. */
  readonly count: number;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly checks: readonly Check[];
  readonly rollSize: number;
  readonly ballots: number;
  /** Of the records counted: whose signature was verified here, that the voter sent herself, and that only the contract vouches for. */
  readonly signed: number;
  readonly sent: number;
  readonly vouched: number;
  readonly replaced: number;
  readonly refused: number;
  /** Two counters for each ciphertext, once the totals are open. */
  readonly counts: readonly number[];
  /** The first anomalies, in the terms of the format. */
  readonly anomalies: readonly string[];
}

export interface Site {
  readonly chainId: number;
  readonly consultations: Bytes;
  readonly ceremonies: Bytes;
  readonly consultation: number;
}

interface Entry {
  readonly record: Record;
  readonly reason: number;
  readonly proven: boolean;
  readonly origin: "signed" | "sent" | "vouched";
}

interface Counted {
  readonly batch: number;
  readonly seq: number;
  readonly ciphertexts: readonly Ciphertext[];
}

const MOST_ANOMALIES = 50;
/** Refusals by number, as events carry them. */
const [SEQUENCE, ALREADY_VOTED, SIGNATURE, PROOF] = [1, 2, 3, 4];

/** Verifies a consultation from the events of both contracts, in the chain's order. */
export function audit(
  events: Iterable<Event>,
  site: Site,
  voters: readonly Bytes[] | null = null,
  progress?: (records: number) => void,
): Verdict {
  const auditor = new Auditor(site, voters, progress);
  for (const event of events) auditor.feed(event);
  return auditor.verdict();
}

export class Auditor {
  readonly #site: Site;
  readonly #voters: readonly Bytes[] | null;
  readonly #progress: ((records: number) => void) | undefined;
  readonly #ceremonies = new Map<number, CeremonyReplay>();
  readonly #findings = new Map<CheckName, number>();
  readonly #anomalies: string[] = [];
  readonly #refusals = new Map<number, Map<number, { index: number; reason: number }>>();
  readonly #box = new Map<number, Counted>();
  readonly #replacements = new Map<string, number>();
  readonly #shares = new Map<number, Share>();
  readonly #origins = { signed: 0, sent: 0, vouched: 0 };
  #params: Params | null = null;
  #ground: Ground | null = null;
  #roll: readonly Bytes[] | null = null;
  #totals: Ciphertext[] = [];
  #records = 0;
  #replaced = 0;
  #refused = 0;
  #nextBatch = 0;
  #closed: { ballots: number; totals: readonly Ciphertext[] } | null = null;
  #tallied: { ballots: number; counts: readonly number[] } | null = null;

  constructor(site: Site, voters: readonly Bytes[] | null, progress?: (records: number) => void) {
    this.#site = site;
    this.#voters = voters;
    this.#progress = progress;
  }

  feed(event: Event): void {
    if ("id" in event) return this.#ceremony(event);
    if (event.consultation !== this.#site.consultation) return;
    switch (event.name) {
      case "opened":
        return this.#open(event);
      case "refused": {
        const reasons = this.#refusals.get(event.batch) ?? new Map<number, { index: number; reason: number }>();
        this.#refusals.set(event.batch, reasons.set(event.position, event));
        return;
      }
      case "cast":
        return this.#cast(event);
      case "replaced":
        return this.#match(event.index, event.seq, event.replaced);
      case "closed":
        this.#closed = event;
        return;
      case "share":
        if (!this.#closed || this.#shares.has(event.share.trustee))
          this.#find("shares", `trustee ${event.share.trustee}: a share before closing, or a second`);
        this.#shares.set(event.share.trustee, event.share);
        return;
      case "tallied":
        this.#tallied = event;
    }
  }

  #ceremony(event: Extract<Event, { id: number }>): void {
    const replay = this.#ceremonies.get(event.id) ?? new CeremonyReplay();
    this.#ceremonies.set(event.id, replay);
    replayEvent(replay, event, this.#site);
  }

  #open(event: Opened): void {
    const replay = this.#ceremonies.get(event.ceremony);
    if (!replay?.sound) this.#find("key", "the key is not the one that the trustees dealt");
    if (!replay?.keys) return;
    const params: Params = { ...event.terms, h: replay.keys.h };
    if (!same(paramsHash(params), event.paramsHash))
      this.#find("terms", "the parameters published do not give the hash that ballots are bound to");
    if (!fits(params.rule, params.rollSize)) this.#find("terms", "a counter could overflow into the next");
    this.#roll = this.#voters;
    if (
      this.#voters &&
      !(this.#voters.length === params.rollSize && same(new Roll(this.#voters).root, params.rollRoot))
    ) {
      this.#find("roll", "the list given is not the roll that was sealed");
      this.#roll = null;
    }
    this.#params = params;
    this.#ground = groundOf(params);
    this.#totals = Array.from(params.rule.setOf, () => ({
      c1: INFINITY,
      c: INFINITY,
    }));
    prepare(params.h);
  }

  #cast(event: Cast): void {
    const refusals = this.#refusals.get(event.batch) ?? new Map<number, { index: number; reason: number }>();
    this.#refusals.delete(event.batch);
    if (!this.#params || !this.#ground) return;
    if (this.#closed) this.#find("batches", `batch ${event.batch} was cast after closing`);
    if (event.batch !== this.#nextBatch)
      this.#find("batches", `batch ${event.batch} comes where batch ${this.#nextBatch} should`);
    this.#nextBatch = event.batch + 1;
    const leaves: Bytes[] = [];
    try {
      for (const record of recordsOf(event.records, ballotLength(this.#params.rule))) {
        const refusal = refusals.get(leaves.length);
        if (refusal && refusal.index !== record.index)
          this.#find("batches", `batch ${event.batch}: the refusal at position ${leaves.length} names another voter`);
        leaves.push(this.#take(event, record, refusal?.reason ?? 0));
        this.#progress?.(this.#records);
      }
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      this.#find("batches", `batch ${event.batch}: ${error.message}`);
    }
    if (!leaves.length || [...refusals.keys()].some((position) => position >= leaves.length))
      this.#find("batches", `batch ${event.batch}: a record is refused that is not there`);
    else if (!same(batchRoot(leaves), event.root))
      this.#find("batches", `batch ${event.batch}: its root is not that of its ballots`);
  }

  /** Judges a record and counts it; its leaf. */
  #take(event: Cast, record: Record, reason: number): Bytes {
    const [params, ground] = [this.#params, this.#ground];
    if (!params || !ground) return EMPTY_LEAF;
    const digest = slipDigest(params, record.voter, record.seq, keccak(record.ballot));
    const by = record.signature.length ? signer(digest, record.signature) : event.sender;
    const own = by !== null && same(by, record.voter);
    const entry: Entry = {
      record,
      reason,
      proven: verifyBallot(ground, record.voter, record.seq, record.ballot),
      origin: own ? (record.signature.length ? "signed" : "sent") : "vouched",
    };
    this.#records++;
    const where = `batch ${event.batch}, voter ${record.index}`;
    if (reason) this.#refuse(entry, where);
    else this.#count(entry, event.batch, where);
    if (reason) return EMPTY_LEAF;
    return leafOf(params.consultation, record.index, record.seq, keccak(ciphertextsOf(record.ballot, params.rule)));
  }

  #refuse({ record, reason, proven, origin }: Entry, where: string): void {
    this.#refused++;
    const holds =
      (reason === SEQUENCE && record.seq !== 0) ||
      (reason === ALREADY_VOTED && this.#box.has(record.index)) ||
      (reason === SIGNATURE && origin !== "signed") ||
      (reason === PROOF && !proven);
    if (!holds) this.#find("refused", `${where}: refused without the reason given`);
  }

  #count({ record, proven, origin }: Entry, batch: number, where: string): void {
    const params = this.#params;
    if (!params) return;
    this.#origins[origin]++;
    if (!proven) return this.#find("proofs", `${where}: counted, but its proof is false`);
    if (record.index >= params.rollSize) return this.#find("roll", `${where}: counted, but the roll ends before`);
    if (this.#roll && !same(itemAt(this.#roll, record.index), record.voter))
      this.#find("roll", `${where}: the account is not the one on the roll`);
    const previous = this.#box.get(record.index);
    const ciphertexts = split(record.ballot, params.rule);
    if (!previous) {
      if (record.seq) this.#find("once", `${where}: replaces a ballot that was never cast`);
    } else {
      this.#replaced++;
      if (record.seq !== previous.seq + 1)
        this.#find("once", `${where}: ballot ${record.seq} counted after ballot ${previous.seq}`);
      this.#match(record.index, record.seq, previous.batch);
      this.#sum(previous.ciphertexts, neg);
    }
    this.#sum(ciphertexts, (point) => point);
    this.#box.set(record.index, { batch, seq: record.seq, ciphertexts });
  }

  #sum(ciphertexts: readonly Ciphertext[], signed: (point: Point) => Point): void {
    this.#totals = this.#totals.map(({ c1, c }, i) => {
      const one = itemAt(ciphertexts, i);
      return { c1: add(c1, signed(one.c1)), c: add(c, signed(one.c)) };
    });
  }

  /** A replacement is told twice, by the contract and by what is found; the two must agree. */
  #match(index: number, seq: number, batch: number): void {
    const name = `${index}:${seq}`;
    const known = this.#replacements.get(name);
    if (known === undefined) this.#replacements.set(name, batch);
    else this.#replacements.delete(name);
    if (known !== undefined && known !== batch)
      this.#find("once", `voter ${index}: replaces the ballot of batch ${batch}, or ${known}?`);
  }

  #find(check: CheckName, text: string): void {
    this.#findings.set(check, (this.#findings.get(check) ?? 0) + 1);
    if (this.#anomalies.length < MOST_ANOMALIES) this.#anomalies.push(text);
  }

  /** What was found, all events having been fed. */
  verdict(): Verdict {
    const params = this.#params;
    const asked = new Map<CheckName, number>([
      ["key", 1],
      ["terms", 1],
    ]);
    let outcome: Outcome = "refuted";
    if (!params) this.#find("terms", "the consultation's opening, or its key, is not in the record");
    else {
      if (this.#replacements.size)
        this.#find("once", `${this.#replacements.size} replacements are announced and not found, or the reverse`);
      if (this.#refusals.size) this.#find("refused", "refusals are announced for a batch that does not exist");
      asked.set("proofs", this.#records - this.#refused).set("once", this.#box.size);
      asked.set("batches", this.#nextBatch).set("refused", this.#refused);
      if (this.#roll) asked.set("roll", params.rollSize);
      outcome = this.#opened(params, asked);
    }
    const checks = CHECKS.map((name): Check => {
      const anomalies = this.#findings.get(name) ?? 0;
      if (anomalies) return { name, passed: false, count: anomalies };
      return {
        name,
        passed: asked.has(name) ? true : null,
        count: asked.get(name) ?? 0,
      };
    });
    return {
      outcome: this.#findings.size ? "refuted" : outcome,
      checks,
      rollSize: params?.rollSize ?? 0,
      ballots: this.#box.size,
      ...this.#origins,
      replaced: this.#replaced,
      refused: this.#refused,
      counts: this.#tallied?.counts ?? [],
      anomalies: this.#anomalies,
    };
  }

  #opened(params: Params, asked: Map<CheckName, number>): Outcome {
    const [end, done, ballots] = [this.#closed, this.#tallied, this.#box.size];
    if (!end) return "unfinished";
    asked.set("totals", this.#totals.length);
    if (end.ballots !== ballots || !this.#agree(end.totals))
      this.#find("totals", `${end.ballots} ballots announced, ${ballots} found; or the sums differ`);
    if (ballots < params.secrecyMinimum) {
      if (this.#shares.size || done) this.#find("shares", "totals of too few ballots were opened");
      return "withheld";
    }
    const replay = this.#ceremonies.get(params.ceremony);
    const threshold = replay?.ceremony?.threshold ?? 0;
    const closing: Closing = { params, totals: this.#totals, ballots };
    const valid = [...this.#shares.values()]
      .sort((a, b) => a.trustee - b.trustee)
      .filter((share) => {
        const key = replay?.keys?.shares.get(share.trustee);
        const holds = key !== undefined && verifyShare(closing, key, share);
        if (!holds) this.#find("shares", `the share of trustee ${share.trustee} is false`);
        return holds;
      });
    if (!done) return "unfinished";
    asked.set("shares", valid.length).set("result", 1);
    if (valid.length < threshold) {
      this.#find("shares", `a result with ${valid.length} valid shares out of ${threshold}`);
      return "refuted";
    }
    const opened = openTotals(closing, valid.slice(0, threshold), threshold);
    if (done.ballots !== ballots || !holdsCounts(opened, done.counts))
      this.#find("result", "the counts announced are not what the totals hold");
    return "confirmed";
  }

  #agree(totals: readonly Ciphertext[]): boolean {
    const own = this.#totals;
    return (
      totals.length === own.length &&
      own.every(({ c1, c }, i) => {
        const other = itemAt(totals, i);
        return same(c1, other.c1) && same(c, other.c);
      })
    );
  }
}

/** Feeds one event of a ceremony to its replay. */
export function replayEvent(
  replay: CeremonyReplay,
  event: Extract<Event, { id: number }>,
  place: { chainId: number; ceremonies: Bytes },
): void {
  switch (event.name) {
    case "ceremony-opened": {
      const { id, threshold, trustees } = event;
      replay.ceremony = {
        chainId: place.chainId,
        address: place.ceremonies,
        id,
        threshold,
        trustees,
      };
      return;
    }
    case "enrolled":
      replay.enrolled.set(event.index, event.key);
      return;
    case "dealt":
      replay.deals.set(event.index, event.deal);
      return;
    case "excluded":
      replay.excluded.add(event.index);
      return;
    case "key-ready":
      replay.announce(event.key, event.shareKeys);
  }
}

function holdsCounts(opened: readonly Point[], counts: readonly number[]): boolean {
  const small = counts.length === 2 * opened.length && counts.every((count) => count >= 0 && BigInt(count) < M);
  return (
    small &&
    opened.every((point, i) => {
      const message = BigInt(itemAt(counts, 2 * i)) + BigInt(itemAt(counts, 2 * i + 1)) * M;
      return toHex(base(message)) === toHex(point);
    })
  );
}
