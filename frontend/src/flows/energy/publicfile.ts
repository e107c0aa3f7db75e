/** A period's public file: what everybody needs to find every total, part and bill, and no reading.
 * docs/energy-format.md; as `beffroi/flows/energy/publicfile.py`. */
import {
  array,
  custom,
  integer,
  literal,
  maxLength,
  maxValue,
  minValue,
  nullable,
  number,
  pipe,
  safeParse,
  strictObject,
  strictTuple,
  string,
  transform,
} from "valibot";
import { type Hex, fromHex, toInteger } from "../../vote/ballot/bytes";
import { type Affine, COMPRESSED } from "./curve";
import { EnergyFault } from "./faults";
import { type Line, type MeterKind, NONE } from "./header";
import type { OddCell, PublicPeriod } from "./period";
import { hexOf, jsonOf } from "./reading";

export interface PublicFile {
  period: PublicPeriod;
  /** In their canonical text. */
  rules: string;
  lines: readonly Line[];
}

export const PUBLISHED = "beffroi-energy-1";
const MOST_CELLS = 2 ** 20;
const MOST_ODD = 2 ** 14;
/** What one transaction settles. */
const MOST_LINES = 2 ** 12;
const POINT_BYTES = 64;

const sized = (bits: number) => pipe(number(), integer(), minValue(0), maxValue(2 ** bits - 1));
const quantity = pipe(
  nullable(custom<Hex>((it) => typeof it === "string" && /^0x(0|[1-9a-f][0-9a-f]{0,63})$/.test(it))),
  transform((it) => (it === null ? NONE : BigInt(it))),
);
const cents = pipe(number(), integer());
const FILE = strictObject({
  format: literal(PUBLISHED),
  op: hexOf(32),
  period: sized(32),
  start: sized(40),
  step: sized(16),
  slots: sized(16),
  consumers: sized(16),
  columns: array(strictObject({ id: hexOf(32), kind: sized(8), member: hexOf(20), root: hexOf(32) })),
  totals: array(strictTuple([quantity, quantity, quantity, quantity, quantity, quantity])),
  commitments: string(),
  allocations: array(strictTuple([quantity, quantity, quantity])),
  odd: pipe(array(strictObject({ cell: sized(32), points: hexOf(3 * POINT_BYTES) })), maxLength(MOST_ODD)),
  rules: string(),
  lines: pipe(array(strictTuple([hexOf(20), cents])), maxLength(MOST_LINES)),
});

/** The period that a file's bytes tell. @throws EnergyFault where they tell none */
export function readPublic(data: Uint8Array): PublicFile {
  const read = safeParse(FILE, jsonOf(data), { abortEarly: true });
  if (!read.success) throw new EnergyFault("unreadable", String(read.issues[0].path?.[0]?.key ?? "format"));
  const { allocations, columns, consumers, odd, op, rules, slots, start, step, totals } = read.output;
  const cells = columns.length * totals.length;
  if (columns.length === 0 || totals.length === 0 || cells > MOST_CELLS) throw new EnergyFault("shape");
  if (allocations.length !== columns.length * slots) throw new EnergyFault("unreadable", "allocations");
  const commitments = ofBase64(read.output.commitments);
  if (commitments.length !== cells * COMPRESSED) throw new EnergyFault("unreadable", "commitments");
  if (!odd.every(({ cell }, place) => cell < cells && cell > (odd[place - 1]?.cell ?? -1)))
    throw new EnergyFault("unreadable", "odd");
  const given = allocations.map(([value, blinding, last]) => ({ value, blinding, last }));
  return {
    period: {
      op,
      period: read.output.period,
      start_s: start,
      step_s: step,
      slots,
      consumers,
      columns: columns.map((it) => ({ ...it, kind: it.kind as MeterKind })),
      totals: totals.map(([slot, earlier, injected, injectedBlinding, drawn, drawnBlinding]) => ({
        slot: Number(slot),
        earlier,
        injected,
        injectedBlinding,
        drawn,
        drawnBlinding,
      })),
      commitments,
      allocations: columns.map((_, column) => given.slice(column * slots, (column + 1) * slots)),
      odd: new Map(odd.map(({ cell, points }) => [cell, oddOf(points)])),
    },
    rules,
    lines: read.output.lines.map(([member, amount]) => ({ member, amount_cents: BigInt(amount) })),
  };
}

function ofBase64(text: string): Uint8Array {
  if (/[^A-Za-z0-9+/=]/.test(text)) throw new EnergyFault("unreadable", "commitments"); // atob skips spaces
  try {
    const packed = atob(text);
    // Millions of bytes: Uint8Array.from, with a function, takes a second for them.
    const bytes = new Uint8Array(packed.length);
    for (let place = 0; place < packed.length; place++) bytes[place] = packed.charCodeAt(place);
    return bytes;
  } catch {
    throw new EnergyFault("unreadable", "commitments");
  }
}

function oddOf(points: Hex): OddCell {
  const bytes = fromHex(points);
  const point = (place: number): Affine => {
    const own = bytes.subarray(place * POINT_BYTES, (place + 1) * POINT_BYTES);
    return { x: toInteger(own.subarray(0, 32)), y: toInteger(own.subarray(32)) };
  };
  return { c: point(0), a: point(1), b: point(2) };
}
