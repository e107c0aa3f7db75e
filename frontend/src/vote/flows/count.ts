import { booth } from "../booth/booth";
import type { Progress } from "../booth/auditing";
import type { Poll } from "../booth/polls";
import { at } from "../../chain/client";
import { consultationsAbi } from "../../generated/Consultations";
import { keep, kept } from "../../store/local";
import { text } from "../../store/schema";
import { theTown } from "../../town/folder";
import { ballot } from "../words/ballot";
import type { DirectAct, SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";

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

const SHARE = {
  Share: [
    { name: "consultation", type: "uint256" },
    { name: "trustee", type: "uint256" },
    { name: "sharesHash", type: "bytes32" },
  ],
} as const;

/**
 * A trustee's share, from her key file: opened in the worker, where it stays; her account signs it. Where the file does
 * not say yet which count it opens, its text with that said, which she must save first.
 */
export async function sharing(
  poll: Poll,
  name: string,
  { keyFile, password }: { keyFile: string; password: string },
  progress: Progress,
): Promise<SlipAct | string> {
  const w = ballot().count;
  const place = `opened/${theTown().contracts["Consultations"]}/${poll.number}`;
  const ask = { consultation: poll.number, keyFile, password, opened: kept(place, text, "") };
  const share = await booth().ask("share", ask, progress);
  if (share.kind === "unsaved") return share.file;
  // Before any node can hear the share: the difference of two counts would be somebody's vote.
  keep(place, share.opened);
  const [consultation, trustee, domain] = [BigInt(poll.number), BigInt(share.trustee), await domainOf("Consultations")];
  const message = { consultation, trustee, sharesHash: share.hash };
  const words = [consultation, trustee, share.shares, share.proofs];
  const { explanation } = act("submitShare", words, w.submitTitle(share.trustee), w.submitNote, name);
  return {
    kind: "share",
    typed: { domain, types: SHARE, primaryType: "Share", message },
    extra: { points: share.shares, dleqs: share.proofs },
    explanation,
    direct: (signature) => ({
      ...at("Consultations", consultationsAbi),
      functionName: "submitShare",
      args: [...words, signature],
    }),
  };
}

export async function finalising(poll: Poll, name: string): Promise<DirectAct> {
  const w = ballot().count;
  const { trustees, shares, results } = await booth().ask("count", poll.number);
  return act("finalise", [BigInt(poll.number), trustees, shares, results], w.finaliseTitle, w.finaliseNote, name);
}
