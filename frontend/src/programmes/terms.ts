/** A programme, and what is signed in it. As `contracts/currency/interfaces/IProgrammes.sol`. */
import { type Address, encodeAbiParameters, hashStruct, keccak256, stringToHex } from "viem";
import type { Hex } from "../vote/ballot/bytes";

const HOUR_S = 3_600;

export interface Terms {
  sponsor: Address;
  salt: Hex;
  /** Unix seconds: days and periods are counted from it. */
  opensAt: number;
  period_h: number;
  periods: number;
  /** What a merchant is paid for a unit; 0 for stamps. */
  unit_cents: number;
  /** Units a day; 0 for no cap. */
  dailyCap: number;
  /** Of merchants, a bit each. */
  categories: number;
  /** Units a period that the roll allows in sum. */
  total: number;
  /** Zeros for a programme of grants alone. */
  root: Hex;
  ruleHash: Hex;
  uri: string;
}

export interface Programme {
  /** On chain, by which slips and rolls name it. */
  name: Hex;
  terms: Terms;
}

const period_s = ({ period_h }: Terms): number => period_h * HOUR_S;

/** The first unix second at which it is over. */
export const endsAt_s = (terms: Terms): number => terms.opensAt + terms.periods * period_s(terms);

/** The period that runs, from 0; below it before the opening. */
export const periodAt = (terms: Terms, at_s: number): number => Math.floor((at_s - terms.opensAt) / period_s(terms));

/** The first unix second of a period. */
export const beginsAt_s = (terms: Terms, period: number): number => terms.opensAt + period * period_s(terms);

type Phase = "announced" | "running" | "over";

export function phaseAt(terms: Terms, at_s: number): Phase {
  if (at_s < terms.opensAt) return "announced";
  return at_s < endsAt_s(terms) ? "running" : "over";
}

const NAMED = [{ type: "uint256" }, { type: "address" }, { type: "address" }, { type: "bytes32" }] as const;

/** `Programmes.nameOf`. */
export const nameOf = (chainId: number, contract: Address, sponsor: Address, salt: Hex): Hex =>
  keccak256(encodeAbiParameters(NAMED, [BigInt(chainId), contract, sponsor, salt]));

/** Of a title or a rule, as terms have it. */
export const hashOf = (text: string): Hex => keccak256(stringToHex(text));

/** What a holder signs to spend. */
export interface Spend {
  programme: Hex;
  holder: Address;
  merchant: Address;
  units: number;
  nonce: number;
  /** Unix seconds, in the period whose allowance is spent. */
  deadline: number;
}

export const SPEND = {
  Spend: [
    { name: "programme", type: "bytes32" },
    { name: "holder", type: "address" },
    { name: "merchant", type: "address" },
    { name: "units", type: "uint32" },
    { name: "nonce", type: "uint16" },
    { name: "deadline", type: "uint40" },
  ],
} as const;

export const hashSpend = (spend: Spend): Hex => hashStruct({ data: spend, primaryType: "Spend", types: SPEND });

/** What a merchant's currency slip pays for that gives back units of a spend. */
export const refundPurpose = (spend: Spend, units: number): Hex =>
  hashStruct({
    data: { spend, units },
    primaryType: "Refund",
    types: {
      Refund: [
        { name: "spend", type: "Spend" },
        { name: "units", type: "uint32" },
      ],
      ...SPEND,
    },
  });
