/** One's own month, from one's own readings: nothing of it leaves the device. */
import { type Hex, fromHex, same, toHex } from "../../vote/ballot/bytes";
import { N } from "../../vote/ballot/order";
import { type Bill, bills, linesOf } from "./bills";
import { affine, blindingsOf, commit, COMPRESSED, compressed } from "./curve";
import { DRAWS, type MeterKind, linesHash } from "./header";
import { daysIn } from "./neighbourhood";
import { commitmentTo, committedRoot, compressedCurve, kindAt, totalsRoot } from "./period";
import type { PrivateMonth } from "./privatefile";
import type { PublicFile } from "./publicfile";
import { type Rules, readRules, rulesHash } from "./rules";
import { SCALE, coefficients, orderOf } from "./sums";
import { type Told, sharesOf } from "./verify";

/** What is checked of one's own month, in this order. */
export const OWN_CHECKS = ["member", "readings", "root", "totals", "allocation", "rules", "bill"] as const;
type OwnCheck = (typeof OWN_CHECKS)[number];

/** What one read at a step, and how much of it was shared: Wh, to 2⁻³². */
export interface OwnStep {
  at_s: number;
  /** By the operation's clock: "2026-03-29". */
  day: string;
  own_wh: number;
  shared_wh: number;
}

export interface OwnMonth {
  /** Its place in the published file. */
  column: number;
  kind: MeterKind;
  /** Whose meter it is, whoever the file says. */
  member: Hex;
  /** Those that do not hold. */
  faults: readonly OwnCheck[];
  /** The first step whose commitment is not of one's own reading; null where all are. */
  otherStep: number | null;
  step_s: number;
  steps: readonly OwnStep[];
  /** How many steps nobody read, and how many somebody estimated. */
  missing: number;
  estimated: number;
  rules: Rules;
  /** Of all of this member's meters. */
  bill: Bill;
}

/** What the chain has of it. */
export type ToldOwn = Pick<Told, "statement" | "organiser" | "rulesHash"> & {
  /** What the meter's agent committed to. */
  commitment: Hex;
};

/** One's own column checked; null where the published file has none of this meter. @throws EnergyFault by its rules */
export function ownMonth({ period, rules: text }: PublicFile, own: PrivateMonth, told: ToldOwn): OwnMonth | null {
  const column = period.columns.findIndex(({ id }) => isSame(id, own.meter));
  const published = period.columns[column];
  if (!published || !isOf(period, own)) return null;
  const { readings_wh: readings } = own;
  const month = { seed: fromHex(own.seed), op: fromHex(own.op), meter: fromHex(own.meter), period: own.period };
  const blindings = blindingsOf(month, readings);
  const curve = affine(readings.map((it, step) => commit(it, blindings[step] ?? 0n)));
  const bytes = compressedCurve(period, column);
  const otherStep = curve.findIndex(
    (point, step) => !same(compressed(point), bytes.subarray(step * COMPRESSED, (step + 1) * COMPRESSED)),
  );
  const kind = kindAt(period, column);
  const ks = period.totals.map((it) => (kind === DRAWS ? coefficients(it).draws : coefficients(it).injects));
  const rules = readRules(text);
  const dayAt = daysIn(rules.timezone);
  const all = bills(rules, sharesOf(period), told.organiser);
  const bill = all.find(({ member }) => isSame(member, published.member));
  if (!bill) return null;
  const holds: Record<OwnCheck, boolean> = {
    // Neither stands in a reading: who pays, and who is paid, hangs on them all the same.
    member: isSame(published.member, own.member) && published.kind === own.kind && kind === own.kind,
    readings: otherStep < 0,
    root: isSame(committedRoot(curve), published.root) && isSame(commitmentTo(period, published.root), told.commitment),
    totals: isSame(totalsRoot(period), told.statement.totalsRoot),
    allocation: isAllocated(period.allocations[column] ?? [], period, ks, readings, blindings),
    rules: isSame(rulesHash(text), told.rulesHash),
    bill: isSame(toHex(linesHash(linesOf(all))), told.statement.linesHash),
  };
  return {
    column,
    kind,
    member: own.member,
    faults: OWN_CHECKS.filter((it) => !holds[it]),
    otherStep: otherStep < 0 ? null : otherStep,
    step_s: period.step_s,
    steps: readings.map((reading, step) => {
      const at_s = period.start_s + step * period.step_s;
      const shared_wh = Number((ks[step] ?? 0n) * reading) / Number(SCALE);
      return { at_s, day: dayAt(at_s), own_wh: Number(reading), shared_wh };
    }),
    missing: own.missing.length,
    estimated: own.estimated.length,
    rules,
    bill,
  };
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
