/**
 * A published period, checked as a stranger does: by what the chain has of it and nobody's word. As
 * `beffroi/flows/energy/`: each falsity is named as `Meters` names it, where it can be refuted.
 */
import { type Hex, toHex } from "../../vote/ballot/bytes";
import { N } from "../../vote/ballot/order";
import type { Statement } from "../terms";
import { type Shared, bills, linesOf } from "./bills";
import { type Element, ZERO, commit } from "./curve";
import { EnergyFault } from "./faults";
import { DRAWS, INJECTS, NONE, headerHash, linesHash } from "./header";
import {
  type Cells,
  type PublicPeriod,
  cellsOf,
  commitmentTo,
  headerOf,
  isShapely,
  kindAt,
  totalsRoot,
} from "./period";
import type { PublicFile } from "./publicfile";
import { type Rules, readRules, rulesHash, slotsOf } from "./rules";
import { allocated, orderOf, sharedBySlot } from "./sums";

/** As `Meters` has it. */
type Falsity =
  | "Header"
  | "Column"
  | "Twice"
  | "Reading"
  | "Point"
  | "Sum"
  | "ColumnSum"
  | "Total"
  | "Range"
  | "Order"
  | "Allocation"
  | "Last";

/** What is checked. */
type CheckName =
  | "sealed"
  | "shape"
  | "meters"
  | "readings"
  | "order"
  | "sums"
  | "totals"
  | "allocations"
  | "rules"
  | "slots"
  | "bills";

/** Where something is false. */
export interface Place {
  column?: number;
  step?: number;
  slot?: number;
}

export interface Finding {
  check: CheckName;
  /** By which refutation it is shown on chain; null where none reaches it: the window, a contest and readers stand. */
  falsity: Falsity | null;
  at: Place;
}

/** A meter as the chain has it. */
export interface ToldMeter {
  unit: number;
  kind: number;
  since_s: number;
  /** 0 while it counts. */
  until_s: number;
  member: Hex;
  /** What its agent committed to for the period; zeros for nothing. */
  commitment: Hex;
}

/** What the chain has of a period. */
export interface Told {
  op: Hex;
  statement: Statement;
  organiser: Hex;
  rulesHash: Hex;
  /** All that were installed, by id. */
  meters: ReadonlyMap<Hex, ToldMeter>;
  /** The chain's clock. */
  now_s: number;
}

/** A meter that counts in a period and has no column: a stranger's is left out rightly, a neighbour's not. */
interface Absence {
  meter: Hex;
  /** Whether its agent committed to readings. */
  isCommitted: boolean;
}

export interface Verdict {
  /** What makes nothing false, and its member may contest. */
  absences: readonly Absence[];
  /** The first that is false of each check, in their order; none of a check that holds. */
  findings: readonly Finding[];
  /** Which were made: where the shape is none, nothing else can be looked at. */
  done: readonly CheckName[];
}

const WH_UNIT = 1;
/** Of meters' clocks: 5, 10, 15, 30 or 60 whole minutes. */
const STEPS_S: readonly number[] = [300, 600, 900, 1_800, 3_600];
const MOST_WH = 2n ** 48n;
const MOST_VALUE = 2n ** 96n;
const lower = (it: Hex): Hex => it.toLowerCase() as Hex;
const isSame = (one: Hex, other: Hex): boolean => lower(one) === lower(other);

