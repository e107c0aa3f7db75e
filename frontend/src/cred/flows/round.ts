import { type Abi, type Hex, encodeFunctionData, toHex } from "viem";
import { readContract } from "viem/actions";
import { levels } from "../../vote/ballot/questions";
import { asking } from "../../vote/booth/judged";
import { type Planned, type Sealed, termsOf } from "../../vote/booth/opening";
import { at, chain } from "../../chain/client";
import type { Mandate } from "../history";
import { consultationsAbi } from "../../generated/Consultations";
import { promisesAbi } from "../../generated/Promises";
import { townDeskAbi } from "../../generated/TownDesk";
import { nameOf } from "../../parts/Address";
import { openings } from "../../vote/words/openings";
import type { DirectAct, DirectCall } from "../../acts/act";
import { planLines } from "../../vote/flows/opening";

/** What is put to the vote of a mandate. */
export interface Judging {
  mandate: Mandate;
  /** Numbers of the promises, increasing. */
  promises: readonly number[];
  isMidTerm: boolean;
}

/** A round as one transaction: the consultation opens and is attached, or neither. */
export interface RoundAct extends DirectAct {
  /** What the office is asked for: the town's authority carries both out for whoever may open. */
  opens: DirectCall;
}

/** The returning officer puts promises to the vote. */
export async function openingRound(judging: Judging, planned: Planned, roll: Sealed): Promise<RoundAct> {
  const { mandate, promises, isMidTerm } = judging;
  const ids = toHex(Uint8Array.from(promises));
  const [contract, consultations] = [at("Promises", promisesAbi), at("Consultations", consultationsAbi)];
  const [{ question }, last] = await Promise.all([
    asking({ mandate: mandate.number, subject: mandate.subject, promises, isMidTerm }),
    readContract(chain(), { ...consultations, functionName: "consultations" }),
  ]);
  const texts = promises.map((number) => mandate.promises.find((it) => it.number === number)?.text.text ?? "");
  const text = { questionHash: question, optionsHash: question, uri: "", asked: levels(texts.length) };
  const terms = termsOf(text, planned, roll);
  const open = { ...consultations, functionName: "open", args: [terms] } as const;
  // The number it will have; were another opened first, the contract would refuse the whole.
  const attach = [BigInt(mandate.number), ids, last + 1n, isMidTerm] as const;
  const both = [
    execution(consultations.address, encodeFunctionData(open)),
    execution(
      contract.address,
      encodeFunctionData({ abi: promisesAbi, functionName: "attachEvaluation", args: attach }),
    ),
  ];
  const w = openings();
  return {
    opens: open,
    call: { ...at("Town", townDeskAbi as Abi), functionName: "multicall", args: [both] },
    explanation: {
      title: w.round.title,
      lines: [
        [w.round.official, nameOf(mandate.subject)],
        ...texts.map((it, place): [string, string] => [w.round.promise((promises[place] ?? 0) + 1), it]),
        [w.round.what, isMidTerm ? w.round.informs : w.round.burns],
        ...planLines(terms),
      ],
      consequence: isMidTerm ? w.round.midTermNote : w.round.consequence,
      until_s: null,
      payer: "self",
    },
  };
}

/** By the town's authority, for who may make the call. */
const execution = (target: `0x${string}`, data: Hex): Hex =>
  encodeFunctionData({ abi: townDeskAbi, functionName: "execute", args: [target, data] });
