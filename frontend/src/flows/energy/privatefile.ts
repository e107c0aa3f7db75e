/** A member's own month: her meter's curve and its seed, for her alone. As `beffroi/flows/energy/privatefile.py`. */
import { array, integer, literal, maxValue, minValue, number, picklist, pipe, safeParse, strictObject } from "valibot";
import type { Hex } from "../../vote/ballot/bytes";
import { EnergyFault } from "./faults";
import { DRAWS, INJECTS, type MeterKind } from "./header";
import { hexOf, jsonOf } from "./reading";

export interface PrivateMonth {
  op: Hex;
  period: number;
  start_s: number;
  step_s: number;
  /** The meter's id. */
  meter: Hex;
  kind: MeterKind;
  /** Whose it is. */
  member: Hex;
  /** The meter's secret. */
  seed: Hex;
  readings_wh: readonly bigint[];
  /** Steps that nobody read, and those that somebody estimated. */
  missing: readonly number[];
  estimated: readonly number[];
}

const whole = (most: number) => pipe(number(), integer(), minValue(0), maxValue(most));
const MOST = 2 ** 32 - 1;
const FILE = strictObject({
  format: literal("beffroi-energy-own-1"),
  op: hexOf(32),
  period: whole(MOST),
  start: whole(2 ** 40 - 1),
  step: whole(MOST),
  id: hexOf(32),
  kind: picklist(["draws", "injects"]),
  member: hexOf(20),
  seed: hexOf(32),
  readings: array(whole(MOST)),
  missing: array(whole(MOST)),
  estimated: array(whole(MOST)),
});

/** The month that a file's bytes tell. @throws EnergyFault where they tell none */
export function readPrivate(data: Uint8Array): PrivateMonth {
  const read = safeParse(FILE, jsonOf(data), { abortEarly: true });
  if (!read.success) throw new EnergyFault("unreadable", String(read.issues[0].path?.[0]?.key ?? "format"));
  const { estimated, id, kind, member, missing, op, period, readings, seed, start, step } = read.output;
  return {
    op,
    period,
    start_s: start,
    step_s: step,
    meter: id,
    kind: kind === "draws" ? DRAWS : INJECTS,
    member,
    seed,
    readings_wh: readings.map(BigInt),
    missing,
    estimated,
  };
}
