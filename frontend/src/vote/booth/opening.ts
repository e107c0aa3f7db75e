/** What opens a consultation, from what an officer typed: pure, and as strict as the contract. */
import type { Hex } from "viem";
import { keccak, toHex, utf8 } from "../ballot/bytes";
import { MOST_OPTIONS, MOST_POINTS, type Question } from "../ballot/questions";
import { fits, type Rule } from "../ballot/rules";
import { type Floors, mostSecret } from "./floors";
import { asRead, dataUriOf, isPlain, optionsHash, questionOf, type Subject } from "../ballot/subject";

/** A question as its form holds it. */
export interface Asked {
  question: string;
  kind: keyof typeof MOST_OPTIONS;
  options: readonly string[];
  /** Of approvals, as typed. */
  minimum: string;
  maximum: string;
  /** Of points, as typed: the most that an option may get, and that a voter may give. */
  each: string;
  total: string;
}

/** When, by which key, over which roll; as typed. Moments are "2026-11-22T14:05" on the device's own clock. */
export interface Planned {
  opens: string;
  closes: string;
  tally: string;
  secrecy: string;
  /** The number of a ceremony. */
  ceremony: string;
  /** A published roll's root, or "draw". */
  roll: string;
}

export type AskedFault =
  | "emptyQuestion"
  | "strange"
  | "emptyOption"
  | "twice"
  | "tooFewOptions"
  | "tooManyOptions"
  | "badMinimum"
  | "badMaximum"
  | "badEach"
  | "badTotal";
export type PlannedFault =
  | "noMoment"
  | "skipped"
  | "doubled"
  | "past"
  | "noticeTooShort"
  | "closesBefore"
  | "voteTooShort"
  | "tallyBefore"
  | "badSecrecy"
  | "secrecyTooLow"
  | "secrecyTooHigh"
  | "noKey"
  | "noRoll";

/** Ballots below which a total says too much about each of them, unless the town says otherwise. */
export const LEAST_SECRET = 20;
const LEAST_OPTIONS = 2;
const DAY_S = 86_400;

/**
 * The moments, unix seconds, at which the device's clock shows this: none where daylight saving skips it, two where it
 * comes twice; null for what is no date and time.
 */
export function momentsOf(text: string): number[] | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const utc_s = Date.parse(`${text}Z`) / 1000;
  if (Number.isNaN(utc_s) || new Date(utc_s * 1000).toISOString().slice(0, 16) !== text) return null;
  const offsets_s = [-DAY_S, DAY_S].map((away_s) => 60 * new Date((utc_s + away_s) * 1000).getTimezoneOffset());
  const moments = offsets_s.map((offset_s) => utc_s + offset_s).filter((moment) => momentText(moment) === text);
  return [...new Set(moments)];
}

