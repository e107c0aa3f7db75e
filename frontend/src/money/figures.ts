import { readContract } from "viem/actions";
import { addressOf, at, chain } from "../chain/client";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { residentsAbi } from "../generated/Residents";
import { KINDS, type Kind } from "../wallet/who";

/** The currency's books. */
export interface Books {
  supply_cents: bigint;
  reserve_cents: bigint;
  owed_cents: bigint;
  /** Reserve for each unit in circulation or owed; null where there is none. */
  coverage: number | null;
  isPaused: boolean;
}

/** Null where the town has no currency. */
export async function readBooks(): Promise<Books | null> {
  if (!addressOf("LocalCurrency")) return null;
  const currency = at("LocalCurrency", localCurrencyAbi);
  const [{ supply, reserve, owed }, isPaused] = await Promise.all([
    readContract(chain(), { ...currency, functionName: "books" }),
    readContract(chain(), { ...currency, functionName: "paused" }),
  ]);
  const committed = supply + owed;
  const coverage = committed === 0n ? null : Number((reserve * 10_000n) / committed) / 10_000;
  return { supply_cents: supply, reserve_cents: reserve, owed_cents: owed, coverage, isPaused };
}

/** Active residents of a kind. */
export async function population(kind: Kind): Promise<bigint> {
  if (!addressOf("Residents")) return 0n;
  const call = { functionName: "population", args: [KINDS.indexOf(kind)] } as const;
  return readContract(chain(), { ...at("Residents", residentsAbi), ...call });
}