/** Every check; yields how much is done, 0 to 1. A file that is another than what was stated shows nothing of it. */
export function* verified(file: PublicFile, told: Told): Generator<number, Verdict> {
  const { period } = file;
  const findings: Finding[] = [];
  let absences: readonly Absence[] = [];
  const done: CheckName[] = [];
  const tell = (check: CheckName, found: Found): Verdict => {
    done.push(check);
    if (found) findings.push({ check, ...found });
    return { absences, findings, done };
  };
  if (!isStated(file, told)) return tell("sealed", UNREACHED);
  const cells = yield* cellsOf(period);
  const header = headerOf(period, cells.root);
  if (!isSame(toHex(headerHash(header)), told.statement.readingsRoot)) return tell("sealed", UNREACHED);
  tell("sealed", null);
  const end_s = period.start_s + period.totals.length * period.step_s;
  const isIts = isSame(period.op, told.op) && period.period === told.statement.period;
  if (!isIts || !isShapely(period) || end_s > told.now_s) return tell("shape", { falsity: "Header", at: {} });
  tell("shape", null);
  absences = absencesOf(period, told);
  tell("meters", metersFault(period, told));
  tell("readings", readingsFault(period, cells));
  tell("order", orderFault(period));
  tell("sums", cells.fault);
  tell("totals", totalsFault(period, cells));
  tell("allocations", allocationsFault(period, cells));
  const rules = rulesOf(file, told);
  if (!rules) return tell("rules", UNREACHED);
  tell("rules", null);
  const slots = slotsFault(period, rules);
  tell("slots", slots);
  return slots ? { absences, findings, done } : tell("bills", billsFault(file, rules, told));
}

/** What no refutation reaches. */
const UNREACHED = { falsity: null, at: {} } as const;

/** Whether totals and lines are those that were stated; the readings take longer. */
const isStated = ({ lines, period }: PublicFile, { statement }: Told): boolean =>
  isSame(totalsRoot(period), statement.totalsRoot) &&
  isSame(toHex(linesHash(lines)), statement.linesHash) &&
  lines.length === statement.n;

type Found = Omit<Finding, "check"> | null;

/** Whether a meter has a second of a period. */
const counts = ({ since_s, until_s }: ToldMeter, { start_s, step_s, totals }: PublicPeriod): boolean =>
  since_s < start_s + totals.length * step_s && (until_s === 0 || until_s > start_s);

const NOTHING = /^0x0*$/;

function metersFault(period: PublicPeriod, { meters }: Told): Found {
  for (const [column, { id, kind, member, root }] of period.columns.entries()) {
    if (period.columns.findIndex((it) => isSame(it.id, id)) !== column) return { falsity: "Twice", at: { column } };
    const meter = meters.get(lower(id));
    const isIts =
      meter !== undefined &&
      meter.unit === WH_UNIT &&
      meter.kind === kind &&
      kind === kindAt(period, column) &&
      isSame(meter.commitment, commitmentTo(period, root)) &&
      counts(meter, period);
    if (!isIts) return { falsity: "Column", at: { column } };
    if (!isSame(meter.member, member)) return { falsity: null, at: { column } };
  }
  return null;
}

function absencesOf(period: PublicPeriod, { meters }: Told): Absence[] {
  const there = new Set(period.columns.map(({ id }) => lower(id)));
  return [...meters].flatMap(([meter, it]) =>
    counts(it, period) && !there.has(lower(meter)) ? [{ meter, isCommitted: !NOTHING.test(it.commitment) }] : [],
  );
}

function readingsFault({ columns }: PublicPeriod, { committed }: Cells): Found {
  const column = columns.findIndex(({ root }, place) => !isSame(committed[place] ?? "0x", root));
  return column < 0 ? null : { falsity: "Reading", at: { column } };
}

function orderFault({ allocations, slots, totals }: PublicPeriod): Found {
  const inRange = (it: (typeof totals)[number], step: number): boolean =>
    (it.earlier === NONE || it.earlier < BigInt(step)) &&
    it.slot < slots &&
    it.injected < MOST_WH &&
    it.drawn < MOST_WH &&
    it.injectedBlinding < N &&
    it.drawnBlinding < N;
  const out = totals.findIndex((it, place) => !inRange(it, place));
  if (out >= 0) return { falsity: "Range", at: { step: out } };
  const order = totals.map(({ slot }) => slot);
  const { earlier, last } = orderOf(order, slots);
  const step = totals.findIndex((it, place) => it.earlier !== earlier[place]);
  if (step >= 0) return { falsity: "Order", at: { step } };
  for (const [column, its] of allocations.entries()) {
    const slot = its.findIndex((it, place) => it.last !== last[place]);
    if (slot >= 0) return { falsity: "Last", at: { column, slot } };
  }
  return null;
}

