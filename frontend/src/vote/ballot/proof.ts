/**
 * The proof that a ciphertext encrypts one of a set of messages, made and checked (docs/ballot-format.md; why it holds:
 * docs/vote-soundness.md). Up to three branches are a group: they share one pair of commitments, over E = Σ e_j and
 * m = Σ e_j·m_j. The challenges hash strings that share out the commitments' hash, among groups and then in each.
 */
import { type Bytes, concat, itemAt, keccak, random, same, toInteger, word } from "./bytes";
import {
  addSecret,
  address,
  base,
  invert,
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

/** What the seeds of the group with this share add up to. */
const within = (t0: Bytes, share: Uint8Array): Bytes => keccak(t0, word(0), share);

/** The seeds of a group: those that are sent, after the first, which the group's share and the others leave. */
const seedsOf = (t0: Bytes, share: Uint8Array, others: readonly Uint8Array[]): Uint8Array[] => [
  xor([within(t0, share), ...others]),
  ...others,
];

const sum = (terms: readonly bigint[]): bigint => terms.reduce((total, term) => total + term, 0n);

const asWord = (point: Point): Bytes => concat(new Uint8Array(12), address(point));

/**
 * The bytes of the proof that `encrypted` holds one of `messages`. Every group takes the same steps: as r is known,
 * z = ω + E·r answers a group without the message as well as the one that holds it, and B = ω·h + Σ e_j·(m_j − m)·G
 * does not depend on the message's own challenge. That one alone is changed at the end.
 * @throws DrawAgain with a chance of about 2⁻¹²⁷.
 * @throws RangeError when the message is not in the set. */
export function prove(h: Point, t0: Bytes, encrypted: Encrypted, messages: readonly bigint[], draw: Draw): Bytes {
  const { c, message, r } = encrypted;
  const own = messages.indexOf(message);
  if (own < 0) throw new RangeError("the message is not in the set");
  const cut = groups(messages.length);
  const shares = cut.map(() => draw.block());
  const seeds = cut.flatMap((places, g) =>
    seedsOf(
      t0,
      itemAt(shares, g),
      places.slice(1).map(() => draw.block()),
    ),
  );
  const e = seeds.map((seed, j) => challengeOf(t0, j + 1, seed));
  const challengesOf = (places: readonly number[]): bigint[] => places.map((j) => itemAt(e, j));
  const nonces = cut.map(() => draw.scalar());
  const commitments = cut.flatMap((places, g) => {
    const nonce = itemAt(nonces, g);
    const shift = sum(places.map((j) => itemAt(e, j) * itemAt(messages, j))) - sum(challengesOf(places)) * message;
    return [base(nonce), addSecret(mulSecret(nonce, h), shift)];
  });
  const group = Math.floor(own / GROUP);
  const before = itemAt(shares, group);
  const after = xor([keccak(t0, word(0), ...commitments.map(asWord)), ...shares, before]);
  shares[group] = after;
  seeds[own] = xor([itemAt(seeds, own), within(t0, before), within(t0, after)]);
  e[own] = challengeOf(t0, own + 1, itemAt(seeds, own));
  const parts = cut.flatMap((places, g) => {
    const total = mod(sum(challengesOf(places)), N);
    const response = respond(h, c, itemAt(nonces, g) + total * r, total);
    return [itemAt(shares, g), ...places.slice(1).map((j) => itemAt(seeds, j)), response];
  });
  return concat(...parts);
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
 * b = addr(m·G − E·W); then the exclusive or of the groups' shares is the hash of all of these.
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
  const [cx, cy] = [xOf(c), yOf(c)];
  const shares: Uint8Array[] = [];
  const commitments: Point[] = [];
  let at = 0;
  const next = (): Uint8Array => {
    at += 32;
    return proof.subarray(at - 32, at);
  };
  for (const [g, places] of groups(size).entries()) {
    const [share, others] = [next(), places.slice(1).map(next)];
    const [w, dx, slope] = [toInteger(next()), toInteger(next()), toInteger(next())];
    if (!w || w >= N || dx >= P || slope >= P || dx === cx) return false;
    const dy = mod(slope * (cx - dx) - cy, P);
    if (!same(mul(w, h), pointOf(dx, dy))) return false;
    const wx = mod(slope * slope - cx - dx, P);
    const difference = pointOf(wx, mod(slope * (cx - wx) - cy, P));
    const e = seedsOf(t0, share, others).map((seed, i) => challengeOf(t0, GROUP * g + i + 1, seed));
    const total = mod(sum(e), N);
    const a = recovered(-total, c1, w * total);
    const b = recovered(-total, difference, sum(places.map((j, i) => itemAt(e, i) * itemAt(messages, j))));
    if (!a || !b) return false;
    shares.push(share);
    commitments.push(a, b);
  }
  return same(xor(shares), keccak(t0, word(0), ...commitments.map(asWord)));
}
