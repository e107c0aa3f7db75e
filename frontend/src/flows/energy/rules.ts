/** An operation's rules, in the one text whose hash its terms bear. As `beffroi/flows/energy/energyrules.py`. */
import {
  type GenericSchema,
  array,
  check,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  picklist,
  pipe,
  safeParse,
  strictObject,
  strictTuple,
  string,
} from "valibot";
import { type Hex, keccak, toHex, utf8 } from "../../vote/ballot/bytes";
import { EnergyFault } from "./faults";

/** A part of the year with a price of its own. */
interface TariffSlot {
  name: string;
  /** 1 to 12. */
  months: readonly number[];
  /** Of the week: 1 is Monday. */
  days: readonly number[];
  /** Minutes of the local day, from and to. */
  hours: readonly (readonly [number, number])[];
}

/** A part of what a shared kWh costs who draws it. */
interface PriceElement {
  name: string;
  to: "producers" | "organiser";
  /** Millionths of a euro a kWh, before VAT, by slot. */
  rates: readonly number[];
  vat_bp: number;
}

/** What the organiser gets of each meter and period, whatever it reads. */
interface MeterFee {
  name: string;
  by: "draws" | "injects" | "each";
  cents: number;
  vat_bp: number;
}

export interface Rules {
  name: string;
  timezone: string;
  /** Only the default one is verified by strangers. */
  key: "default" | "static" | "simple" | "full";
  slots: readonly TariffSlot[];
  elements: readonly PriceElement[];
  fees: readonly MeterFee[];
}

const DAY_MINUTES = 1440;
const MOST = 32;
const whole = (least: number, most: number) => pipe(number(), integer(), minValue(least), maxValue(most));
/** Unicode's signs that a screen does not show: two slots would have one name to the eye. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}]/u;
const isPlain = (it: string): boolean => !UNSEEN.test(it.replaceAll(" ", "")) && it === it.trim();
const name = pipe(
  string(),
  minLength(1),
  check((it) => [...it].length <= 80),
  check(isPlain),
);
const minute = whole(0, DAY_MINUTES);
const vat_bp = whole(0, 10_000);
const some = <T>(item: GenericSchema<unknown, T>, least = 1) => pipe(array(item), minLength(least), maxLength(MOST));
const RULES: GenericSchema<unknown, Rules> = strictObject({
  name,
  timezone: name,
  key: picklist(["default", "static", "simple", "full"]),
  slots: some(
    strictObject({
      name,
      months: some(whole(1, 12)),
      days: some(whole(1, 7)),
      hours: pipe(array(strictTuple([minute, minute])), minLength(1), maxLength(48)),
    }),
  ),
  elements: some(
    strictObject({
      name,
      to: picklist(["producers", "organiser"]),
      rates: some(whole(0, 100_000_000)),
      vat_bp,
    }),
  ),
  fees: some(
    strictObject({ name, by: picklist(["draws", "injects", "each"]), cents: whole(0, 10_000_000), vat_bp }),
    0,
  ),
});

/** The rules that a canonical text tells. @throws EnergyFault where it tells none, or is not the one text of them */
export function readRules(text: string): Rules {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EnergyFault("rules");
  }
  const read = safeParse(RULES, value);
  if (!read.success || canonical(read.output) !== text) throw new EnergyFault("rules");
  if (!isInOrder(read.output)) throw new EnergyFault("rules");
  return read.output;
}

/** As Python has it: what a type does not say. */
function isInOrder({ elements, fees, slots, timezone }: Rules): boolean {
  const paid = [...elements, ...fees].map(({ name: of }) => of);
  const rises = (them: readonly number[]): boolean => them.every((it, at) => at === 0 || it > (them[at - 1] ?? it));
  return (
    isZone(timezone) &&
    isEachOnce(slots.map(({ name: of }) => of)) &&
    isEachOnce(paid) &&
    elements.every(({ rates }) => rates.length === slots.length) &&
    slots.every(({ days, hours, months }) => rises(months) && rises(days) && hours.every(([from, to]) => from < to)) &&
    coversTheYear(slots)
  );
}

const isEachOnce = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** Whether it is a zone's name as tzdata writes it: browsers take other capitals, and offsets, too. */
function isZone(timeZone: string): boolean {
  try {
    const known = new Intl.DateTimeFormat("en-GB", { timeZone }).resolvedOptions().timeZone;
    return /^[A-Z]/.test(timeZone) && (known === timeZone || known.toLowerCase() !== timeZone.toLowerCase());
  } catch {
    return false;
  }
}

/** Whether each minute of the year has a slot, and each slot a minute. */
function coversTheYear(slots: Rules["slots"]): boolean {
  const held = new Set<number>();
  for (let month = 1; month <= 12; month++) {
    for (let day = 1; day <= 7; day++) {
      const there = slots.map((it, place) => ({ ...it, place })).filter(isOn(month, day));
      for (let minute = 0; minute < DAY_MINUTES; minute++) {
        const found = there.find(({ hours }) => hours.some(([from, to]) => from <= minute && minute < to));
        if (!found) return false;
        held.add(found.place);
      }
    }
  }
  return held.size === slots.length;
}

const isOn =
  (month: number, day: number) =>
  ({ days, months }: TariffSlot): boolean =>
    months.includes(month) && days.includes(day);

/** What the terms of an operation bear. */
export const rulesHash = (text: string): Hex => toHex(keccak(utf8(text)));

/** JSON without spaces, its keys sorted. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}

const PARTS = { month: "numeric", weekday: "short", hour: "numeric", minute: "numeric", hourCycle: "h23" } as const;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The slot of each step: the first that holds where the step begins, by the operation's own clock.
 * @throws EnergyFault where none holds, or the time zone is none */
export function slotsOf(rules: Rules, start_s: number, step_s: number, steps: number): number[] {
  const local = clockOf(rules.timezone);
  return Array.from({ length: steps }, (_, step) => {
    const now = local(start_s + step * step_s);
    const slot = rules.slots.findIndex(
      ({ months, days, hours }) =>
        months.includes(now.month) &&
        days.includes(now.day) &&
        hours.some(([from, to]) => from <= now.minute && now.minute < to),
    );
    if (slot < 0) throw new EnergyFault("rules");
    return slot;
  });
}

interface Local {
  month: number;
  /** 1 is Monday. */
  day: number;
  /** Of the day. */
  minute: number;
}

function clockOf(timeZone: string): (moment_s: number) => Local {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, ...PARTS });
  } catch {
    throw new EnergyFault("rules");
  }
  return (moment_s) => {
    const parts = new Map(format.formatToParts(moment_s * 1000).map(({ type, value }) => [type, value] as const));
    const numbered = (part: "month" | "hour" | "minute"): number => Number(parts.get(part));
    const day = DAYS.indexOf(parts.get("weekday") ?? "") + 1;
    return { month: numbered("month"), day, minute: numbered("hour") * 60 + numbered("minute") };
  };
}
