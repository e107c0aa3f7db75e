/** Who holds an office of the town, as a node tells. */
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { townAbi } from "../../generated/Town";
import type { Hex } from "../../vote/ballot/bytes";
import { seats } from "../../wallet/who";

/** Those of some accounts, in small letters, that hold an office of the town now. */
export async function officers(accounts: readonly Hex[]): Promise<ReadonlySet<string>> {
  const asked = [...new Set(accounts.map((it) => it.toLowerCase() as Hex))];
  const held = await Promise.all(asked.map(holdsOffice));
  return new Set(asked.filter((_, place) => held[place]));
}

/** Whether an account holds one now. */
export async function holdsOffice(who: Hex): Promise<boolean> {
  const held = await Promise.all(
    seats().map(({ role }) =>
      readContract(chain(), { ...at("Town", townAbi), functionName: "hasRole", args: [BigInt(role), who] }),
    ),
  );
  return held.some(([isMember]) => isMember);
}
