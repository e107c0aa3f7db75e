/** A period as it is stated: its header, and what stands in each of its trees. docs/energy-format.md. */
import { type Bytes, type Hex, concat, fromHex, fromInteger, keccak } from "../../vote/ballot/bytes";
import type { Affine } from "./curve";

export interface Header {
  op: Hex;
  period: number;
  /** Unix seconds of its first step. */
  start_s: number;
  step_s: number;
  steps: number;
  consumers: number;
  columns: number;
  /** Of the tariff. */
  slots: number;
  columnsRoot: Hex;
  cellsRoot: Hex;
  allocationsRoot: Hex;
}

/** What the commitments of a step add up to, per kind. */
export interface Total {
  /** Of the tariff, at this step. */
  slot: number;
  /** The latest earlier step of that slot; `NONE` for the first. */
  earlier: bigint;
  /** Wh injected, and the blindings of it. */
  injected: bigint;
  injectedBlinding: bigint;
  /** Wh drawn. */
  drawn: bigint;
  drawnBlinding: bigint;
}

/** An opening of a column's sum over a slot. */
export interface Allocation {
  /** In 2⁻³² Wh. */
  value: bigint;
  blinding: bigint;
  /** The slot's last step; `NONE` where it has none. */
  last: bigint;
}

export const DRAWS = 1;
export const INJECTS = 2;
export type MeterKind = typeof DRAWS | typeof INJECTS;

/** What a member owes for a period. */
export interface Line {
  member: Hex;
  /** Above zero what she pays, below what she is paid. */
  amount_cents: bigint;
}

/** None earlier. */
export const NONE = 2n ** 256n - 1n;

const WORD = 32;
const LIMB = 64n;

/** Words one after another, a million times in a large period: written by limbs, not by digits. */
function words(...all: readonly (bigint | number)[]): Bytes {
  const data = new DataView(new ArrayBuffer(all.length * WORD));
  for (const [place, value] of all.entries()) {
    let rest = BigInt(value);
    if (rest < 0n || rest >> 256n) throw new RangeError("not a word");
    for (let at = (place + 1) * WORD - 8; rest > 0n; at -= 8, rest >>= LIMB)
      data.setBigUint64(at, BigInt.asUintN(64, rest));
  }
  return new Uint8Array(data.buffer);
}

/** Clearing's readingsRoot. */
export const headerHash = (it: Header): Bytes =>
  keccak(
    fromHex(it.op),
    words(it.period, it.start_s, it.step_s, it.steps, it.consumers, it.columns, it.slots),
    fromHex(it.columnsRoot),
    fromHex(it.cellsRoot),
    fromHex(it.allocationsRoot),
  );

export const readingLeaf = (step: number, { x, y }: Affine): Bytes => keccak(words(step, x, y));

/** What an agent commits to. */
export const steppedHash = (start_s: number, step_s: number, steps: number, root: Uint8Array): Bytes =>
  keccak(words(start_s, step_s, steps), root);

export const columnLeaf = (id: Hex, kind: MeterKind, root: Uint8Array): Bytes => keccak(fromHex(id), words(kind), root);

export const cellLeaf = (c: Affine, a: Affine, b: Affine): Bytes => keccak(words(c.x, c.y, a.x, a.y, b.x, b.y));

export const totalLeaf = (it: Total): Bytes =>
  keccak(words(it.slot, it.earlier, it.injected, it.injectedBlinding, it.drawn, it.drawnBlinding));

export const allocationLeaf = ({ value, blinding, last }: Allocation): Bytes => keccak(words(value, blinding, last));

const ADDRESS_BYTES = 20;
const padded = (address: Hex): Bytes => concat(new Uint8Array(32 - ADDRESS_BYTES), fromHex(address));

/** `abi.encode` of an int64. */
const signed = (value: bigint): Bytes => fromInteger(BigInt.asUintN(256, value), 32);

/** keccak256 of `abi.encode(lines)`. */
export const linesHash = (lines: readonly Line[]): Bytes =>
  keccak(
    words(32, lines.length),
    ...lines.map(({ member, amount_cents }) => concat(padded(member), signed(amount_cents))),
  );
