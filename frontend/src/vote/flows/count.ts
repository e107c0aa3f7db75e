import { booth } from "../booth/booth";
import type { Progress } from "../booth/auditing";
import type { Poll } from "../booth/polls";
import { at } from "../../chain/client";
import { consultationsAbi } from "../../generated/Consultations";
import { keep, kept } from "../../store/local";
import { text } from "../../store/schema";
import { theTown } from "../../town/folder";
import { ballot } from "../words/ballot";
import type { DirectAct } from "../../acts/act";

/** Acts after the vote. Anyone may do them: they prove themselves. */

function act(functionName: string, args: readonly unknown[], title: string, note: string, name: string): DirectAct {
  return {
    call: { ...at("Consultations", consultationsAbi), functionName, args },
    explanation: { title, lines: [[ballot().count.number, name]], consequence: note, until_s: null, payer: "self" },
  };
}

export function closing(poll: Poll, name: string): DirectAct {
  const w = ballot().count;
  return act("close", [BigInt(poll.number)], w.closeTitle, w.closeNote, name);
}

/** A trustee's share, from her key file: opened in the worker, where it stays. */
export async function sharing(
  poll: Poll,
  name: string,
  { keyFile, password }: { keyFile: string; password: string },
  progress: Progress,
): Promise<DirectAct> {
  const w = ballot().count;
  const place = `opened/${theTown().contracts["Consultations"]}/${poll.number}`;
  const ask = { consultation: poll.number, keyFile, password, opened: kept(place, text, "") };
  const share = await booth().ask("share", ask, progress);
  // Before any node can hear the share: the difference of two counts would be somebody's vote.
  keep(place, share.opened);
  const args = [BigInt(poll.number), BigInt(share.trustee), share.shares, share.proofs];
  return act("submitShare", args, w.submitTitle(share.trustee), w.submitNote, name);
}

export async function finalising(poll: Poll, name: string): Promise<DirectAct> {
  const w = ballot().count;
  const { trustees, shares, results } = await booth().ask("count", poll.number);
  return act("finalise", [BigInt(poll.number), trustees, shares, results], w.finaliseTitle, w.finaliseNote, name);
}
