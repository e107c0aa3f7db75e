/** What is done with files of energy away from the page: a large period takes minutes, one's own month seconds. */
import type { Progress, Work } from "../../labour";
import { type Hex, toHex } from "../../vote/ballot/bytes";
import { type Line, linesHash } from "./header";
import { type DayTotals, byDay } from "./neighbourhood";
import { type OwnMonth, type ToldOwn, ownMonth } from "./own";
import { readPrivate } from "./privatefile";
import { PUBLISHED, readPublic } from "./publicfile";
import { bytesOf, jsonOf } from "./reading";
import { type Rules, readRules, rulesHash } from "./rules";
import { type Told, type Verdict, verified } from "./verify";

/** What a public file is about, before anything of it is believed. */
interface Summary {
  op: Hex;
  period: number;
  start_s: number;
  end_s: number;
  consumers: number;
  /** The meters, by column. */
  meters: readonly Hex[];
}

/** What a private file is about. */
interface OwnSummary {
  op: Hex;
  period: number;
  meter: Hex;
}

/** A public file that was checked, and what it tells of the neighbourhood. */
export interface Checked {
  verdict: Verdict;
  days: readonly DayTotals[];
}

export interface Jobs {
  summary: { ask: { file: Blob }; answer: Summary };
  ownSummary: { ask: { file: Blob }; answer: OwnSummary };
  verify: { ask: { file: Blob; told: Told }; answer: Checked };
  own: { ask: { file: Blob; mine: Blob; told: ToldOwn }; answer: OwnMonth | null };
  lines: { ask: { file: Blob }; answer: { lines: readonly Line[]; hash: Hex } };
  rules: { ask: { file: Blob }; answer: { rules: Rules; hash: Hex } };
}

function finished<T>(work: Generator<number, T>, progress: Progress): T {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    progress(step.value);
  }
}

/** Each job, by name. */
export const jobs: Work<Jobs> = {
  summary: async ({ file }) => {
    const { period } = readPublic(await bytesOf(file));
    const { columns, consumers, op, start_s, step_s, totals } = period;
    const end_s = start_s + totals.length * step_s;
    return { op, period: period.period, start_s, end_s, consumers, meters: columns.map(({ id }) => id) };
  },
  ownSummary: async ({ file }) => {
    const { op, period, meter } = readPrivate(await bytesOf(file));
    return { op, period, meter };
  },
  verify: async ({ file, told }, progress) => {
    const read = readPublic(await bytesOf(file));
    const verdict = finished(verified(read, told), progress);
    // Days are those of the rules' clock: without the rules that were agreed to, there are none.
    const isOurs = verdict.done.includes("slots");
    return { verdict, days: isOurs ? byDay(read.period, readRules(read.rules).timezone) : [] };
  },
  own: async ({ file, mine, told }) =>
    ownMonth(readPublic(await bytesOf(file)), readPrivate(await bytesOf(mine)), told),
  lines: async ({ file }) => {
    const { lines } = readPublic(await bytesOf(file));
    return { lines, hash: toHex(linesHash(lines)) };
  },
  // As the organiser hands them out, or as a published file has them.
  rules: async ({ file }) => {
    const data = await bytesOf(file);
    const isPublished = Object(jsonOf(data)).format === PUBLISHED;
    const text = isPublished ? readPublic(data).rules : new TextDecoder().decode(data).trim();
    return { rules: readRules(text), hash: rulesHash(text) };
  },
};
