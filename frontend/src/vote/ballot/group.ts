/**
 * The group secp256k1 over @noble/curves.
 *
 * A point is 64 bytes, x ‖ y, exactly as contracts hash it and ballots carry it; the point at infinity is 64 zero
 * bytes.
 * Scalars are bigints.
 *
 * Secret scalars go through `base` and `mulSecret` only: noble's `multiply` makes the same additions and doublings for
 * every scalar, reads every entry of its tables, and blinds the scalar with 128 random bits of the order. JavaScript's
 * bigints are not constant-time underneath, so that this is as much as a browser gives; ballots are made in a worker of
 * their own, away from other scripts' clocks, and their secrets are used once.
 */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { N, P } from "./order";
import { type Bytes, byteAt, concat, keccak, toHex, toInteger, word } from "./bytes";

export { N, P };

const Curve = secp256k1.Point;
type Element = typeof Curve.BASE;

export type Point = Bytes;
export const INFINITY: Point = new Uint8Array(64);
export const G: Point = dump(Curve.BASE);

const TABLES = 4;
const prepared = new Map<string, Element>();

/** Keeps a table of multiples of a point that will be multiplied often: a consultation's key. */
export function prepare(point: Point): void {
  const name = toHex(point);
  if (prepared.has(name)) return;
  const oldest = prepared.keys().next();
  if (prepared.size >= TABLES && !oldest.done) prepared.delete(oldest.value);
  const element = load(point);
  element.precompute(5, false);
  prepared.set(name, element);
}

export function xOf(point: Point): bigint {
  return toInteger(point.subarray(0, 32));
}

export function yOf(point: Point): bigint {
  return toInteger(point.subarray(32));
}

/** The 64 bytes of coordinates; nothing is checked. */
export function pointOf(x: bigint, y: bigint): Point {
  return concat(word(x), word(y));
}

export function isInfinity(point: Point): boolean {
  return point.every((byte) => byte === 0);
}

/** Whether these are the 64 bytes of a point of the curve other than infinity, coordinates below the prime. */
export function isPoint(data: Uint8Array): boolean {
  if (data.length !== 64) return false;
  const [x, y] = [toInteger(data.subarray(0, 32)), toInteger(data.subarray(32))];
  return x < P && y < P && (y * y - x * x * x - 7n) % P === 0n;
}

/** Whether the point may be the R of an `ecrecover`: on the curve, not infinity, abscissa below N. */
export function usable(point: Point): boolean {
  return isPoint(point) && xOf(point) < N;
}

/** `k·G` for a secret k, taken modulo N. */
export function base(k: bigint): Point {
  const scalar = mod(k, N);
  return scalar ? dump(Curve.BASE.multiply(scalar)) : INFINITY;
}

/** `k·P` for a secret k, taken modulo N. */
export function mulSecret(k: bigint, point: Point): Point {
  const scalar = mod(k, N);
  return scalar && !isInfinity(point) ? dump(element(point).multiply(scalar)) : INFINITY;
}

/** `k·P` in variable time: for public scalars only. */
export function mul(k: bigint, point: Point): Point {
  return isInfinity(point) ? INFINITY : dump(element(point).multiplyUnsafe(mod(k, N)));
}

/** `a·P + b·G` in variable time. */
export function lincomb(a: bigint, point: Point, b: bigint): Point {
  return dump(element(point).mulAddUnsafe(mod(a, N), Curve.BASE, mod(b, N)));
}

/**
 * `a·R + b·G` as the contract gets it out of `ecrecover`: nothing (`null`) when x ≥ N, when a is 0 and when the sum is
 * at infinity (SEC 1 §4.1.6 read backwards).
 */
export function recovered(a: bigint, point: Point, b: bigint): Point | null {
  if (xOf(point) >= N || !mod(a, N)) return null;
  const sum = lincomb(a, point, b);
  return isInfinity(sum) ? null : sum;
}

/** The sum of any number of points; equal, opposite and infinite ones included. */
export function add(...points: readonly Point[]): Point {
  return dump(points.reduce((sum, point) => sum.add(load(point)), Curve.ZERO));
}

/** `P + k·G` for a secret k, as `P + (k + 1)·G − G`: 0 takes the same time as any other. */
export function addSecret(point: Point, k: bigint): Point {
  return sub(add(point, base(k + 1n)), G);
}

export function neg(point: Point): Point {
  return isInfinity(point) ? point : pointOf(xOf(point), P - yOf(point));
}

export function sub(a: Point, b: Point): Point {
  return add(a, neg(b));
}

/** The 20-byte Ethereum address of the point. */
export function address(point: Point): Bytes {
  return keccak(point).slice(12);
}

/** The account whose 65-byte signature `r ‖ s ‖ v` of a digest this is; nothing when s is high or v not 27 or 28. */
export function signer(digest: Bytes, signature: Bytes): Bytes | null {
  if (signature.length !== 65) return null;
  const v = byteAt(signature, 64);
  const [r, s] = [toInteger(signature.subarray(0, 32)), toInteger(signature.subarray(32, 64))];
  if ((v !== 27 && v !== 28) || s > N / 2n || !r || !s || r >= N) return null;
  try {
    const key = new secp256k1.Signature(r, s, v - 27).recoverPublicKey(digest);
    return address(dump(key));
  } catch {
    return null;
  }
}

export function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** The inverse modulo a prime, of what is not 0. */
export function invert(value: bigint, prime: bigint): bigint {
  return (prime === N ? Curve.Fn : Curve.Fp).inv(mod(value, prime));
}

/** The first abscissae of an arithmetic progression: `start + i·step` for 0 ≤ i < count; null stands for infinity. */
export function* progression(start: Point, step: Point, count: number): Generator<bigint | null> {
  const stride = load(step);
  let next = load(start);
  for (let done = 0; done < count; done += BLOCK) {
    const block: Element[] = [];
    for (let i = done; i < Math.min(count, done + BLOCK); i++) {
      block.push(next);
      next = next.add(stride);
    }
    for (const at of normalised(block)) yield at.is0() ? null : at.X;
  }
}

const BLOCK = 512;

function normalised(block: Element[]): Element[] {
  const zs = Curve.Fp.invertBatch(block.map((at) => at.Z));
  return block.map((at, i) => (at.is0() ? at : Curve.fromAffine(at.toAffine(zs[i]))));
}

function element(point: Point): Element {
  return (prepared.size && prepared.get(toHex(point))) || load(point);
}

function load(point: Point): Element {
  if (isInfinity(point)) return Curve.ZERO;
  if (!isPoint(point)) throw new RangeError("not a point of secp256k1");
  return Curve.fromAffine({ x: xOf(point), y: yOf(point) });
}

function dump(at: Element): Point {
  const { x, y } = at.toAffine();
  return pointOf(x, y);
}
