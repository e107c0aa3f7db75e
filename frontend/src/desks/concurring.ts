import { type Abi, type Hex, decodeFunctionData, encodeFunctionData, isHex, keccak256 } from "viem";
import { ACTS, type ActName, type OfficeAct } from "./acts";
import { parseAll } from "./fields";

/** The acts that take two offices and have a form here. */
export const CONCURRED = ["inscribe", "discharge"] as const satisfies readonly ActName[];
export type Concurred = (typeof CONCURRED)[number];

/** The call that the registrar will make; its hash is what the notary attests. */
export function encodeAct(name: Concurred, typed: Readonly<Record<string, string>>): Hex | null {
  const act: OfficeAct = ACTS[name];
  const { values } = parseAll(act.fields, typed);
  return values && encodeFunctionData({ abi: act.abi, functionName: act.functionName, args: act.args(values) });
}

/** The act in a link or a text that the notary handed over; null where it is none. */
export function decodeAct(
  text: string,
): { data: Hex; hash: Hex; functionName: string; args: readonly unknown[]; abi: Abi } | null {
  const found = /0x[0-9a-fA-F]{8,}/.exec(text)?.[0];
  if (!isHex(found) || found.length % 2 !== 0) return null;
  const abi = ACTS.inscribe.abi;
  try {
    const { functionName, args } = decodeFunctionData({ abi, data: found });
    return { data: found, hash: keccak256(found), functionName, args: (args ?? []) as readonly unknown[], abi };
  } catch {
    return null;
  }
}
