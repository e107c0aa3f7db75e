/** An operation of clearing, and what is signed in it. As `contracts/flows/interfaces/IClearing.sol`. */
import { type Address, hashStruct } from "viem";
import type { Hex } from "../vote/ballot/bytes";

export interface Terms {
  organiser: Address;
  arbiter: Address;
  /** The contract that may void a statement it knows to be false; zero for none. */
  refuter: Address;
  contest_h: number;
  rule_h: number;
  rulesHash: Hex;
}

export interface Statement {
  number: number;
  period: number;
  linesHash: Hex;
  n: number;
  readingsRoot: Hex;
  totalsRoot: Hex;
  uri: string;
}

const member = <const type extends string, const name extends string>(type: type, name: name) =>
  ({ name, type }) as const;
const TERMS = member("Terms", "terms");
const STATED = member("Statement", "statement");
const WHO = member("address", "member");
const CAP = member("uint40", "cap_cents");
const UNTIL = member("uint256", "deadline");

const STRUCTS = {
  Terms: [
    member("address", "organiser"),
    member("address", "arbiter"),
    member("address", "refuter"),
    member("uint16", "contest_h"),
    member("uint16", "rule_h"),
    member("bytes32", "rulesHash"),
  ],
  Statement: [
    member("uint32", "number"),
    member("uint32", "period"),
    member("bytes32", "linesHash"),
    member("uint32", "n"),
    member("bytes32", "readingsRoot"),
    member("bytes32", "totalsRoot"),
    member("string", "uri"),
  ],
} as const;

const ACTS = {
  Deposit: [TERMS, WHO, CAP],
  SetCap: [TERMS, WHO, CAP, UNTIL],
  Take: [TERMS, WHO, member("uint64", "amount_cents"), UNTIL],
  Leave: [TERMS, WHO, UNTIL],
  Contest: [TERMS, STATED, WHO, member("bytes32", "reasonHash"), UNTIL],
} as const;

export type ActName = keyof typeof ACTS;

/** The types of an act, with those that it is made of. */
export function typesOf(act: ActName): Readonly<Record<string, readonly { name: string; type: string }[]>> {
  const own = { [act]: ACTS[act], Terms: STRUCTS.Terms };
  return act === "Contest" ? { ...own, Statement: STRUCTS.Statement } : own;
}

/** An operation's name on chain: the hash of its terms. */
export const nameOf = (terms: Terms): Hex => hashStruct({ data: terms, primaryType: "Terms", types: STRUCTS });

/** By what contests and refutations name a statement. */
export const hashStatement = (statement: Statement): Hex =>
  hashStruct({ data: statement, primaryType: "Statement", types: STRUCTS });

/** What the slip of a deposit pays for. */
export const depositPurpose = (terms: Terms, who: Address, cap_cents: bigint): Hex =>
  hashStruct({
    data: { terms, member: who, cap_cents: Number(cap_cents) },
    primaryType: "Deposit",
    types: { Deposit: ACTS.Deposit, Terms: STRUCTS.Terms },
  });
