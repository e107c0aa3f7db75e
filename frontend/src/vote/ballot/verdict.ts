/** What an audit found; the words are the page's. */

/** The questions asked of the record, in the order in which a reader asks. */
const CHECKS = ["key", "terms", "roll", "proofs", "once", "batches", "refused", "totals", "shares", "result"] as const;
export type CheckName = (typeof CHECKS)[number];
export type Outcome = "confirmed" | "strangers" | "vouched" | "refuted" | "unfinished" | "withheld";

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
  /** Of the records counted: whose signature was verified here, and that only the contract vouches for. */
  readonly signed: number;
  readonly vouched: number;
  /** Of whom something is believed in the key ceremony that no signature shows, by index. */
  readonly vouchedTrustees: readonly number[];
  /** Right shares that show no signature of their trustee's. */
  readonly unsignedShares: number;
  readonly replaced: number;
  readonly refused: number;
  /** Two counters for each ciphertext, once the totals are open. */
  readonly counts: readonly number[];
  /** The first anomalies, in the terms of the format. */
  readonly anomalies: readonly string[];
}

const MOST_ANOMALIES = 50;

/** Anomalies by check, of which only the first few are kept. */
export class Findings {
  readonly counts = new Map<CheckName, number>();
  readonly anomalies: string[] = [];

  add(check: CheckName, text: string): void {
    this.counts.set(check, (this.counts.get(check) ?? 0) + 1);
    if (this.anomalies.length < MOST_ANOMALIES) this.anomalies.push(text);
  }

  /** Every question with its answer; `asked` says how much was looked at, where anything was. */
  checks(asked: ReadonlyMap<CheckName, number>): Check[] {
    return CHECKS.map((name) => {
      const anomalies = this.counts.get(name) ?? 0;
      if (anomalies) return { name, passed: false, count: anomalies };
      return { name, passed: asked.has(name) ? true : null, count: asked.get(name) ?? 0 };
    });
  }
}
