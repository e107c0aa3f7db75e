import { type Address, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../chain/client";
import { residentsDeskAbi } from "../generated/ResidentsDesk";
import { useRead } from "../parts/read";
import { session } from "../wallet/session";

/** Whether an account acts for an official: a mandate keeps the first one, and the contract asks its current key. */
export async function actsFor(account: Address, subject: Address): Promise<boolean> {
  const call = { functionName: "currentKeyOf", args: [subject] } as const;
  return isAddressEqual(account, await readContract(chain(), { ...at("Residents", residentsDeskAbi), ...call }));
}

/** The same of the connected account; null until the town has answered. */
export function useActsFor(subject: Address): boolean | null {
  const account = session.value?.account;
  const read = useRead(
    async () => ({ account, is: account !== undefined && (await actsFor(account, subject)) }),
    [account, subject],
  );
  return read.value !== undefined && read.value.account === account ? read.value.is : null;
}
