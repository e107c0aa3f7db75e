/** What a fact's issuers sign together, as a file that goes from hand to hand. As `beffroi/records/factact.py`. */
import {
  type GenericSchema,
  array,
  custom,
  literal,
  maxValue,
  minValue,
  nullable,
  pipe,
  safeParse,
  strictObject,
  string,
} from "valibot";
import { hashTypedData } from "viem";
import type { Hex } from "../../vote/ballot/bytes";
import type { TypedData } from "../../wallet/typed";
import { PaperError } from "../paper/faults";
import { account, whole, word32 } from "../paper/files";
import { isPlain } from "../paper/types";
import { FACT_TYPES, type Fact, isSame, readValue } from "./fact";

export interface FactAct {
  format: "beffroi-fact-act-1";
  chain: number;
  contract: Hex;
  fact: Fact;
  number: number;
  /** As people write it; null when the last value is taken back. */
  value: string | null;
  /** Unix seconds of when it was so. */
  at: number | null;
  /** The hash of what it is taken from, or of what says why. */
  source: Hex;
  /** The last unix second at which it may be posted. */
  deadline: number;
  /** By issuer. */
  signatures: Readonly<Record<string, Hex>>;
}

const MOST_ISSUERS = 24;
const line = custom<string>((value) => typeof value === "string" && isPlain(value));
export const FACT: GenericSchema<unknown, Fact> = strictObject({
  format: literal("beffroi-fact-1"),
  name: line,
  unit: line,
  decimals: pipe(whole, maxValue(18)),
  uri: line,
  issuers: array(account),
  m: pipe(whole, minValue(1), maxValue(MOST_ISSUERS)),
});
const signatures = custom<Record<string, Hex>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((it) => typeof it === "string" && /^0x([0-9a-fA-F]{2})*$/.test(it)),
);
const ACT: GenericSchema<unknown, FactAct> = strictObject({
  format: literal("beffroi-fact-act-1"),
  chain: whole,
  contract: account,
  fact: FACT,
  number: pipe(whole, minValue(1), maxValue(2 ** 32 - 1)),
  value: nullable(string()),
  at: nullable(pipe(whole, maxValue(2 ** 40 - 1))),
  source: word32,
  deadline: whole,
  signatures,
});
const TIMES = [
  { name: "source", type: "bytes32" },
  { name: "deadline", type: "uint256" },
] as const;
const STATE = {
  State: [
    { name: "fact", type: "Fact" },
    { name: "number", type: "uint32" },
    { name: "value", type: "int128" },
    { name: "at", type: "uint40" },
    ...TIMES,
  ],
  ...FACT_TYPES,
} as const;
const WITHDRAW = {
  Withdraw: [{ name: "fact", type: "Fact" }, { name: "number", type: "uint32" }, ...TIMES],
  ...FACT_TYPES,
} as const;

/** A file of an act. @throws PaperError where it is none, or somebody else than an issuer signed */
export function readFactAct(text: string): FactAct {
  const unreadable = (where: string): PaperError => new PaperError({ kind: "unreadable", where });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable("JSON");
  }
  const read = safeParse(ACT, value);
  if (!read.success) throw unreadable(String(read.issues[0].path?.[0]?.key ?? "format"));
  const act = read.output;
  if ((act.value === null) !== (act.at === null)) throw unreadable("at");
  if (act.value !== null && readValue(act.fact, act.value) === null) throw unreadable("value");
  const isIssuer = (who: string): boolean => act.fact.issuers.some((it) => isSame(it, who));
  if (!Object.keys(act.signatures).every(isIssuer)) throw unreadable("signatures");
  return act;
}

export const factActText = (act: FactAct): string => `${JSON.stringify(act, null, 1)}\n`;

/** With one issuer's signature more. */
export function withSignature(act: FactAct, issuer: Hex, signature: Hex): FactAct {
  const named = act.fact.issuers.find((it) => isSame(it, issuer)) ?? issuer;
  return { ...act, signatures: { ...act.signatures, [named]: signature } };
}

/** What each issuer signs: the definition is in it, so that a wallet shows it. */
export function typedFactAct(act: FactAct): TypedData {
  const { fact, number, source, at } = act;
  const domain = { name: "Facts", version: "1", chainId: act.chain, verifyingContract: act.contract };
  const { name, unit, decimals, uri, issuers, m } = fact;
  const defined = { name, unit, decimals, uri, issuers, m };
  const deadline = BigInt(act.deadline);
  if (act.value === null || at === null) {
    const message = { fact: defined, number, source, deadline };
    return { domain, types: WITHDRAW, primaryType: "Withdraw", message };
  }
  const message = { fact: defined, number, value: readValue(fact, act.value), at, source, deadline };
  return { domain, types: STATE, primaryType: "State", message };
}

export const factActDigest = (act: FactAct): Hex => hashTypedData(typedFactAct(act) as never);
