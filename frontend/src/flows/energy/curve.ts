/**
 * Readings as commitments C = c·G + r·H on secp256k1: docs/energy-format.md.
 *
 * Nobody knows the logarithm of H, which is hashed to the curve: with it, a commitment would open to anything.
 */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, byteAt, concat, fromInteger, keccak, toInteger, utf8 } from "../../vote/ballot/bytes";
import { N, P } from "../../vote/ballot/order";

const Curve = secp256k1.Point;
const { Fp } = Curve;

/** A point as it is calculated with; its coordinates come by `affine`, many at once. */
export type Element = typeof Curve.BASE;
export const ZERO = Curve.ZERO;

/** A point as contracts read it; infinity is (0, 0). */
export interface Affine {
  x: bigint;
  y: bigint;
}

const INFINITY: Affine = { x: 0n, y: 0n };
const DOMAIN = utf8("Beffroi/flows/H");
const ATTEMPTS = 256;

/** H: the first keccak256("Beffroi/flows/H" ‖ counter) that is an abscissa below N, with its even root. */
export function hashedToCurve(): Affine {
  for (let counter = 0; counter < ATTEMPTS; counter++) {
    const x = toInteger(keccak(DOMAIN, new Uint8Array([counter])));
    if (x === 0n || x >= N) continue;
    const y = evenRoot(x);
    if (y !== null) return { x, y };
  }
  throw new RangeError("no abscissa found");
}

/** The even root of x³ + 7; null where it is no square. */
function evenRoot(x: bigint): bigint | null {
  try {
    const y = Fp.sqrt(Fp.create(x ** 3n + 7n));
    return y % 2n === 0n ? y : P - y;
  } catch {
    return null;
  }
}

const WINDOW_BITS = 8n;
const DIGITS = 255;

/** Multiples of a point that is multiplied thousands of times: of each byte of a scalar. */
class Table {
  readonly #windows: Element[][] = [];
  readonly #entries: Affine[][] = [];
  #base: Element;

  constructor(base: Element) {
    this.#base = base;
  }

