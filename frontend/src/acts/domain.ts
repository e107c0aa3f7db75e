import type { Abi, Address } from "viem";
import { readContract } from "viem/actions";
import { addressOf, chain } from "../chain/client";
import { ActError } from "../chain/problem";
import { theTown } from "../town/folder";
import type { TypedData } from "../wallet/typed";

const domainAbi = [
  {
    type: "function",
    name: "eip712Domain",
    stateMutability: "view",
    inputs: [],
    outputs: [
      { name: "fields", type: "bytes1" },
      { name: "name", type: "string" },
      { name: "version", type: "string" },
      { name: "chainId", type: "uint256" },
      { name: "verifyingContract", type: "address" },
      { name: "salt", type: "bytes32" },
      { name: "extensions", type: "uint256[]" },
    ],
  },
] as const satisfies Abi;

const known = new Map<Address, Promise<TypedData["domain"]>>();

async function read(address: Address): Promise<TypedData["domain"]> {
  const told = await readContract(chain(), { address, abi: domainAbi, functionName: "eip712Domain" });
  const [, name, version, chainId, verifyingContract] = told;
  // A node that answers for another chain or contract would have us sign for it.
  if (Number(chainId) !== theTown().chainId || verifyingContract !== address)
    throw new ActError({ kind: "wrongChain" });
  return { name, version, chainId: Number(chainId), verifyingContract };
}

/** Where a slip for a contract is valid, as the contract itself tells it (ERC-5267); asked once. */
export function domainOf(contract: string): Promise<TypedData["domain"]> {
  const address = addressOf(contract);
  if (!address) throw new Error(`this town has no ${contract}`);
  const found = known.get(address) ?? read(address);
  known.set(address, found);
  found.catch(() => known.delete(address));
  return found;
}