/** The one moment that a text means; null where it means none, or two. */
export function momentOf(text: string): number | null {
  const [moment = null, ...others] = momentsOf(text) ?? [];
  return others.length ? null : moment;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** The reverse, to the minute. */
export function momentText(seconds: number): string {
  const at = new Date(seconds * 1000);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Tomorrow at eight, for a week, and two days to count: what a form proposes. */
export function usualDates(now_s: number): Pick<Planned, "opens" | "closes" | "tally"> {
  const morning = new Date((now_s + DAY_S) * 1000);
  morning.setHours(8, 0, 0, 0);
  const [opens, closes, tally] = [0, 7, 9].map((days) => {
    const at = new Date(morning);
    at.setDate(at.getDate() + days);
    if (days) at.setHours(20);
    return momentText(at.getTime() / 1000);
  });
  return { opens: opens ?? "", closes: closes ?? "", tally: tally ?? "" };
}

/** A whole number without a sign; null for anything else. */
export const countOf = (text: string): number | null => (/^\s*\d{1,8}\s*$/.test(text) ? Number(text) : null);

/** What is wrong with a question, each field at its place; options by their place. */
export function faultsOfAsked(asked: Asked): Partial<Record<Exclude<keyof Asked, "options" | "kind">, AskedFault>> & {
  options: readonly (AskedFault | null)[];
  list?: AskedFault;
} {
  const { question, kind, options } = asked;
  const texts = options.map(asRead);
  const each = texts.map((text, place) => {
    if (!text) return "emptyOption";
    if (!isPlain(options[place] ?? "")) return "strange";
    return texts.indexOf(text) < place ? "twice" : null;
  });
  return {
    ...(asRead(question) ? {} : { question: "emptyQuestion" }),
    ...(asRead(question) && !isPlain(question) ? { question: "strange" } : {}),
    options: each,
    ...(options.length < LEAST_OPTIONS ? { list: "tooFewOptions" } : {}),
    ...(options.length > MOST_OPTIONS[kind] ? { list: "tooManyOptions" } : {}),
    ...(kind === "approval" ? faultsOfApproval(asked) : {}),
    ...(kind === "points" ? faultsOfPoints(asked) : {}),
  };
}

function faultsOfApproval({ options, minimum, maximum }: Asked): { minimum?: AskedFault; maximum?: AskedFault } {
  const least = countOf(minimum);
  const most = countOf(maximum);
  const isLeastWrong = least === null || least > options.length;
  const isMostWrong = most === null || most < 1 || most < (least ?? 0) || most > options.length;
  return {
    ...(isLeastWrong ? { minimum: "badMinimum" } : {}),
    ...(isMostWrong ? { maximum: "badMaximum" } : {}),
  };
}

function faultsOfPoints({ each, total }: Asked): { each?: AskedFault; total?: AskedFault } {
  const all = countOf(total) ?? 0;
  const most = countOf(each) ?? 0;
  return {
    ...(most < 1 || most > Math.min(all || MOST_POINTS, MOST_POINTS) ? { each: "badEach" } : {}),
    ...(all < 1 || all > MOST_POINTS ? { total: "badTotal" } : {}),
  };
}

/** Why a text means no one moment. */
function faultOfMoment(text: string): PlannedFault {
  const moments = momentsOf(text);
  if (moments === null) return "noMoment";
  return moments.length ? "doubled" : "skipped";
}

/** What is wrong with dates, key and roll; `rollSize` is null while nobody knows it. */
export function faultsOfPlanned(
  { opens, closes, tally, secrecy, ceremony, roll }: Planned,
  now_s: number,
  known: { keys: readonly number[]; rolls: readonly string[]; rollSize: number | null; floors: Floors },
): Partial<Record<keyof Planned, PlannedFault>> {
  const [from, until, counted] = [momentOf(opens), momentOf(closes), momentOf(tally)];
  const least = countOf(secrecy);
  const { floors } = known;
  const faults: Partial<Record<keyof Planned, PlannedFault>> = {};
  if (from === null) faults.opens = faultOfMoment(opens);
  else if (from <= now_s) faults.opens = "past";
  else if (from < now_s + floors.notice_s) faults.opens = "noticeTooShort";
  if (until === null) faults.closes = faultOfMoment(closes);
  else if (until <= (from ?? now_s)) faults.closes = "closesBefore";
  else if (until < (from ?? now_s) + floors.duration_s) faults.closes = "voteTooShort";
  if (counted === null) faults.tally = faultOfMoment(tally);
  else if (counted <= (until ?? now_s)) faults.tally = "tallyBefore";
  if (!least) faults.secrecy = "badSecrecy";
  else if (least < floors.secrecyMinimum) faults.secrecy = "secrecyTooLow";
  else if (known.rollSize !== null && least > mostSecret(floors, known.rollSize)) faults.secrecy = "secrecyTooHigh";
  if (!known.keys.map(String).includes(ceremony)) faults.ceremony = "noKey";
  if (!known.rolls.includes(roll)) faults.roll = "noRoll";
  return faults;
}

export const isSound = (faults: ReturnType<typeof faultsOfAsked>): boolean => {
  const { options, ...others } = faults;
  return options.every((fault) => fault === null) && Object.keys(others).length === 0;
};

/** The subject of a sound form. */
export function subjectOf({ question, kind, options, minimum, maximum, each, total }: Asked): Subject {
  const texts = options.map((option) => option.trim());
  const of = { question: question.trim(), options: texts, kind, minimum: 0, maximum: null, total: null };
  if (kind === "approval") return { ...of, minimum: countOf(minimum) ?? 0, maximum: countOf(maximum) };
  if (kind === "points") return { ...of, maximum: countOf(each), total: countOf(total) };
  return of;
}

/** Who may vote, by a root. */
export interface Sealed {
  root: Hex;
  size: number;
}

/** A rule as the contract's ABI takes it. */
const ruleTuple = ({ sets, setOf, sumSet }: Rule) => ({ sets, setOf: toHex(setOf), sumSet });

/** `Consultations.open`'s argument. */
export interface Terms {
  ceremonyId: bigint;
  rollRoot: Hex;
  rollSize: number;
  opensAt: number;
  closesAt: number;
  tallyBy: number;
  secrecyMinimum: number;
  questionHash: Hex;
  optionsHash: Hex;
  uri: string;
  rule: ReturnType<typeof ruleTuple>;
}

/** What is put to the vote, as the chain refers to it. */
export interface Text {
  questionHash: Hex;
  optionsHash: Hex;
  uri: string;
  asked: Question;
}

/** A question with its text in the event itself, so that nobody has to keep it elsewhere. */
export function textOfSubject(subject: Subject): Text {
  return {
    questionHash: toHex(keccak(utf8(subject.question))),
    optionsHash: toHex(optionsHash(subject.options)),
    uri: dataUriOf(subject),
    asked: questionOf(subject),
  };
}

/** The terms of a sound form.
 * @throws RangeError when a counter of the rule could overflow on this roll. */
export function termsOf(text: Text, planned: Planned, roll: Sealed): Terms {
  const { questionHash, optionsHash: options, uri, asked } = text;
  if (!fits(asked.rule, roll.size)) throw new RangeError(`a counter could overflow with ${roll.size} voters`);
  return {
    ceremonyId: BigInt(planned.ceremony),
    rollRoot: roll.root,
    rollSize: roll.size,
    opensAt: momentOf(planned.opens) ?? 0,
    closesAt: momentOf(planned.closes) ?? 0,
    tallyBy: momentOf(planned.tally) ?? 0,
    secrecyMinimum: countOf(planned.secrecy) ?? 0,
    questionHash,
    optionsHash: options,
    uri,
    rule: ruleTuple(asked.rule),
  };
}
