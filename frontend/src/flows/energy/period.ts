/** A period as everybody has it: columns, commitments, totals, allocations; and its roots. */
import { type Hex, fromHex, toHex } from "../../vote/ballot/bytes";
import { N } from "../../vote/ballot/order";
import { type Affine, COMPRESSED, type Element, decompressed, elementOf } from "./curve";
import {
  type Allocation,
  DRAWS,
  type Header,
  INJECTS,
  type MeterKind,
  type Total,
  allocationLeaf,
  cellLeaf,
  columnLeaf,
  readingLeaf,
  steppedHash,
  totalLeaf,
} from "./header";
import { coefficients, sumsOf } from "./sums";
import { Leaves } from "./tree";

interface Column {
  id: Hex;
  /** As it is stated; its place decides with which it is summed. */
  kind: MeterKind;
  member: Hex;
  /** Of its commitments, as its agent committed it. */
  root: Hex;
}

/** A cell that is stated otherwise than the rest gives it. */
export interface OddCell {
  c: Affine;
  a: Affine;
  b: Affine;
}

export interface PublicPeriod {
  op: Hex;
  period: number;
  start_s: number;
  step_s: number;
  /** Of the tariff. */
  slots: number;
  /** How many columns draw: they come first. */
  consumers: number;
  columns: readonly Column[];
  /** Of each step. */
  totals: readonly Total[];
  /** C of each step of each column, column by column, 33 bytes each. */
  commitments: Uint8Array;
  /** Of each slot of each column. */
  allocations: readonly (readonly Allocation[])[];
  /** By place: column × steps + step. A true period has none. */
  odd: ReadonlyMap<number, OddCell>;
}

const MOST = { steps: 9_000, columns: 512, slots: 32, cells: 2 ** 20 };
const STEP_S = { least: 300, most: 3_600 };

/** Whether its sizes are those that a period may have. */
export function isShapely({ columns, consumers, slots, step_s, totals }: PublicPeriod): boolean {
  const [M, T] = [columns.length, totals.length];
  return (
    T > 0 &&
    T <= MOST.steps &&
    M > 0 &&
    M <= MOST.columns &&
    consumers <= M &&
    slots > 0 &&
    slots <= MOST.slots &&
    M * T <= MOST.cells &&
    step_s >= STEP_S.least &&
    step_s <= STEP_S.most
  );
}

export const kindAt = ({ consumers }: PublicPeriod, column: number): MeterKind =>
  column < consumers ? DRAWS : INJECTS;

/** A column's commitments as files have them, 33 bytes a step. */
export function compressedCurve({ commitments, totals }: PublicPeriod, column: number): Uint8Array {
  const length = totals.length * COMPRESSED;
  return commitments.subarray(column * length, (column + 1) * length);
}

/** The same as points, odd ones as they are stated. */
function curveOf(period: PublicPeriod, column: number): Affine[] {
  const { odd, totals } = period;
  const bytes = compressedCurve(period, column);
  return totals.map(
    (_, step) =>
      odd.get(column * totals.length + step)?.c ??
      decompressed(bytes.subarray(step * COMPRESSED, (step + 1) * COMPRESSED)),
  );
}

/** The root over a meter's commitments. */
export function committedRoot(curve: readonly Affine[]): Hex {
  const leaves = new Leaves(curve.length);
  for (const [step, point] of curve.entries()) leaves.push(readingLeaf(step, point));
  return toHex(leaves.root);
}

/** What its agent commits to on chain: the steps with the root, so that nobody reads more leaves than there are. */
export const commitmentTo = ({ start_s, step_s, totals }: PublicPeriod, root: Hex): Hex =>
  toHex(steppedHash(start_s, step_s, totals.length, fromHex(root)));

export function totalsRoot({ totals }: Pick<PublicPeriod, "totals">): Hex {
  const leaves = new Leaves(totals.length);
  for (const total of totals) leaves.push(totalLeaf(total));
  return toHex(leaves.root);
}

/** The first cell that is not as it should be, and what of it. */
interface CellFault {
  at: { column: number; step: number };
  falsity: "Point" | "Sum" | "ColumnSum";
}

/** What all cells of a period make. */
export interface Cells {
  root: Hex;
  /** Of each column's commitments. */
  committed: readonly Hex[];
  /** A at the end of each slot of each column. */
  ends: readonly (readonly Element[])[];
  /** B of the last column of each kind, by step; null where there is no such column. */
  drawn: readonly Element[] | null;
  injected: readonly Element[] | null;
  fault: CellFault | null;
}

/** Every sum of a period, column by column: minutes for a large one. Yields how much is done, 0 to 1. */
export function* cellsOf(period: PublicPeriod): Generator<number, Cells> {
  const { columns, slots, totals } = period;
  const ks = totals.map(coefficients);
  const order = totals.map(({ slot }) => slot);
  const leaves = new Leaves(columns.length * totals.length);
  const committed: Hex[] = [];
  const ends: Element[][] = [];
  const last: { [Kind in MeterKind]: Element[] | null } = { [DRAWS]: null, [INJECTS]: null };
  let fault: CellFault | null = null;
  for (let column = 0; column < columns.length; column++) {
    const kind = kindAt(period, column);
    const curve = curveOf(period, column);
    const points = curve.map(elementOf);
    const own = ks.map((it) => (kind === DRAWS ? it.draws : it.injects));
    const sums = sumsOf(points, order, own, last[kind], slots);
    for (const [step, c] of curve.entries()) {
      const given = { c, a: sums.a[step] as Affine, b: sums.b[step] as Affine };
      const stated = period.odd.get(column * totals.length + step) ?? given;
      const falsity = faultOf(points[step] ?? null, stated, given);
      if (falsity) fault ??= { at: { column, step }, falsity };
      leaves.push(cellLeaf(c, stated.a, stated.b));
    }
    committed.push(committedRoot(curve));
    ends.push(sums.ends);
    last[kind] = sums.next;
    yield (column + 1) / columns.length;
  }
  return { root: toHex(leaves.root), committed, ends, drawn: last[DRAWS], injected: last[INJECTS], fault };
}

function faultOf(point: Element | null, stated: OddCell, given: OddCell): CellFault["falsity"] | null {
  const areNone = stated !== given && (elementOf(stated.a) === null || elementOf(stated.b) === null);
  if (point === null || point.is0() || stated.c.x >= N || areNone) return "Point";
  if (!isSame(stated.a, given.a)) return "Sum";
  return isSame(stated.b, given.b) ? null : "ColumnSum";
}

const isSame = (one: Affine, other: Affine): boolean => one.x === other.x && one.y === other.y;

/** Its header, by the root of its cells. */
export function headerOf(period: PublicPeriod, cellsRoot: Hex): Header {
  const { allocations, columns, slots, totals } = period;
  const columnLeaves = new Leaves(columns.length);
  for (const { id, kind, root } of columns) columnLeaves.push(columnLeaf(id, kind, fromHex(root)));
  const allocationLeaves = new Leaves(columns.length * slots);
  for (const allocation of allocations.flat()) allocationLeaves.push(allocationLeaf(allocation));
  return {
    op: period.op,
    period: period.period,
    start_s: period.start_s,
    step_s: period.step_s,
    steps: totals.length,
    consumers: period.consumers,
    columns: columns.length,
    slots,
    columnsRoot: toHex(columnLeaves.root),
    cellsRoot,
    allocationsRoot: toHex(allocationLeaves.root),
  };
}
