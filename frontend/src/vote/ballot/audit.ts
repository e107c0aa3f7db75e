/**
 * The audit: everything a consultation published, verified again from its events alone (beffroi/ballots/audit.py).
 *
 * Trusted: the contracts' addresses and chain, and that the events are those of the chain. Not trusted: the contracts'
 * arithmetic, the town's server, the trustees, whoever posted the ballots.
 */
import { BallotBox } from "./ballotbox";
import { type Bytes, itemAt, same } from "./bytes";
import { CeremonyReplay } from "./replay";
import type { Cast, Event, Opened } from "./events";
import { base, type Point } from "./group";
import { type Params, paramsHash } from "./params";
import type { Ciphertext } from "./proof";
import { batchRoot, RecordError, recordsOf, Roll } from "./records";
import { ballotLength, fits, M } from "./rules";
import { type Closing, isSigned, openTotals, verifyShare } from "./tally";
import { type CheckName, Findings, type Outcome, type Verdict } from "./verdict";

export interface Site {
  readonly chainId: number;
  readonly consultations: Bytes;
  readonly ceremonies: Bytes;
  readonly consultation: number;
}

/** Verifies a consultation from the events of both contracts, in the chain's order. */
export function audit(
  events: Iterable<Event>,
  site: Site,
  voters: readonly Bytes[] | null = null,
  progress?: (records: number) => void,
): Verdict {
  return audited(events, site, voters, progress).verdict();
}

/** The same, with all that it has summed on the way. */
export function audited(
  events: Iterable<Event>,
  site: Site,
  voters: readonly Bytes[] | null,
  progress?: (records: number) => void,
): Auditor {
  const auditor = new Auditor(site, voters, progress);
  for (const event of events) auditor.feed(event);
  return auditor;
}

class Auditor {
  readonly #site: Site;
  readonly #voters: readonly Bytes[] | null;
  readonly #progress: ((records: number) => void) | undefined;
  readonly #ceremonies = new Map<number, CeremonyReplay>();
  readonly #findings = new Findings();
  readonly #refusals = new Map<number, Map<number, { index: number; reason: number }>>();
  readonly #shares = new Map<number, Extract<Event, { name: "share" }>>();
  #unsignedShares = 0;
  #box: BallotBox | null = null;
  #hasRoll = false;
  #nextBatch = 0;
  #closed: { ballots: number; totals: readonly Ciphertext[] } | null = null;
  #tallied: { ballots: number; counts: readonly number[] } | null = null;

  constructor(site: Site, voters: readonly Bytes[] | null, progress?: (records: number) => void) {
    this.#site = site;
    this.#voters = voters;
    this.#progress = progress;
  }

  /** The totals of the ballots found, by our own sums; null before the vote is closed or where it is not known. */
  get closing(): Closing | null {
    const box = this.#box;
    return this.#closed && box && { params: box.params, totals: box.totals, ballots: box.ballots };
  }

  /** What the ballots were checked by; null where the opening or its key is not known. */
  get params(): Params | null {
    return this.#box?.params ?? null;
  }

