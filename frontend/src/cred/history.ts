import { type Address, type Hex, zeroAddress } from "viem";
import { at } from "../chain/client";
import { followed } from "../chain/followed";
import { blockTimes } from "../chain/logs";
import { appealsAbi } from "../generated/Appeals";
import { attached, idsOf, mandatesOpened, pledged, told } from "../vote/booth/judged";
import { openingTimes } from "../vote/booth/polls";
import { type Text, textOf } from "../chain/texts";

/** Something that was added to a promise: words, evidence, counter-evidence. */
export interface Added {
  kind: "amendment" | "evidence" | "counterEvidence";
  /** Who brought it, where it is not the subject. */
  by: Address | null;
  uri: string;
  hash: Hex;
  text: Text;
  at_s: number;
}

export interface Promised {
  number: number;
  text: Text;
  weight_bps: number;
  stake: bigint;
  dueAt_s: number;
  added: readonly Added[];
  /** Nobody judged it, or could: what is left of its stake is frozen. */
  isUnjudged: boolean;
  /** Cred that is neither kept nor burnt, for nobody judged it, or too few. */
  frozen: bigint;
  /** What settled it last; null before. */
  settled: { opinions: number; missing: number; burnt: bigint } | null;
  /** Whether that was by a vote that opened before it was due: from that day on it may be judged once more. */
  isEarly: boolean;
}

export type Fate =
  "underWay" | "published" | "informed" | "appealed" | "confirmed" | "annulled" | "released" | "settled";

export interface Round {
  evaluation: number;
  consultation: number;
  promises: readonly number[];
  isMidTerm: boolean;
  fate: Fate;
  petitioners: number;
  publishedAt_s: number | null;
  /** Whether the official appealed; citizens may have petitioned beside. */
  isAppealedBySubject: boolean;
  /** Of each promise, once published. */
  results: readonly { opinions: number; missing: number }[];
}

export interface Mandate {
  number: number;
  subject: Address;
  endsAt_s: number;
  supply: bigint;
  /** Cred left; 0 before the pledge. */
  capital: bigint;
  /** The part of it that nobody judged: it counts as kept nowhere. */
  frozen: bigint;
  /** Why it is over before its time. */
  ended: "ended" | "cancelled" | null;
  /** Cred left after each settlement, from the pledge on. */
  curve: readonly { at_s: number; capital: bigint }[];
  promises: readonly Promised[];
  rounds: readonly Round[];
}

/** As `IAppeals.Ruling` numbers it. */
const ANNULLED = 2;

const amended = told("Amended");
const evidence = told("EvidenceBrought");
const counterEvidence = told("CounterEvidenceBrought");
const published = told("ResultPublished");
const released = told("Released");
const promiseSettled = told("PromiseSettled");
const settled = told("EvaluationSettled");
const unjudged = told("PromiseUnjudged");
const ended = told("MandateEnded");
const cancelled = told("MandateCancelled");

type Entry<Name extends string> = Extract<(typeof appealsAbi)[number], { type: "event"; name: Name }>;

/** Follows an event of Appeals. */
const toldByAppeals = <const Name extends string>(name: Name) =>
  followed(() => ({
    address: at("Appeals", appealsAbi).address,
    event: appealsAbi.find((entry) => entry.type === "event" && entry.name === name) as Entry<Name>,
  }));

const petitioned = toldByAppeals("Petitioned");
const appealed = toldByAppeals("Appealed");
const ruled = toldByAppeals("Ruled");

/** Every mandate, the newest first, by events alone. */
export async function readMandates(): Promise<Mandate[]> {
  const opened = await mandatesOpened();
  const mandates = await Promise.all(opened.map(({ args }) => readMandate(Number(args.mandate))));
  return mandates.filter((mandate) => mandate !== null).reverse();
}

/** One mandate; null when there is none of that number. */
export async function readMandate(number: number): Promise<Mandate | null> {
  const opened = (await mandatesOpened()).find(({ args }) => Number(args.mandate) === number);
  if (!opened) return null;
  const { subject, endsAt, supply } = opened.args;
  const [promises, rounds, curve, end, annulment] = await Promise.all([
    promisesOf(number),
    roundsOf(number),
    curveOf(number, supply),
    ended().then((all) => all.find(({ args }) => Number(args.mandate) === number)),
    cancelled().then((all) => all.find(({ args }) => Number(args.mandate) === number)),
  ]);
  const capital = annulment ? 0n : (curve.at(-1)?.capital ?? 0n);
  const frozen = annulment ? 0n : promises.reduce((sum, promise) => sum + promise.frozen, 0n);
  const endsAt_s = end ? ((await blockTimes([end.blockNumber])).get(end.blockNumber) ?? endsAt) : endsAt;
  const why = annulment ? "cancelled" : end ? "ended" : null;
  return { number, subject, endsAt_s, supply, capital, frozen, ended: why, curve, promises, rounds };
}

