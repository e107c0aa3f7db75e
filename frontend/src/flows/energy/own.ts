/** One's own month, from one's own readings: nothing of it leaves the device. */
import { type Hex, fromHex, same, toHex } from "../../vote/ballot/bytes";
import { N } from "../../vote/ballot/order";
import { type Bill, bills, linesOf } from "./bills";
import { blindingsOf, commitAll, COMPRESSED, compressed } from "./curve";
import { DRAWS, type MeterKind, linesHash } from "./header";
import { daysIn } from "./neighbourhood";
import { commitmentTo, committedRoot, compressedCurve, kindAt, totalsRoot } from "./period";
import type { PrivateMonth } from "./privatefile";
import type { PublicFile } from "./publicfile";
import { type Rules, readRules } from "./rules";
import { SCALE, coefficients, orderOf } from "./sums";
import { type Told, type ToldMeter, areAgreed, orNull, sharesOf, slotsFault } from "./verify";

/** What is checked of one's own month, in this order. */
export const OWN_CHECKS = ["member", "readings", "root", "totals", "allocation", "rules", "slots", "bill"] as const;
type OwnCheck = (typeof OWN_CHECKS)[number];

/** A day by the month's clock: what one read at each of its steps, and how much of it was shared: Wh, to 2⁻³². */
export interface OwnDay {
  /** As "2026-03-29". */
  day: string;
  /** Unix seconds of its first step. */
  start_s: number;
  own_wh: Float64Array;
  shared_wh: Float64Array;
}

export interface OwnMonth {
  /** Its place in the published file. */
  column: number;
  kind: MeterKind;
  /** Whose meter it is on chain, whoever the files say. */
  member: Hex;
  /** Those that do not hold. */
  faults: readonly OwnCheck[];
  /** The first step whose commitment is not of one's own reading; null where all are. */
  otherStep: number | null;
  start_s: number;
  step_s: number;
  /** In arrays of numbers, which go from a worker to its page at once. */
  days: readonly OwnDay[];
  /** How many steps nobody read, and how many somebody estimated. */
  missing: number;
  estimated: number;
  /** Null where the file has none. */
  rules: Rules | null;
  /** By whose clock days begin: the rules', or UTC where there are none. */
  timezone: string;
  /** Of all of this member's meters, as the rules make it; null where they make none of what is published. */
  bill: Bill | null;
  /** What the lines that were stated take of her, below 0 what they give; null where the file has others. */
  stated_cents: bigint | null;
}

/** What the chain has of it. */
export type ToldOwn = Pick<Told, "statement" | "organiser" | "rulesHash"> & {
  /** One's own. */
  meter: ToldMeter;
};

/** One's own column checked; null where the published file has none of this meter. */
export function ownMonth(file: PublicFile, own: PrivateMonth, told: ToldOwn): OwnMonth | null {
  const { period, rules: text } = file;
  const column = period.columns.findIndex(({ id }) => isSame(id, own.meter));
  const published = period.columns[column];
  if (!published || !isOf(period, own)) return null;
  const { readings_wh: readings } = own;
  const month = { seed: fromHex(own.seed), op: fromHex(own.op), meter: fromHex(own.meter), period: own.period };
  const blindings = blindingsOf(month, readings);
  const curve = commitAll(readings, blindings);
  const bytes = compressedCurve(period, column);
  const otherStep = curve.findIndex(
    (point, step) => !same(compressed(point), bytes.subarray(step * COMPRESSED, (step + 1) * COMPRESSED)),
  );
  const kind = kindAt(period, column);
  const ks = period.totals.map((it) => (kind === DRAWS ? coefficients(it).draws : coefficients(it).injects));
  const { commitment, member } = told.meter;
  const rules = orNull(() => readRules(text));
  const timezone = rules?.timezone ?? "UTC";
  const all = rules && orNull(() => bills(rules, sharesOf(period), told.organiser));
  const isLine = (it: { member: Hex }): boolean => isSame(it.member, member);
  const holds: Record<OwnCheck, boolean> = {
    // Neither stands in a reading: who pays, and who is paid, hangs on them all the same.
    member:
      [published.member, own.member].every((it) => isSame(it, member)) &&
      [published.kind, own.kind, told.meter.kind].every((it) => it === kind),
    readings: otherStep < 0,
    root: isSame(committedRoot(curve), published.root) && isSame(commitmentTo(period, published.root), commitment),
    totals: isSame(totalsRoot(period), told.statement.totalsRoot),
    allocation: isAllocated(period.allocations[column] ?? [], period, ks, readings, blindings),
    rules: rules !== null && areAgreed(rules, text, told),
    slots: rules !== null && slotsFault(period, rules) === null,
    bill: all !== null && isSame(toHex(linesHash(linesOf(all))), told.statement.linesHash),
  };
  return {
    column,
    kind,
    member,
    faults: OWN_CHECKS.filter((it) => !holds[it]),
    otherStep: otherStep < 0 ? null : otherStep,
    start_s: period.start_s,
    step_s: period.step_s,
    days: daysOf(period, readings, ks, daysIn(timezone)),
    missing: own.missing.length,
    estimated: own.estimated.length,
    rules,
    timezone,
    bill: all?.find(isLine) ?? null,
    stated_cents: isSame(toHex(linesHash(file.lines)), told.statement.linesHash)
      ? (file.lines.find(isLine)?.amount_cents ?? 0n)
      : null,
  };
}

function daysOf(
  { start_s, step_s }: PublicFile["period"],
  readings: readonly bigint[],
  ks: readonly bigint[],
  dayAt: (moment_s: number) => string,
): OwnDay[] {
  const firsts = readings.flatMap((_, step) => {
    const day = dayAt(start_s + step * step_s);
    return step === 0 || day !== dayAt(start_s + (step - 1) * step_s) ? [{ day, step }] : [];
  });
  return firsts.map(({ day, step: first }, place) => {
    const own = readings.slice(first, firsts[place + 1]?.step);
    return {
      day,
      start_s: start_s + first * step_s,
      own_wh: Float64Array.from(own, Number),
      shared_wh: Float64Array.from(own, (it, at) => Number((ks[first + at] ?? 0n) * it) / Number(SCALE)),
    };
  });
}

/** Whether a month is that of the published period. */
const isOf = (it: PublicFile["period"], own: PrivateMonth): boolean =>
  isSame(it.op, own.op) &&
  it.period === own.period &&
  it.start_s === own.start_s &&
  it.step_s === own.step_s &&
  it.totals.length === own.readings_wh.length;

const isSame = (one: Hex, other: Hex): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether what the file gives a column in each slot is what one's own readings make. */
function isAllocated(
  stated: PublicFile["period"]["allocations"][number],
  { slots, totals }: PublicFile["period"],
  ks: readonly bigint[],
  readings: readonly bigint[],
  blindings: readonly bigint[],
): boolean {
  const values = new Array<bigint>(slots).fill(0n);
  const blinds = new Array<bigint>(slots).fill(0n);
  for (const [step, { slot }] of totals.entries()) {
    const k = ks[step] ?? 0n;
    values[slot] = (values[slot] ?? 0n) + k * (readings[step] ?? 0n);
    blinds[slot] = ((blinds[slot] ?? 0n) + k * (blindings[step] ?? 0n)) % N;
  }
  const order = orderOf(
    totals.map(({ slot }) => slot),
    slots,
  );
  return stated.every(
    ({ value, blinding, last }, slot) =>
      value === values[slot] && blinding === blinds[slot] && last === order.last[slot],
  );
}
