/** Who holds an office of the town now, as a node tells. */
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { townAbi } from "../../generated/Town";
import type { Hex } from "../../vote/ballot/bytes";
import { seats } from "../../wallet/who";

export async function holdsOffice(who: Hex): Promise<boolean> {
  const held = await Promise.all(
    seats().map(({ role }) =>
      readContract(chain(), { ...at("Town", townAbi), functionName: "hasRole", args: [BigInt(role), who] }),
    ),
  );
  return held.some(([isMember]) => isMember);
}
