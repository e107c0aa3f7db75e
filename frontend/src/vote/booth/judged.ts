import { type Address, type Hex, hexToBytes, zeroAddress } from "viem";
import { addressOf, at } from "../../chain/client";
import { followed } from "../../chain/followed";
import { promisesAbi } from "../../generated/Promises";
import { type Text, textOf } from "../../chain/texts";

type Entry<Name extends string> = Extract<(typeof promisesAbi)[number], { type: "event"; name: Name }>;

/** Follows an event of Promises. */
export const told = <const Name extends string>(name: Name) =>
  followed(() => ({
    address: at("Promises", promisesAbi).address,
    event: promisesAbi.find((entry) => entry.type === "event" && entry.name === name) as Entry<Name>,
  }));

export const mandatesOpened = told("MandateOpened");
export const pledged = told("Pledged");
export const attached = told("EvaluationAttached");

/** An evaluation, seen from its consultation. */
export interface Judged {
  evaluation: number;
  mandate: number;
  subject: Address;
  /** Numbers of the promises, in the order of the ballot. */
  promises: readonly number[];
  isMidTerm: boolean;
}

export const idsOf = (promises: Hex): number[] => [...hexToBytes(promises)];

/** Which consultations judge promises, by their number. */
export async function judgements(): Promise<ReadonlyMap<number, Judged>> {
  if (!addressOf("Promises")) return new Map();
  const [rounds, mandates] = await Promise.all([attached(), mandatesOpened()]);
  const subjects = new Map(mandates.map(({ args }) => [args.mandate, args.subject]));
  return new Map(
    rounds.map(({ args }) => [
      Number(args.consultation),
      {
        evaluation: Number(args.evaluation),
        mandate: Number(args.mandate),
        subject: subjects.get(args.mandate) ?? zeroAddress,
        promises: idsOf(args.promises),
        isMidTerm: args.midTerm,
      },
    ]),
  );
}

/** The texts of a mandate's promises, in the order in which they were pledged. */
export async function textsOf(mandate: number): Promise<Text[]> {
  const own = (await pledged()).filter(({ args }) => Number(args.mandate) === mandate);
  const inOrder = own.sort((a, b) => Number(a.args.promiseId - b.args.promiseId));
  return Promise.all(inOrder.map(({ args }) => textOf(args.pledge.uri, args.pledge.textHash)));
}
