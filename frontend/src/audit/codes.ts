import { type Address, type Hex, keccak256 } from "viem";
import { getCode } from "viem/actions";
import { chain } from "../chain/client";
import { townJson } from "../town/folder";

/** A contract as it was recorded at deployment, and as it is on the chain today. */
export interface CodeCheck {
  name: string;
  address: Address;
  block: number;
  recorded: Hex;
  found: Hex | null;
  isSame: boolean;
}

interface Recorded {
  address: Address;
  runtimeCodeHash: Hex;
  block: number;
}

/** Compares what is recorded with what was found; pure. */
export function compare(
  contracts: Readonly<Record<string, Recorded>>,
  codes: Readonly<Record<string, Hex | undefined>>,
): CodeCheck[] {
  return Object.entries(contracts).map(([name, { address, runtimeCodeHash, block }]) => {
    const code = codes[name];
    const found = code && code !== "0x" ? keccak256(code) : null;
    return { name, address, block, recorded: runtimeCodeHash, found, isSame: found === runtimeCodeHash };
  });
}

/** Hashes the code of every contract of the town again, and compares it with the manifest's. */
export async function checkCodes(): Promise<CodeCheck[]> {
  const { manifest } = (await townJson("town.json")) as { manifest: { contracts: Record<string, Recorded> } };
  const names = Object.keys(manifest.contracts);
  const codes = await Promise.all(
    names.map((name) => getCode(chain(), { address: manifest.contracts[name]!.address })),
  );
  return compare(manifest.contracts, Object.fromEntries(names.map((name, place) => [name, codes[place]])));
}
