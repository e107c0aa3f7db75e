import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { fromHex, toHex } from "../ballot/bytes";
import { makeRule, ruleHash } from "../ballot/rules";
import { type Commitment, isOf, judgement, type Subject, SubjectError, subjectOfUri } from "../ballot/subject";
import { at, chain } from "../../chain/client";
import { followed } from "../../chain/followed";
import type { Asked } from "./record";
import { asking, type Judged, judgements } from "./judged";
import { consultationsAbi } from "../../generated/Consultations";

/** As contracts/vote/interfaces/IResults.sol numbers them. */
const STATUSES = [
  "unknown",
  "scheduled",
  "open",
  "ended",
  "closed",
  "decrypting",
  "stalled",
  "tallied",
  "withheld",
] as const;
export type Status = (typeof STATUSES)[number];

/** A consultation as people see it; times in unix seconds. */
export interface Poll {
  number: number;
  ceremony: number;
  rollRoot: Hex;
  rollSize: number;
  opensAt_s: number;
  closesAt_s: number;
  tallyBy_s: number;
  secrecyMinimum: number;
  status: Status;
  ballots: number;
  /** What is asked; null where the text is elsewhere. */
  subject: Subject | null;
  /** Whether a text was published that is not the one that the chain sealed. */
  isFalse: boolean;
  /** Why the text that was published is no question; null where it is one, or none. */
  fault: SubjectError | null;
  /** Of the text by which the page names the options: whoever makes or checks a ballot compares it with the terms. */
  asked: Asked;
  /** What it judges, where it is an evaluation of promises. */
  judged: Judged | null;
}

const openingEvent = consultationsAbi.find(
  (entry) => entry.type === "event" && entry.name === "ConsultationOpened",
) as Extract<(typeof consultationsAbi)[number], { name: "ConsultationOpened" }>;

const openings = followed(() => ({ address: at("Consultations", consultationsAbi).address, event: openingEvent }));
type Opening = Awaited<ReturnType<typeof openings>>[number];

/** When each consultation opens, unix seconds, by its number. */
export async function openingTimes(): Promise<ReadonlyMap<number, number>> {
  return new Map((await openings()).map(({ args: { consultation, terms } }) => [Number(consultation), terms.opensAt]));
}

/** Every consultation, the newest first. */
export async function readPolls(): Promise<Poll[]> {
  const [found, judged] = await Promise.all([openings(), judgements()]);
  const polls = await Promise.all(found.map((opening) => pollOf(opening, judged)));
  return polls.sort((a, b) => b.number - a.number);
}

/** One consultation; null when there is none of that number. */
export async function readPoll(number: number): Promise<Poll | null> {
  const [found, judged] = await Promise.all([openings(), judgements()]);
  const opening = found.find(({ args }) => Number(args.consultation) === number);
  return opening ? pollOf(opening, judged) : null;
}

async function pollOf({ args: { consultation, terms } }: Opening, all: ReadonlyMap<number, Judged>): Promise<Poll> {
  const read = { ...at("Consultations", consultationsAbi), args: [consultation] } as const;
  const judged = all.get(Number(consultation)) ?? null;
  const commitment: Commitment = {
    questionHash: fromHex(terms.questionHash),
    optionsHash: fromHex(terms.optionsHash),
    rule: makeRule(terms.rule.sets, fromHex(terms.rule.setOf), terms.rule.sumSet),
  };
  const [status, ballots, { subject, isFalse, fault = null }] = await Promise.all([
    readContract(chain(), { ...read, functionName: "status" }),
    readContract(chain(), { ...read, functionName: "ballots" }),
    judged ? judgedSubject(judged, commitment) : ownSubject(terms.uri, commitment),
  ]);
  return {
    number: Number(consultation),
    ceremony: Number(terms.ceremonyId),
    rollRoot: terms.rollRoot,
    rollSize: terms.rollSize,
    opensAt_s: terms.opensAt,
    closesAt_s: terms.closesAt,
    tallyBy_s: terms.tallyBy,
    secrecyMinimum: terms.secrecyMinimum,
    status: STATUSES[status] ?? "unknown",
    ballots: Number(ballots),
    subject,
    isFalse,
    fault,
    asked: {
      questionHash: terms.questionHash,
      optionsHash: terms.optionsHash,
      ruleHash: toHex(ruleHash(commitment.rule)),
    },
    judged,
  };
}

type Told = { subject: Subject | null; isFalse: boolean; fault?: SubjectError };

function ownSubject(uri: string, commitment: Commitment): Told {
  try {
    const subject = subjectOfUri(uri);
    const isTrue = subject !== null && isOf(subject, commitment);
    return { subject: isTrue ? subject : null, isFalse: subject !== null && !isTrue };
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error;
    return { subject: null, isFalse: true, fault: error };
  }
}

async function judgedSubject(judged: Judged, commitment: Commitment): Promise<Told> {
  const { question, texts } = await asking(judged);
  const words = texts.map((it) => it?.text ?? null);
  if (words.includes(null)) return { subject: null, isFalse: false };
  // Each text is what its promise's own hash says, which the question binds, or nothing is shown.
  const isTrue = texts.every((it) => it?.isTrue);
  const subject = isTrue ? judgement(words as string[], fromHex(question), commitment) : null;
  return { subject, isFalse: subject === null };
}

/** Whether a voter's ballot is counted, and the number of her next one. */
export async function turnoutOf(poll: Poll, index: number): Promise<{ hasVoted: boolean; nextSeq: number }> {
  const args = [BigInt(poll.number), BigInt(index)] as const;
  const read = { ...at("Consultations", consultationsAbi), functionName: "turnout", args } as const;
  const [hasVoted, seq] = await readContract(chain(), read);
  return { hasVoted, nextSeq: hasVoted ? Number(seq) + 1 : 0 };
}

/** The result's counters, two a ciphertext. */
export async function countsOf(poll: Poll): Promise<number[]> {
  const read = {
    ...at("Consultations", consultationsAbi),
    functionName: "counts",
    args: [BigInt(poll.number)],
  } as const;
  return (await readContract(chain(), read)).map(Number);
}