function totalsFault({ totals }: PublicPeriod, { drawn, injected }: Cells): Found {
  for (const [step, it] of totals.entries()) {
    const opens = (sums: readonly Element[] | null, value: bigint, blinding: bigint): boolean =>
      (sums?.[step] ?? ZERO).equals(commit(value, blinding));
    if (!opens(drawn, it.drawn, it.drawnBlinding) || !opens(injected, it.injected, it.injectedBlinding))
      return { falsity: "Total", at: { step } };
  }
  return null;
}

function allocationsFault({ allocations }: PublicPeriod, { ends }: Cells): Found {
  for (const [column, its] of allocations.entries()) {
    for (const [slot, { value, blinding, last }] of its.entries()) {
      const isNothing = last === NONE && value === 0n && blinding === 0n;
      const opens = (ends[column]?.[slot] ?? ZERO).equals(commit(value, blinding));
      const isIn = value < MOST_VALUE && blinding < N;
      if (!isIn || !(last === NONE ? isNothing : opens)) return { falsity: "Allocation", at: { column, slot } };
    }
  }
  return null;
}

/** The Wh of each column and slot. @throws EnergyFault where they make not what is shared */
export function sharesOf(period: PublicPeriod): Shared[] {
  const { allocations, columns, consumers, slots, totals } = period;
  const shared = sharedBySlot(totals, slots);
  const wh = columns.map(() => new Array<bigint>(slots).fill(0n));
  for (let slot = 0; slot < slots; slot++) {
    for (const [first, end] of [
      [0, consumers],
      [consumers, columns.length],
    ] as const) {
      const ids = columns.slice(first, end).map(({ id }) => id);
      const values = allocations.slice(first, end).map((it) => it[slot]?.value ?? 0n);
      if (values.length === 0) continue;
      for (const [place, given] of allocated(ids, values, shared[slot] ?? 0n).entries()) {
        (wh[first + place] as bigint[])[slot] = given;
      }
    }
  }
  return columns.map(({ id, member }, place) => ({
    id,
    member,
    kind: place < consumers ? DRAWS : INJECTS,
    wh: wh[place] as bigint[],
  }));
}

/** The rules, where they are those that members signed and share by the key that sums of commitments show. */
function rulesOf({ rules: text }: PublicFile, told: Told): Rules | null {
  const rules = orNull(() => readRules(text));
  return rules && areAgreed(rules, text, told) ? rules : null;
}

/** Whether rules are those that members signed, and share by that key. */
export const areAgreed = ({ key }: Rules, text: string, told: Pick<Told, "rulesHash">): boolean =>
  key === "default" && isSame(rulesHash(text), told.rulesHash);

/** The first step whose slot is not the one that its clock has by the rules. */
export function slotsFault({ slots: count, start_s, step_s, totals }: PublicPeriod, rules: Rules): Found {
  if (!STEPS_S.includes(step_s) || start_s % step_s !== 0) return UNREACHED;
  const slots = orNull(() => slotsOf(rules, start_s, step_s, totals.length));
  if (!slots || rules.slots.length !== count) return UNREACHED;
  const step = totals.findIndex(({ slot }, place) => slot !== slots[place]);
  return step < 0 ? null : { falsity: null, at: { step } };
}

function billsFault({ lines, period }: PublicFile, rules: Rules, { organiser }: Told): Found {
  const due = orNull(() => linesOf(bills(rules, sharesOf(period), organiser)));
  return due && isSame(toHex(linesHash(due)), toHex(linesHash(lines))) ? null : UNREACHED;
}

/** What is found; null where the file is at fault. */
export function orNull<T>(find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof EnergyFault) return null;
    throw error;
  }
}
