/** Periods that Python made, true and false, and what the chain has of them: tests/vectors/energy.json. */
import file from "../../../tests/vectors/energy.json?raw";
import { type PublicFile, readPublic } from "../../src/flows/energy/publicfile";
import type { Told } from "../../src/flows/energy/verify";
import type { Statement, Terms } from "../../src/flows/terms";
import { type Hex, utf8 } from "../../src/vote/ballot/bytes";

export interface Meter {
  id: Hex;
  member: Hex;
  unit: number;
  kind: number;
  since: number;
  until: number;
  commitment: Hex;
  seed: Hex;
  readings: number[];
}

export interface Period {
  name: string;
  terms: Terms;
  op: Hex;
  meters: Meter[];
  file: string;
  statement: Statement & { hash: Hex };
  roots: Record<"columns" | "cells" | "totals" | "allocations", Hex>;
  weights: Record<"consumers" | "producers", number[]>;
  given: number[][];
  lines: [Hex, number][];
}

export interface False {
  name: string;
  what: string;
  column: number | null;
  step: number | null;
  slot: number | null;
  file: string;
  statement: Statement;
}

export const VECTORS = JSON.parse(file) as {
  h: { point: Hex };
  commitments: { value: string; blinding: Hex; point: Hex }[];
  periods: Period[];
  false: False[];
};
export const ofText = (text: string): PublicFile => readPublic(utf8(text));

export function toldOf({ terms, op, meters }: Period, statement: Statement): Told {
  const known = meters.map(
    ({ id, unit, kind, since, until, member, commitment }) =>
      [id, { unit, kind, since_s: since, until_s: until, member, commitment }] as const,
  );
  const { organiser, rulesHash } = terms;
  return { op, statement, organiser, rulesHash, meters: new Map(known), now_s: 2 ** 39 };
}

export function finished<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
