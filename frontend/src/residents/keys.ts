import { type Address, getAbiItem, isAddressEqual } from "viem";
import { addressOf, at } from "../chain/client";
import { followed } from "../chain/followed";
import { residentsDeskAbi } from "../generated/ResidentsDesk";

const RECOVERED = getAbiItem({ abi: residentsDeskAbi, name: "Recovered" });
const recoveries = followed(() => ({ address: at("Residents", residentsDeskAbi).address, event: RECOVERED }));

/** The keys that someone had before the one of today, after it: what is recorded under them is theirs. */
export async function keysOf(account: Address): Promise<Address[]> {
  const recovered = addressOf("Residents") ? await recoveries() : [];
  const keys = [account];
  for (let grown = true; grown;) {
    grown = false;
    for (const { args } of recovered) {
      const { account: lost, successor } = args;
      if (!keys.some((key) => isAddressEqual(key, successor)) || keys.some((key) => isAddressEqual(key, lost)))
        continue;
      keys.push(lost);
      grown = true;
    }
  }
  return keys;
}
