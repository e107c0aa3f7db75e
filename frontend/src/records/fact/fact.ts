/** A fact: what is stated, in which unit, by whom, and where its history leaves it. As `beffroi/records/fact.py`. */
import { hashStruct } from "viem";
import type { Hex } from "../../vote/ballot/bytes";

export interface Fact {
  format: "beffroi-fact-1";
  name: string;
  unit: string;
  /** How many of a value's last digits are behind the point. */
  decimals: number;
  uri: string;
  /** Who may state it, by increasing address. */
  issuers: readonly Hex[];
  /** How many of them it takes. */
  m: number;
}

/** What happened to a fact. */
export type FactEvent = {
  /** Who signed it, or who resigned. */
  signers: readonly Hex[];
  /** Unix seconds of its block. */
  told: number;
} & (
  | { what: "Stated"; number: number; value: bigint; at: number; source: Hex }
  | { what: "Withdrawn"; number: number; source: Hex }
  | { what: "Resigned" }
);

/** Where a fact stands. */
export interface FactState {
  /** The last value, if it stands. */
  stands: Extract<FactEvent, { what: "Stated" }> | null;
  /** Who signed it, and has a seat still. */
  signers: readonly Hex[];
  resigned: readonly Hex[];
}

export const FACT_TYPES = {
  Fact: [
    { name: "name", type: "string" },
    { name: "unit", type: "string" },
    { name: "decimals", type: "uint8" },
    { name: "uri", type: "string" },
    { name: "issuers", type: "address[]" },
    { name: "m", type: "uint8" },
  ],
} as const;

/** Its name on chain: the hash of its definition. */
export const factId = (fact: Fact): Hex => hashStruct({ data: fact as never, primaryType: "Fact", types: FACT_TYPES });

export const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Where its history leaves a fact: a value stands while m of its signers have seats. */
export function stateOf({ m }: Fact, history: readonly FactEvent[]): FactState {
  const resigned = history.flatMap((it) => (it.what === "Resigned" ? it.signers : []));
  const last = history.filter((it) => it.what !== "Resigned").at(-1);
  if (last?.what !== "Stated") return { stands: null, signers: [], resigned };
  const signers = last.signers.filter((it) => !resigned.some((gone) => isSame(gone, it)));
  return { stands: signers.length >= m ? last : null, signers, resigned };
}

/** The issuers whose bits are set: the lowest is the first's. */
export const issuersIn = ({ issuers }: Fact, bits: bigint): Hex[] =>
  issuers.filter((_, place) => ((bits >> BigInt(place)) & 1n) === 1n);

/** A value as people and files write it, `-1.50`: its whole units and what is behind the point. */
export function partsOf({ decimals }: Fact, value: bigint): { sign: "" | "-"; units: string; rest: string } {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const place = digits.length - decimals;
  return { sign: value < 0n ? "-" : "", units: digits.slice(0, place), rest: digits.slice(place) };
}

export function writtenValue(fact: Fact, value: bigint): string {
  const { sign, units, rest } = partsOf(fact, value);
  return `${sign}${units}${rest ? "." : ""}${rest}`;
}

/** The inverse of `writtenValue`; null where a text is no value of a fact, or has not all of its decimals. */
export function readValue(fact: Fact, text: string): bigint | null {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return null;
  const value = BigInt(text.replace(".", ""));
  return writtenValue(fact, value) === text && BigInt.asIntN(128, value) === value ? value : null;
}
