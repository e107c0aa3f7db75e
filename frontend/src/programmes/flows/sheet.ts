/** A spend by a sheet, as where its key stands at this moment: what was posted meanwhile took a nonce. */
import type { Address } from "viem";
import type { Hex } from "../../vote/ballot/bytes";
import { type Purse, readPurse } from "../purse";
import { type Letter, signSpend } from "./spend";

export async function signNow(known: Purse, seed: Hex, merchant: Address, units: number): Promise<Letter> {
  const now = (await readPurse({ seed, programme: known.programme.name })) ?? known;
  const signed = await signSpend(now.programme, now.key, now.holder, merchant, units);
  return { ...signed, place: now.holder.isClaimed ? null : now.place };
}
