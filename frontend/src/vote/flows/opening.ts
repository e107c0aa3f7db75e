import type { Abi } from "viem";
import type { Planned, Terms } from "../booth/opening";
import { drawRoll, type Published, readRoll, type SealedRoll } from "../booth/rolls";
import { type Subject, subjectOfUri } from "../ballot/subject";
import { at } from "../../chain/client";
import { ActError } from "../../chain/problem";
import { consultationsAbi } from "../../generated/Consultations";
import type { Explanation } from "../../wallet/signing";
import { formatHash, formatMoment, formatNumber } from "../../words/format";
import { openings } from "../words/openings";
import type { DirectAct } from "../../acts/act";

/** What a form says of a roll that is to be drawn. */
export const DRAW = "draw";

/** The roll that was chosen: read whole, or drawn now. */
export async function rollOf({ roll }: Planned, published: readonly Published[]): Promise<SealedRoll> {
  const w = openings().plan;
  const known = published.find(({ root }) => root === roll);
  const found = known ? await readRoll(known) : await drawRoll();
  if (found) return found;
  throw new ActError({ kind: "told", sentence: known ? w.gone : w.unsound });
}

/** When, over which roll, with which key: lines that every opening tells, from its terms. */
export function planLines(terms: Terms): Explanation["lines"] {
  const w = openings().lines;
  return [
    [w.opens, formatMoment(terms.opensAt)],
    [w.closes, formatMoment(terms.closesAt)],
    [w.tally, formatMoment(terms.tallyBy)],
    [w.roll, formatNumber(terms.rollSize)],
    [w.print, formatHash(terms.rollRoot)],
    [w.key, openings().plan.keyName(Number(terms.ceremonyId))],
    [w.secrecy, w.ballots(formatNumber(terms.secrecyMinimum))],
  ];
}

function askedLines({ uri }: Terms): Explanation["lines"] {
  const w = openings().lines;
  const subject = subjectOfUri(uri);
  if (!subject) return [];
  const { question, options } = subject;
  return [
    [w.question, question],
    [w.options, options.map((option, place) => `${place + 1}. ${option}`).join(" · ")],
    [w.rule, ruleLine(subject)],
  ];
}

function ruleLine({ options, kind, minimum, maximum, total }: Subject): string {
  const w = openings().lines;
  if (kind === "single") return w.single;
  if (kind === "points") return w.points(maximum ?? 0, total ?? 0);
  return w.approval(minimum, maximum ?? options.length);
}

/** The returning officer opens a consultation. */
export function opening(terms: Terms): DirectAct {
  const w = openings().poll;
  return {
    call: { ...at("Consultations", consultationsAbi as Abi), functionName: "open", args: [terms] },
    explanation: {
      title: w.title,
      lines: [...askedLines(terms), ...planLines(terms)],
      consequence: w.consequence,
      until_s: null,
      payer: "self",
    },
  };
}
