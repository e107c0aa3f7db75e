import { type Address, zeroAddress } from "viem";
import { readContract } from "viem/actions";
import { addressOf, at, chain } from "../chain/client";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { residentsAbi } from "../generated/Residents";
import { theTown } from "../town/folder";
import type { Currency } from "../town/town";
import { KINDS, type Kind } from "../wallet/who";

/** The currency's books. */
export interface Books {
  supply_cents: bigint;
  reserve_cents: bigint;
  owed_cents: bigint;
  /** Reserve for each unit in circulation or owed; null where there is none. */
  coverage: number | null;
  isPaused: boolean;
  /** Another took over from it: it pays and issues no more, for ever. */
  isRetired: boolean;
}

export async function readBooks({ contract, followedBy }: Currency): Promise<Books> {
  const currency = at(contract, localCurrencyAbi);
  const [{ supply, reserve, owed }, isPaused, successor] = await Promise.all([
    readContract(chain(), { ...currency, functionName: "books" }),
    readContract(chain(), { ...currency, functionName: "paused" }),
    followedBy === null ? zeroAddress : readContract(chain(), { ...currency, functionName: "successor" }),
  ]);
  const isRetired = successor !== zeroAddress;
  const committed = supply + owed;
  const coverage = committed === 0n ? null : Number((reserve * 10_000n) / committed) / 10_000;
  return { supply_cents: supply, reserve_cents: reserve, owed_cents: owed, coverage, isPaused, isRetired };
}

/** What an account has in each money of the town, cents. */
export function readBalances(account: Address): Promise<(readonly [Currency, bigint])[]> {
  const { currencies } = theTown();
  return Promise.all(currencies.map(async (it) => [it, await readBalance(account, it)] as const));
}

/** What an account has in a currency, cents. */
export function readBalance(account: Address, { contract }: Currency): Promise<bigint> {
  return readContract(chain(), { ...at(contract, localCurrencyAbi), functionName: "balanceOf", args: [account] });
}

/** Active residents of a kind. */
export async function population(kind: Kind): Promise<bigint> {
  if (!addressOf("Residents")) return 0n;
  const call = { functionName: "population", args: [KINDS.indexOf(kind)] } as const;
  return readContract(chain(), { ...at("Residents", residentsAbi), ...call });
}
