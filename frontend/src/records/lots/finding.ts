/** What does not add up in what is told of lots: docs/provenance.md says when. */
import type { LotEvent } from "./event";
import type { Fraction } from "./fraction";

export type Doubt =
  | "nowhere"
  | "origin"
  | "cycle"
  | "early"
  | "invented"
  | "elsewhere"
  | "unit"
  | "yield"
  | "late"
  | "alike"
  | "twice"
  | "same_hash"
  | "spoken"
  | "one_key"
  | "parents"
  | "taken_back"
  | "unsealed"
  | "stranger";

/** By which what their event makes bears no label: what is in it is not what is told. */
export const UNSOUND: ReadonlySet<Doubt> = new Set([
  "nowhere",
  "origin",
  "cycle",
  "early",
  "invented",
  "elsewhere",
  "unit",
  "yield",
  "late",
]);

export interface Finding {
  doubt: Doubt;
  /** Lots, a container, a holder, issuers: each once, in order. */
  about: readonly string[];
  /** Null where it is about several. */
  event: LotEvent | null;
  /** Of what was invented, or came out of too little: what is said, and what there was, in the first of its units. */
  amounts?: { said: Fraction; had: Fraction; unit: string };
}