  times(scalar: bigint): Element {
    let sum = Curve.ZERO;
    for (let rest = ((scalar % N) + N) % N, place = 0; rest > 0n; rest >>= WINDOW_BITS, place++) {
      sum = sum.add(this.#window(place)[Number(rest & BigInt(DIGITS))] ?? Curve.ZERO);
    }
    return sum;
  }

  /** Of the byte at a place, its 256 multiples, by coordinates. */
  entries(place: number): Affine[] {
    this.#entries[place] ??= affine(this.#window(place));
    return this.#entries[place];
  }

  #window(place: number): Element[] {
    while (this.#windows.length <= place) {
      const multiples = [Curve.ZERO];
      for (let digit = 1; digit <= DIGITS; digit++) multiples.push((multiples[digit - 1] as Element).add(this.#base));
      this.#windows.push(multiples);
      this.#base = (multiples[DIGITS] as Element).add(this.#base);
    }
    return this.#windows[place] as Element[];
  }
}

const ofG = new Table(Curve.BASE);
const ofH = new Table(Curve.fromAffine(hashedToCurve()));

/**
 * value·G + blinding·H, both taken modulo N: additions of a table's entries, one for each byte of them. How long it
 * takes tells how long they are, and nobody: a member's own file is checked on her own device, away from other scripts.
 */
export const commit = (value: bigint, blinding: bigint): Element => ofG.times(value).add(ofH.times(blinding));

/**
 * As many commitments at once, by coordinates: an addition to each of them takes one inversion for all, and six
 * multiplications, where one by one it takes a dozen and more.
 */
export function commitAll(values: readonly bigint[], blindings: readonly bigint[]): Affine[] {
  const sums = values.map((): Affine => INFINITY);
  for (const [table, scalars] of [
    [ofG, values],
    [ofH, blindings],
  ] as const) {
    let rest = scalars.map((it) => ((it % N) + N) % N);
    for (let place = 0; rest.some((it) => it > 0n); place++) {
      const entries = table.entries(place);
      addEach(
        sums,
        rest.map((it) => entries[Number(it & BigInt(DIGITS))] ?? INFINITY),
      );
      rest = rest.map((it) => it >> WINDOW_BITS);
    }
  }
  return sums;
}

const isNone = ({ x, y }: Affine): boolean => x === 0n && y === 0n;
const reduced = (it: bigint): bigint => ((it % P) + P) % P;

/**
 * Adds a point to each of as many sums, in place. No two have one abscissa: multiples of a base grow, below N together,
 * and where one of G is one of H somebody knows the logarithm that nobody knows.
 */
function addEach(sums: Affine[], points: readonly Affine[]): void {
  const [places, spans]: [number[], bigint[]] = [[], []];
  for (const [place, point] of points.entries()) {
    const sum = sums[place] as Affine;
    if (isNone(point)) continue;
    if (isNone(sum)) sums[place] = point;
    else {
      places.push(place);
      spans.push(reduced(point.x - sum.x));
    }
  }
  for (const [at, inverse] of Fp.invertBatch(spans).entries()) {
    const place = places[at] as number;
    const [sum, point] = [sums[place] as Affine, points[place] as Affine];
    const slope = ((point.y - sum.y) * inverse) % P;
    const x = reduced(slope * slope - sum.x - point.x);
    sums[place] = { x, y: reduced(slope * (sum.x - x) - sum.y) };
  }
}

/** k·C for a public k ≥ 0, in variable time. */
export function scaled(point: Element, k: bigint): Element {
  return k === 0n || point.is0() ? Curve.ZERO : point.multiplyUnsafe(k);
}

/** Of whose meter's month blindings are. */
export interface Month {
  /** The meter's secret, 32 bytes. */
  seed: Uint8Array;
  /** The operation's name on chain, 32 bytes. */
  op: Uint8Array;
  /** The meter's id, 32 bytes. */
  meter: Uint8Array;
  period: number;
}

const READING_BYTES = 4;

/** The blinding of each step, by readings in Wh as well: a month that is stated again is blinded otherwise. */
export function blindingsOf({ seed, op, meter, period }: Month, readings_wh: readonly bigint[]): bigint[] {
  const curve = sha256(concat(...readings_wh.map((it) => fromInteger(it, READING_BYTES))));
  const key = hmac(sha256, seed, concat(op, meter, fromInteger(period, READING_BYTES), curve));
  const keyed = hmac.create(sha256, key);
  const block = (step: number, counter: number): Uint8Array =>
    keyed
      .clone()
      .update(concat(fromInteger(step, READING_BYTES), new Uint8Array([counter])))
      .digest();
  return readings_wh.map((_, step) => toInteger(concat(block(step, 0), block(step, 1))) % N || 1n);
}

/** Coordinates of many points, by one inversion. */
export function affine(points: readonly Element[]): Affine[] {
  const inverses = Fp.invertBatch(points.map((it) => it.Z));
  return points.map((it, place) => (it.is0() ? { x: 0n, y: 0n } : it.toAffine(inverses[place])));
}

/** The point at coordinates; null where there is none: off the curve, or a coordinate too large. */
export function elementOf({ x, y }: Affine): Element | null {
  if (x === 0n && y === 0n) return Curve.ZERO;
  if (x >= P || y >= P || (y * y - x * x * x - 7n) % P !== 0n) return null;
  return Curve.fromAffine({ x, y });
}

/** Of a point in a file. */
export const COMPRESSED = 33;

/** A point of 33 bytes, as files have it: 2 or 3 for an even or an odd y, then x; infinity where they are none. */
export function decompressed(bytes: Uint8Array): Affine {
  const sign = byteAt(bytes, 0);
  const x = toInteger(bytes.subarray(1));
  const y = x > 0n && x < P && (sign === 2 || sign === 3) ? evenRoot(x) : null;
  if (y === null) return INFINITY;
  return { x, y: sign === 2 ? y : P - y };
}

/** The inverse of `decompressed`. */
export function compressed({ x, y }: Affine): Bytes {
  return concat(new Uint8Array([y % 2n === 0n ? 2 : 3]), fromInteger(x, 32));
}
