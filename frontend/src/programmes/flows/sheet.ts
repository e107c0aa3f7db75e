/** A spend by a sheet, as where its key stands at this moment: what was posted meanwhile took a nonce. */
import type { Hex } from "../../vote/ballot/bytes";
import { type Purse, readPurse } from "../purse";
import { type Letter, type Wanted, signSpend } from "./spend";

export async function signNow(known: Purse, seed: Hex, wanted: Wanted): Promise<Letter> {
  const now = (await readPurse({ seed, programme: known.programme.name })) ?? known;
  const signed = await signSpend(now.programme, now.key, now.holder, wanted);
  return { ...signed, place: now.holder.isClaimed ? null : now.place };
}
