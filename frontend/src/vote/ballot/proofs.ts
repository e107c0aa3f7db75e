/**
 * The trustees' two proofs: knowledge of a discrete logarithm, equality of two (docs/ceremony-format.md). The response
 * of the second is sent as w = z/e with the point w·B, as `Dleq.sol` wants it.
 */
import { type Bytes, same } from "./bytes";
import {
  address,
  base,
  invert,
  isInfinity,
  isPoint,
  lincomb,
  mod,
  mul,
  mulSecret,
  N,
  neg,
  type Point,
  sub,
  usable,
} from "./group";
import { challenge, tag } from "./transcript";

const TAG_KNOWLEDGE = tag("beffroi.vote.knowledge");
const TAG_DLEQ = tag("beffroi.vote.dleq");

export interface Knowledge {
  readonly e: bigint;
  readonly z: bigint;
}

export interface Dleq {
  readonly e: bigint;
  readonly w: bigint;
  readonly p: Point;
}

const inRange = (scalar: bigint): boolean => scalar > 0n && scalar < N;

/** Whether e = H(TAG, ctx, X, addr(z·G − e·X)) with every value in its range. */
export function verifyKnowledge(ctx: Bytes, key: Point, { e, z }: Knowledge): boolean {
  if (!inRange(e) || !inRange(z) || !usable(key)) return false;
  const a = lincomb(-e, key, z);
  return !isInfinity(a) && e === challenge(TAG_KNOWLEDGE, ctx, key, address(a));
}

/**
 * e = H(TAG, ctx, X, addr(ω·G)), z = ω + e·x.
 * @param omega a nonce of [1, N − 1]; the same under another context reveals the secret.
 */
export function proveKnowledge(ctx: Bytes, x: bigint, omega: bigint): Knowledge {
  const e = challenge(TAG_KNOWLEDGE, ctx, base(x), address(base(omega)));
  return { e, z: mod(omega + e * x, N) };
}

/**
 * The point D = x·B and the proof that it has the logarithm of X = x·G.
 * @param omega a nonce of [1, N − 1]; the same under another statement reveals the secret.
 */
export function proveDleq(ctx: Bytes, x: bigint, b: Point, omega: bigint): [Point, Dleq] {
  const d = mulSecret(x, b);
  const e = challenge(TAG_DLEQ, ctx, b, base(x), d, address(base(omega)), address(mulSecret(omega, b)));
  const w = mod(omega * invert(e, N) + x, N);
  return [d, { e, w, p: mulSecret(w, b) }];
}

/** Whether D has to B the logarithm that `key` has to G: a = addr(w·e·G − e·X), b = addr(−e·W) with W = D − w·B. */
export function verifyDleq(ctx: Bytes, b: Point, key: Point, d: Point, { e, w, p }: Dleq): boolean {
  if (!inRange(e) || !inRange(w) || !usable(b) || !usable(key) || !isPoint(d)) return false;
  if (!same(mul(w, b), p)) return false;
  const difference = sub(d, p);
  if (!usable(difference)) return false;
  const first = lincomb(-e, key, w * e);
  const second = neg(mul(e, difference));
  if (isInfinity(first) || isInfinity(second)) return false;
  return e === challenge(TAG_DLEQ, ctx, b, key, d, address(first), address(second));
}
