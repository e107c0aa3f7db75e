/**
 * The proof that a ciphertext encrypts one of a set of messages, made and checked (docs/ballot-format.md; why it holds:
 * docs/vote-soundness.md). Up to three branches share one pair of commitments, over E = Σ e_j and m = Σ e_j·m_j.
 */
import { type Bytes, concat, itemAt, keccak, random, same, toInteger, word } from "./bytes";
import {
  add,
  address,
  base,
  invert,
  lincomb,
  mod,
  mul,
  mulSecret,
  N,
  P,
  type Point,
  pointOf,
  recovered,
  sub,
  xOf,
  yOf,
} from "./group";
import { GROUP, proofLength } from "./rules";

/** The randomness met a forbidden value (chance about 2⁻¹²⁷): the ballot is drawn again. */
export class DrawAgain extends Error {}

/**
 * Secrets for one ballot: a stream of keccak256 over a seed, the ballot's context and its content. With a fresh seed
 * each value is uniform; with a weak or repeated one, two ballots that differ in voter, number or choice still share no
 * secret (hedged, as RFC 6979 §3.6 suggests).
 */
export class Draw {
  readonly #seed: Bytes;
  #counter = 0;

  constructor(entropy: Bytes = random(32), ...binding: readonly Bytes[]) {
    if (entropy.length < 32) throw new RangeError("32 bytes of entropy at least");
    this.#seed = keccak(entropy, ...binding);
  }

  block(): Bytes {
    return keccak(this.#seed, word(++this.#counter));
  }

  /** The next scalar of [1, N − 1], within 2⁻²⁵⁶ of uniform. */
  scalar(): bigint {
    return (toInteger(concat(this.block(), this.block())) % (N - 1n)) + 1n;
  }
}

export interface Ciphertext {
  readonly c1: Point;
  readonly c: Point;
}

/** A ciphertext `(r·G, r·h + m·G)` with what its author knows of it. */
export interface Encrypted extends Ciphertext {
  readonly message: bigint;
  readonly r: bigint;
}

/** `t0` of proof `index` of a ballot. */
export function transcript(ctx: Bytes, ciphertextsHash: Bytes, index: number): Bytes {
  return keccak(ctx, ciphertextsHash, word(index));
}

function challengeOf(t0: Bytes, j: number, seed: Uint8Array): bigint {
  return toInteger(keccak(t0, word(j), seed)) % N;
}

function xor(parts: readonly Uint8Array[]): Bytes {
  const result = new Uint8Array(32);
  for (const part of parts) for (const [i, byte] of part.entries()) result[i] = (result[i] ?? 0) ^ byte;
  return result;
}

/** Places from 0 cut in groups, in order. */
function groups(size: number): number[][] {
  const places = Array.from({ length: size }, (_, j) => j);
  return Array.from({ length: Math.ceil(size / GROUP) }, (_, g) => places.slice(GROUP * g, GROUP * g + GROUP));
}

const sumOf = (places: readonly number[], term: (j: number) => bigint): bigint =>
  places.reduce((sum, j) => sum + term(j), 0n);

const asWord = (point: Point): Bytes => concat(new Uint8Array(12), address(point));

/** The bytes of the proof that `encrypted` holds one of `messages`.
 * @throws DrawAgain with a chance of about 2⁻¹²⁷.
 * @throws RangeError when the message is not in the set. */
export function prove(h: Point, t0: Bytes, encrypted: Encrypted, messages: readonly bigint[], draw: Draw): Bytes {
  const { c1, c, message, r } = encrypted;
  const own = messages.indexOf(message);
  if (own < 0) throw new RangeError("the message is not in the set");
  const seeds = messages.map(() => draw.block());
  const e = seeds.map((seed, j) => challengeOf(t0, j + 1, seed));
  const cut = groups(messages.length).map((places) => ({
    places,
    nonce: draw.scalar(),
    own: places.includes(own),
  }));
  const commitments = cut.flatMap(({ places, nonce, own: holdsOwn }) => {
    if (holdsOwn) {
      const others = places.filter((j) => j !== own);
      const shift = sumOf(others, (j) => itemAt(e, j) * (itemAt(messages, j) - message));
      return [base(nonce), add(mulSecret(nonce, h), base(shift))];
    }
    // A simulated response is published as it is: nothing secret is multiplied here.
    const total = sumOf(places, (j) => itemAt(e, j));
    const weighted = sumOf(places, (j) => itemAt(e, j) * itemAt(messages, j));
    return [lincomb(-total, c1, nonce), add(mul(nonce, h), lincomb(-total, c, weighted))];
  });
  const closing = keccak(t0, word(0), ...commitments.map(asWord));
  seeds[own] = xor([closing, ...seeds.filter((_, j) => j !== own)]);
  e[own] = challengeOf(t0, own + 1, seeds[own]);
  const responses = cut.map(({ places, nonce, own: holdsOwn }) => {
    const total = mod(
      sumOf(places, (j) => itemAt(e, j)),
      N,
    );
    return respond(h, c, holdsOwn ? nonce + total * r : nonce, total);
  });
  return concat(...seeds, ...responses);
}

/** w = z/E, D.x with D = w·h, and λ, the slope of the line through C and −D. */
function respond(h: Point, c: Point, z: bigint, total: bigint): Bytes {
  if (!total || !mod(z, N)) throw new DrawAgain();
  const w = mod(z * invert(total, N), N);
  const d = mulSecret(w, h);
  if (xOf(d) === xOf(c) || xOf(sub(c, d)) >= N) throw new DrawAgain();
  const slope = mod((yOf(c) + yOf(d)) * invert(xOf(c) - xOf(d), P), P);
  return concat(word(w), d.subarray(0, 32), word(slope));
}

/**
 * Whether the bytes show that the ciphertext encrypts one of `messages`. Its points must be on the curve, with
 * c1.x < N (the caller checks). For each group, with D = w·h and W = C − D: a = addr(w·E·G − E·c1) and
 * b = addr(m·G − E·W); then the seeds' exclusive or is the hash of all of these.
 */
export function verify(
  h: Point,
  t0: Bytes,
  { c1, c }: Ciphertext,
  messages: readonly bigint[],
  proof: Uint8Array,
): boolean {
  const size = messages.length;
  if (proof.length !== proofLength(size)) return false;
  const wordAt = (at: number): Uint8Array => proof.subarray(at, at + 32);
  const seeds = messages.map((_, j) => wordAt(32 * j));
  const e = seeds.map((seed, j) => challengeOf(t0, j + 1, seed));
  const [cx, cy] = [xOf(c), yOf(c)];
  const commitments: Point[] = [];
  for (const [g, places] of groups(size).entries()) {
    const at = 32 * size + 96 * g;
    const [w, dx, slope] = [toInteger(wordAt(at)), toInteger(wordAt(at + 32)), toInteger(wordAt(at + 64))];
    if (!w || w >= N || dx >= P || slope >= P || dx === cx) return false;
    const dy = mod(slope * (cx - dx) - cy, P);
    if (!same(mul(w, h), pointOf(dx, dy))) return false;
    const wx = mod(slope * slope - cx - dx, P);
    const difference = pointOf(wx, mod(slope * (cx - wx) - cy, P));
    const total = mod(
      sumOf(places, (j) => itemAt(e, j)),
      N,
    );
    const a = recovered(-total, c1, w * total);
    const b = recovered(
      -total,
      difference,
      sumOf(places, (j) => itemAt(e, j) * itemAt(messages, j)),
    );
    if (!a || !b) return false;
    commitments.push(a, b);
  }
  return same(xor(seeds), keccak(t0, word(0), ...commitments.map(asWord)));
}
