/** Who voted, and which ballot counts: the part of an audit that depends on order. */
import { ciphertextsOf, split, verifyBallot } from "./ballot";
import { type Bytes, itemAt, keccak, same } from "./bytes";
import { add, INFINITY, neg, type Point, prepare, signer } from "./group";
import { type Ground, groundOf, leafOf, type Params, slipDigest } from "./params";
import type { Ciphertext } from "./proof";
import { EMPTY_LEAF, type Record } from "./records";
import type { Findings } from "./verdict";

interface Entry {
  readonly record: Record;
  readonly reason: number;
  readonly proven: boolean;
  readonly origin: "signed" | "vouched";
}

interface Counted {
  readonly batch: number;
  readonly seq: number;
  readonly ciphertexts: readonly Ciphertext[];
}

/** Refusals by number, as events carry them. */
const [SEQUENCE, ALREADY_VOTED, SIGNATURE, PROOF] = [1, 2, 3, 4];

/** Takes every record in the chain's order, and keeps the totals that they make. */
export class BallotBox {
  readonly params: Params;
  /** How the records counted show that they are their voters'. */
  readonly origins = { signed: 0, vouched: 0 };
  records = 0;
  replaced = 0;
  refused = 0;
  totals: Ciphertext[];
  readonly #ground: Ground;
  readonly #roll: readonly Bytes[] | null;
  readonly #findings: Findings;
  readonly #counted = new Map<number, Counted>();
  readonly #replacements = new Map<string, number>();

  constructor(params: Params, roll: readonly Bytes[] | null, findings: Findings) {
    this.params = params;
    this.#ground = groundOf(params);
    this.#roll = roll;
    this.#findings = findings;
    this.totals = Array.from(params.rule.setOf, () => ({ c1: INFINITY, c: INFINITY }));
    prepare(params.h);
  }

  /** How many voters have a ballot that counts. */
  get ballots(): number {
    return this.#counted.size;
  }

  /** Replacements announced and not found, or found and not announced. */
  get unmatched(): number {
    return this.#replacements.size;
  }

  /** Judges a record and counts it, unless the contract gave a reason (other than 0) to leave it out; its leaf. */
  take(batch: number, record: Record, reason: number): Bytes {
    const { params } = this;
    const digest = slipDigest(params, record.voter, record.seq, keccak(record.ballot));
    const by = signer(digest, record.signature);
    const entry: Entry = {
      record,
      reason,
      proven: verifyBallot(this.#ground, record.voter, record.seq, record.ballot),
      origin: by && same(by, record.voter) ? "signed" : "vouched",
    };
    this.records++;
    const where = `batch ${batch}, voter ${record.index}`;
    if (reason) this.#refuse(entry, where);
    else this.#count(entry, batch, where);
    if (reason) return EMPTY_LEAF;
    return leafOf(params.consultation, record.index, record.seq, keccak(ciphertextsOf(record.ballot, params.rule)));
  }

  #refuse({ record, reason, proven, origin }: Entry, where: string): void {
    this.refused++;
    const holds =
      (reason === SEQUENCE && record.seq !== 0) ||
      (reason === ALREADY_VOTED && this.#counted.has(record.index)) ||
      (reason === SIGNATURE && origin !== "signed") ||
      (reason === PROOF && !proven);
    if (!holds) this.#findings.add("refused", `${where}: refused without the reason given`);
  }

  #count({ record, proven, origin }: Entry, batch: number, where: string): void {
    const { params } = this;
    this.origins[origin]++;
    if (!proven) return this.#findings.add("proofs", `${where}: counted, but its proof is false`);
    if (record.index >= params.rollSize)
      return this.#findings.add("roll", `${where}: counted, but the roll ends before`);
    if (this.#roll && !same(itemAt(this.#roll, record.index), record.voter))
      this.#findings.add("roll", `${where}: the account is not the one on the roll`);
    const previous = this.#counted.get(record.index);
    const ciphertexts = split(record.ballot, params.rule);
    if (!previous) {
      if (record.seq) this.#findings.add("once", `${where}: replaces a ballot that was never cast`);
    } else {
      this.replaced++;
      if (record.seq !== previous.seq + 1)
        this.#findings.add("once", `${where}: ballot ${record.seq} counted after ballot ${previous.seq}`);
      this.match(record.index, record.seq, previous.batch);
      this.#sum(previous.ciphertexts, neg);
    }
    this.#sum(ciphertexts, (point) => point);
    this.#counted.set(record.index, { batch, seq: record.seq, ciphertexts });
  }

  #sum(ciphertexts: readonly Ciphertext[], signed: (point: Point) => Point): void {
    this.totals = this.totals.map(({ c1, c }, i) => {
      const one = itemAt(ciphertexts, i);
      return { c1: add(c1, signed(one.c1)), c: add(c, signed(one.c)) };
    });
  }

  /** A replacement is told twice, by the contract and by what is found; the two must agree. */
  match(index: number, seq: number, batch: number): void {
    const name = `${index}:${seq}`;
    const known = this.#replacements.get(name);
    if (known === undefined) this.#replacements.set(name, batch);
    else this.#replacements.delete(name);
    if (known !== undefined && known !== batch)
      this.#findings.add("once", `voter ${index}: replaces the ballot of batch ${batch}, or ${known}?`);
  }
}
