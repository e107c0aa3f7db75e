import { type Abi, type Address, type Hex, decodeFunctionData, encodeFunctionData, isHex, keccak256 } from "viem";
import { chargesAbi } from "../generated/Charges";
import { landRegisterAbi } from "../generated/LandRegister";
import type { Right } from "../land/rights";
import { ACTS, type ActName, type OfficeAct } from "./acts";
import { parseAll } from "./fields";

/** The acts that take two offices, by the contract that keeps them. */
export const CONCURRED = {
  inscribe: "Charges",
  discharge: "Charges",
  enact: "LandRegister",
  divide: "LandRegister",
  merge: "LandRegister",
} as const;
export type Concurred = keyof typeof CONCURRED;

/** Those that the form of an office's act fills in. */
const FORMED = ["inscribe", "discharge"] as const satisfies readonly (Concurred & ActName)[];
export type Formed = (typeof FORMED)[number];

const ABIS = { Charges: chargesAbi, LandRegister: landRegisterAbi } as const;

/** Takes the call that a form makes, and what forgets the form's draft once the act is attested. */
export type OnAct = (data: Hex, forget: () => void) => void;

/** The call that the registrar will make; its hash is what the notary attests. */
export const encodeCall = (name: Concurred, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi: ABIS[CONCURRED[name]] as Abi, functionName: name, args });

/** The same, of what a form holds; null as long as something in it is missing or wrong. */
export function encodeAct(name: Formed, typed: Readonly<Record<string, string>>): Hex | null {
  const act: OfficeAct = ACTS[name];
  const { values } = parseAll(act.fields, typed);
  return values && encodeCall(name, act.args(values));
}

/** A parcel as the register takes it. */
export interface Parcel {
  id: bigint;
  area_m2: number;
  geometryHash: Hex;
}

/** What an act says, by its name: its arguments as the contract declares them. */
export type Said =
  | { name: "inscribe"; args: readonly [bigint, Address, number, number, Hex] }
  | { name: "discharge"; args: readonly [bigint, number, Hex] }
  | { name: "divide"; args: readonly [bigint, version: number, readonly Parcel[], Hex] }
  | { name: "merge"; args: readonly [readonly bigint[], versions: readonly number[], Parcel, Hex] }
  | { name: "enact"; args: readonly [act: number, bigint, version: number, whole: number, readonly Right[], Hex] };

/** An act of two offices, read from the very bytes that are attested and carried out. */
export type ReadAct = Said & { data: Hex; hash: Hex; contract: "Charges" | "LandRegister"; abi: Abi };

/** The act in a link or a text that the notary handed over; null where it is none. */
export function decodeAct(text: string): ReadAct | null {
  const data = /0x[0-9a-fA-F]{8,}/.exec(text)?.[0];
  if (!isHex(data) || data.length % 2 !== 0) return null;
  for (const [name, contract] of Object.entries(CONCURRED)) {
    const abi = ABIS[contract] as Abi;
    try {
      const { functionName, args } = decodeFunctionData({ abi, data });
      if (functionName !== name) continue;
      return { data, hash: keccak256(data), contract, abi, ...({ name, args } as Said) };
    } catch {
      // another contract's, or none at all
    }
  }
  return null;
}

/** The titles that an act is about, as they stand before it. */
export function titlesOf(act: Said): readonly bigint[] {
  if (act.name === "merge") return act.args[0];
  return [act.name === "enact" ? act.args[1] : act.args[0]];
}
