/** Under which name someone stands in an operation: she may have replaced the key with which she joined. */
import type { Address } from "viem";
import { keysOf } from "../land/register";
import { type Standing, standingOf } from "./chain/clearing";
import type { Hex } from "../vote/ballot/bytes";

export interface Mine {
  /** The account that she joined with; her own where she has not. */
  name: Address;
  standing: Standing;
}

export const isMember = ({ balance_cents, cap_cents, held_cents }: Standing): boolean =>
  balance_cents > 0n || cap_cents > 0n || held_cents > 0n;

export async function readMine(op: Hex, account: Address): Promise<Mine> {
  const keys = await keysOf(account);
  const all = await Promise.all(keys.map(async (name) => ({ name, standing: await standingOf(op, name) })));
  return all.find(({ standing }) => isMember(standing)) ?? (all[0] as Mine);
}