  /** What was said in the ceremony that made the key. */
  get replay(): CeremonyReplay | null {
    return (this.#box && this.#ceremonies.get(this.#box.params.ceremony)) ?? null;
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
        return this.#box?.match(event.index, event.seq, event.replaced);
      case "closed":
        this.#closed = event;
        return;
      case "share":
        if (!this.#closed || this.#shares.has(event.share.trustee))
          this.#findings.add("shares", `trustee ${event.share.trustee}: a share before closing, or a second`);
        this.#shares.set(event.share.trustee, event);
        return;
      case "tallied":
        this.#tallied = event;
    }
  }

  #ceremony(event: Extract<Event, { id: number }>): void {
    const replay = this.#ceremonies.get(event.id) ?? new CeremonyReplay();
    this.#ceremonies.set(event.id, replay);
    replay.take(event, this.#site);
  }

  #open(event: Opened): void {
    if (this.#box) return this.#findings.add("terms", "the consultation is opened twice");
    const replay = this.#ceremonies.get(event.ceremony);
    if (!replay?.sound) this.#findings.add("key", "the key is not the one that the trustees dealt");
    if (!replay?.keys) return;
    const params: Params = { ...event.terms, h: replay.keys.h };
    if (!same(paramsHash(params), event.paramsHash))
      this.#findings.add("terms", "the parameters published do not give the hash that ballots are bound to");
    if (!fits(params.rule, params.rollSize)) this.#findings.add("terms", "a counter could overflow into the next");
    const roll = this.#voters && sealed(this.#voters, params) ? this.#voters : null;
    if (this.#voters && !roll) this.#findings.add("roll", "the list given is not the roll that was sealed");
    this.#hasRoll = roll !== null;
    this.#box = new BallotBox(params, roll, this.#findings);
  }

  #cast(event: Cast): void {
    const refusals = this.#refusals.get(event.batch) ?? new Map<number, { index: number; reason: number }>();
    this.#refusals.delete(event.batch);
    const box = this.#box;
    if (!box) return;
    if (this.#closed) this.#findings.add("batches", `batch ${event.batch} was cast after closing`);
    if (event.batch !== this.#nextBatch)
      this.#findings.add("batches", `batch ${event.batch} comes where batch ${this.#nextBatch} should`);
    this.#nextBatch = event.batch + 1;
    const leaves: Bytes[] = [];
    try {
      for (const record of recordsOf(event.records, ballotLength(box.params.rule))) {
        const refusal = refusals.get(leaves.length);
        if (refusal && refusal.index !== record.index)
          this.#findings.add(
            "batches",
            `batch ${event.batch}: the refusal at position ${leaves.length} names another voter`,
          );
        leaves.push(box.take(event.batch, record, refusal?.reason ?? 0));
        this.#progress?.(box.records);
      }
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      this.#findings.add("batches", `batch ${event.batch}: ${error.message}`);
    }
    if (!leaves.length || [...refusals.keys()].some((position) => position >= leaves.length))
      this.#findings.add("batches", `batch ${event.batch}: a record is refused that is not there`);
    else if (!same(batchRoot(leaves), event.root))
      this.#findings.add("batches", `batch ${event.batch}: its root is not that of its ballots`);
  }

  /** What was found, all events having been fed. */
  verdict(): Verdict {
    const [box, findings] = [this.#box, this.#findings];
    const asked = new Map<CheckName, number>([
      ["key", 1],
      ["terms", 1],
    ]);
    let outcome: Outcome = "refuted";
    if (!box) findings.add("terms", "the consultation's opening, or its key, is not in the record");
    else {
      if (box.unmatched)
        findings.add("once", `${box.unmatched} replacements are announced and not found, or the reverse`);
      if (this.#refusals.size) findings.add("refused", "refusals are announced for a batch that does not exist");
      asked.set("proofs", box.records - box.refused).set("once", box.ballots);
      asked.set("batches", this.#nextBatch).set("refused", box.refused);
      if (this.#hasRoll) asked.set("roll", box.params.rollSize);
      outcome = this.#opened(box, asked);
    }
    if (outcome === "confirmed" && !this.#hasRoll) outcome = "strangers";
    const vouchedTrustees = [...(this.replay?.vouched ?? [])].sort((a, b) => a - b);
    if (outcome === "confirmed" && (vouchedTrustees.length || box?.origins.vouched || this.#onlyVouched(box)))
      outcome = "vouched";
    return {
      outcome: findings.counts.size ? "refuted" : outcome,
      checks: findings.checks(asked),
      rollSize: box?.params.rollSize ?? 0,
      ballots: box?.ballots ?? 0,
      signed: box?.origins.signed ?? 0,
      vouched: box?.origins.vouched ?? 0,
      vouchedTrustees,
      unsignedShares: this.#unsignedShares,
      replaced: box?.replaced ?? 0,
      refused: box?.refused ?? 0,
      counts: this.#tallied?.counts ?? [],
      anomalies: findings.anomalies,
    };
  }

  /** Whether no trustee's signature shows of as many shares as open a total. */
  #onlyVouched(box: BallotBox | null): boolean {
    const threshold = box ? (this.#ceremonies.get(box.params.ceremony)?.ceremony?.threshold ?? 0) : 0;
    return threshold > 0 && this.#unsignedShares >= threshold;
  }

  #opened({ params, totals, ballots }: BallotBox, asked: Map<CheckName, number>): Outcome {
    const [end, done] = [this.#closed, this.#tallied];
    if (!end) return "unfinished";
    asked.set("totals", totals.length);
    if (end.ballots !== ballots || !agree(end.totals, totals))
      this.#findings.add("totals", `${end.ballots} ballots announced, ${ballots} found; or the sums differ`);
    if (ballots < params.secrecyMinimum) {
      if (this.#shares.size || done) this.#findings.add("shares", "totals of too few ballots were opened");
      return "withheld";
    }
    const replay = this.#ceremonies.get(params.ceremony);
    const threshold = replay?.ceremony?.threshold ?? 0;
    const closing: Closing = { params, totals, ballots };
    const given = [...this.#shares.values()]
      .sort((a, b) => a.share.trustee - b.share.trustee)
      .filter(({ share }) => {
        const key = replay?.keys?.shares.get(share.trustee);
        const holds = key !== undefined && verifyShare(closing, key, share);
        if (!holds) this.#findings.add("shares", `the share of trustee ${share.trustee} is false`);
        return holds;
      });
    const accounts = replay?.ceremony?.trustees ?? [];
    const unsigned = given.filter(
      ({ share, signature }) => !isSigned(closing, share, signature, itemAt(accounts, share.trustee - 1)),
    );
    this.#unsignedShares = unsigned.length;
    const valid = given.map(({ share }) => share);
    if (!done) return "unfinished";
    asked.set("shares", valid.length).set("result", 1);
    if (valid.length < threshold) {
      this.#findings.add("shares", `a result with ${valid.length} valid shares out of ${threshold}`);
      return "refuted";
    }
    const opened = openTotals(closing, valid.slice(0, threshold), threshold);
    if (done.ballots !== ballots || !holdsCounts(opened, done.counts))
      this.#findings.add("result", "the counts announced are not what the totals hold");
    return "confirmed";
  }
}

/** Whether these voters are the roll that a consultation sealed. */
function sealed(voters: readonly Bytes[], { rollSize, rollRoot }: Params): boolean {
  return voters.length === rollSize && same(new Roll(voters).root, rollRoot);
}

function agree(told: readonly Ciphertext[], found: readonly Ciphertext[]): boolean {
  const isSame = ({ c1, c }: Ciphertext, i: number): boolean => {
    const other = itemAt(told, i);
    return same(c1, other.c1) && same(c, other.c);
  };
  return told.length === found.length && found.every(isSame);
}

function holdsCounts(opened: readonly Point[], counts: readonly number[]): boolean {
  const small = counts.length === 2 * opened.length && counts.every((count) => count >= 0 && BigInt(count) < M);
  return (
    small &&
    opened.every((point, i) => {
      const message = BigInt(itemAt(counts, 2 * i)) + BigInt(itemAt(counts, 2 * i + 1)) * M;
      return same(base(message), point);
    })
  );
}
