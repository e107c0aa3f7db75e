/** Under which name someone stands in an operation: she may have replaced the key with which she joined. */
import type { Address } from "viem";
import { keysOf } from "../residents/keys";
import { type Standing, standingOf } from "./chain/clearing";
import type { Hex } from "../vote/ballot/bytes";

export interface Mine {
  /** The account that she joined with; her own where she has not. */
  name: Address;
  standing: Standing;
}

export const isMember = ({ balance_cents, cap_cents, held_cents }: Standing): boolean =>
  balance_cents > 0n || cap_cents > 0n || held_cents > 0n;

/**
 * The names under which somebody has anything there, that which allows debits first: whoever states lines may credit a
 * cent to any other.
 */
export function namesThere(all: readonly Mine[]): Mine[] {
  const there = all.filter(({ standing }) => isMember(standing));
  const allows = ({ standing }: Mine): boolean => standing.cap_cents > 0n;
  return [...there.filter(allows), ...there.filter((it) => !allows(it))];
}

/** Never empty: the account's own name where nothing is there. */
export async function readMine(op: Hex, account: Address): Promise<[Mine, ...Mine[]]> {
  const keys = await keysOf(account);
  const all = await Promise.all(keys.map(async (name) => ({ name, standing: await standingOf(op, name) })));
  const [first = all[0] as Mine, ...others] = namesThere(all);
  return [first, ...others];
}
