import {
  type Address,
  concat,
  encodeAbiParameters,
  type Hex,
  hexToBytes,
  keccak256,
  parseAbiParameters,
  toHex,
  zeroAddress,
  zeroHash,
} from "viem";
import { addressOf, at } from "../../chain/client";
import { followed } from "../../chain/followed";
import { promisesAbi } from "../../generated/Promises";
import { type Text, textOf } from "../../chain/texts";
import { theTown } from "../../town/folder";

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

/** What a round's question binds, beside the texts. */
type Asked = Pick<Judged, "mandate" | "subject" | "promises" | "isMidTerm">;

const QUESTION = parseAbiParameters("uint256, address, uint256, address, bytes32, bytes, bool");

/**
 * The question's hash, as `Promises.questionOf` computes it: nobody can show another's promises, or other texts.
 * @param texts keccak256 of the text of each of the mandate's promises, in order, all of them.
 */
export function judgedQuestion(
  chainId: number,
  contract: Address,
  { mandate, subject, promises, isMidTerm }: Asked,
  texts: readonly Hex[],
): Hex {
  const folded = texts.reduce<Hex>((before, text) => keccak256(concat([before, text])), zeroHash);
  const ids = toHex(Uint8Array.from(promises));
  const bound = [BigInt(chainId), contract, BigInt(mandate), subject, folded, ids, isMidTerm] as const;
  return keccak256(encodeAbiParameters(QUESTION, bound));
}

/** What a round over promises asks: its question's hash, and their texts, in the order of the ballot. */
export async function asking(judged: Asked): Promise<{ question: Hex; texts: (Text | undefined)[] }> {
  const own = (await pledged()).filter(({ args }) => Number(args.mandate) === judged.mandate);
  const pledges = own.sort((a, b) => Number(a.args.promiseId - b.args.promiseId)).map(({ args }) => args.pledge);
  const hashes = pledges.map(({ textHash }) => textHash);
  const { address } = at("Promises", promisesAbi);
  const chosen = judged.promises.map(async (number) => {
    const pledge = pledges[number];
    return pledge && textOf(pledge.uri, pledge.textHash);
  });
  return {
    question: judgedQuestion(theTown().chainId, address, judged, hashes),
    texts: await Promise.all(chosen),
  };
}