async function promisesOf(mandate: number): Promise<Promised[]> {
  const mine = <T extends { args: { mandate: bigint } }>(found: readonly T[]): T[] =>
    found.filter(({ args }) => Number(args.mandate) === mandate);
  const [pledges, settlements, added, declared, rounds] = await Promise.all([
    pledged(),
    promiseSettled(),
    addedTo(mandate),
    unjudged(),
    attached(),
  ]);
  const judging = mine(rounds).filter(({ args }) => !args.midTerm);
  const opening = await openingTimes();
  const promises = mine(pledges).map(async ({ args: { promiseId, stake, pledge } }): Promise<Promised> => {
    const of = mine(settlements).filter(({ args }) => args.promiseId === promiseId);
    const end = of.at(-1);
    const frozen = mine(declared).findLast(({ args }) => args.promiseId === promiseId);
    const takenUp = judging.filter(({ args }) => idsOf(args.promises).includes(Number(promiseId)));
    const found = end && takenUp.findLast((round) => isBefore(round, end))?.args.consultation;
    const isUnjudged = isBefore(takenUp.at(-1), frozen);
    // What nobody judged stays frozen while it is voted on, until a finding says otherwise.
    const isLastDeclared = isBefore(end, frozen);
    return {
      number: Number(promiseId),
      text: await textOf(pledge.uri, pledge.textHash),
      weight_bps: pledge.weight_bps,
      stake,
      dueAt_s: pledge.dueAt,
      added: added.filter((it) => it.promise === Number(promiseId)),
      isUnjudged,
      frozen: isLastDeclared ? stake - (end?.args.burnt ?? 0n) : (end?.args.frozen ?? 0n),
      settled: end
        ? { opinions: Number(end.args.opinions), missing: Number(end.args.missing), burnt: end.args.burnt }
        : null,
      isEarly: found !== undefined && (opening.get(Number(found)) ?? pledge.dueAt) < pledge.dueAt,
    };
  });
  return (await Promise.all(promises)).sort((a, b) => a.number - b.number);
}

type Happened = { blockNumber: bigint; logIndex: number } | undefined;

/** Whether one happened, and no other after it. Within a block too: strangers settle and declare in one transaction. */
const isBefore = (other: Happened, it: Happened): boolean =>
  it !== undefined &&
  (other === undefined ||
    other.blockNumber < it.blockNumber ||
    (other.blockNumber === it.blockNumber && other.logIndex < it.logIndex));

async function addedTo(mandate: number): Promise<(Added & { promise: number })[]> {
  const [words, documents, counters] = await Promise.all([amended(), evidence(), counterEvidence()]);
  const all = [
    ...words.map(
      ({ args, blockNumber }) => ({ ...args, hash: args.textHash, kind: "amendment", by: null, blockNumber }) as const,
    ),
    ...documents.map(
      ({ args, blockNumber }) =>
        ({ ...args, hash: args.evidenceHash, kind: "evidence", by: null, blockNumber }) as const,
    ),
    ...counters.map(
      ({ args, blockNumber }) =>
        ({ ...args, hash: args.evidenceHash, kind: "counterEvidence", by: args.resident, blockNumber }) as const,
    ),
  ].filter((it) => Number(it.mandate) === mandate);
  const times = await blockTimes(all.map(({ blockNumber }) => blockNumber));
  const dated = all.map(async ({ kind, by, uri, hash, promiseId, blockNumber }) => ({
    kind,
    by,
    uri,
    hash,
    promise: Number(promiseId),
    text: await textOf(uri, hash),
    at_s: times.get(blockNumber) ?? 0,
  }));
  return (await Promise.all(dated)).sort((a, b) => a.at_s - b.at_s);
}

async function roundsOf(mandate: number): Promise<Round[]> {
  const own = (await attached()).filter(({ args }) => Number(args.mandate) === mandate);
  return Promise.all(own.map(({ args }) => roundOf(args)));
}

async function roundOf(round: {
  evaluation: bigint;
  consultation: bigint;
  promises: Hex;
  midTerm: boolean;
}): Promise<Round> {
  const of = <T extends { args: { evaluation: bigint } }>(found: readonly T[]): T | undefined =>
    found.filter(({ args }) => args.evaluation === round.evaluation).at(-1);
  const [result, asked, appeals, ruling, release, end] = await Promise.all([
    published().then(of),
    petitioned().then(of),
    appealed().then((all) => all.filter(({ args }) => args.evaluation === round.evaluation)),
    ruled().then(of),
    released().then(of),
    settled().then(of),
  ]);
  const times = await blockTimes(result ? [result.blockNumber] : []);
  const fates: readonly (readonly [unknown, Fate])[] = [
    [end, "settled"],
    // What the jury annuls is released with it.
    [ruling?.args.ruling === ANNULLED, "annulled"],
    [release, "released"],
    [ruling, "confirmed"],
    [appeals.length > 0, "appealed"],
    [result, round.midTerm ? "informed" : "published"],
  ];
  return {
    evaluation: Number(round.evaluation),
    consultation: Number(round.consultation),
    promises: idsOf(round.promises),
    isMidTerm: round.midTerm,
    fate: fates.find(([happened]) => happened)?.[1] ?? "underWay",
    petitioners: Number(asked?.args.petitioners ?? 0n),
    publishedAt_s: result ? (times.get(result.blockNumber) ?? null) : null,
    isAppealedBySubject: appeals.some(({ args }) => args.by !== zeroAddress),
    results: (result?.args.opinions ?? []).map((opinions, i) => ({
      opinions: Number(opinions),
      missing: Number(result?.args.missing[i] ?? 0n),
    })),
  };
}

async function curveOf(mandate: number, supply: bigint): Promise<{ at_s: number; capital: bigint }[]> {
  const [pledges, ends] = await Promise.all([pledged(), settled()]);
  const first = pledges.find(({ args }) => Number(args.mandate) === mandate);
  if (!first) return [];
  const falls = ends.filter(({ args }) => Number(args.mandate) === mandate);
  const times = await blockTimes([first, ...falls].map(({ blockNumber }) => blockNumber));
  return [
    { at_s: times.get(first.blockNumber) ?? 0, capital: supply },
    ...falls.map(({ args, blockNumber }) => ({ at_s: times.get(blockNumber) ?? 0, capital: args.capital })),
  ];
}

/** The mean score, from 0 (all broken) to 1 (all kept); null without opinions. To show, never to settle. */
export function scoreOf({ opinions, missing }: { opinions: number; missing: number }): number | null {
  return opinions ? 1 - missing / (4 * opinions) : null;
}
