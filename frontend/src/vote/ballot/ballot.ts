/** A ballot: made, checked, and opened instead of cast (docs/ballot-format.md, "Ballot"). */
import { type Bytes, concat, keccak, same } from "./bytes";
import {
  add,
  addSecret,
  base,
  isInfinity,
  isPoint,
  mod,
  mulSecret,
  N,
  type Point,
  prepare,
  usable,
  xOf,
} from "./group";
import { context, type Ground } from "./params";
import { type Ciphertext, Draw, DrawAgain, type Encrypted, prove, transcript, verify } from "./proof";
import { allows, ballotLength, CIPHERTEXT, proofLength, type Rule, RuleError, statements } from "./rules";
import { words } from "./transcript";

/** What shows the content of a ballot that will not be cast: the messages and the randomness of its ciphertexts. */
export interface Opening {
  readonly messages: readonly bigint[];
  readonly randomness: readonly bigint[];
}

/**
 * A ballot and what its author keeps of it; the opening is revealed only if the ballot is audited, and then never cast.
 */
export interface Ballot {
  readonly data: Bytes;
  readonly hash: Bytes;
  readonly voter: Bytes;
  /** 0 for a first vote, one more for each re-vote. */
  readonly seq: number;
  readonly opening: Opening;
}

/** The ciphertexts at the head of a ballot. */
export function split(data: Bytes, rule: Rule): Ciphertext[] {
  return Array.from(rule.setOf, (_, i) => {
    const at = CIPHERTEXT * i;
    return {
      c1: data.slice(at, at + 64),
      c: data.slice(at + 64, at + CIPHERTEXT),
    };
  });
}

export function ciphertextsOf(data: Bytes, rule: Rule): Bytes {
  return data.slice(0, CIPHERTEXT * rule.setOf.length);
}

/**
 * Encrypts messages that the rule allows, proves it, and checks the result as the contract will.
 * @param entropy 32 random bytes at least; never the same twice.
 * @throws RuleError when the rule does not allow the messages.
 */
export function makeBallot(
  ground: Ground,
  voter: Bytes,
  seq: number,
  messages: readonly bigint[],
  entropy?: Bytes,
): Ballot {
  if (!allows(ground.rule, messages)) throw new RuleError("the rule does not allow these messages");
  prepare(ground.h);
  const ctx = context(ground.domain, voter, seq);
  const draw = new Draw(entropy, ctx, words(...messages));
  for (;;) {
    try {
      const { data, opening } = drawn(ground, ctx, messages, draw);
      if (!verifyBallot(ground, voter, seq, data))
        throw new Error("the ballot just made does not verify: faulty memory or library");
      return { data, hash: keccak(data), voter, seq, opening };
    } catch (error) {
      if (!(error instanceof DrawAgain)) throw error;
    }
  }
}

function drawn(
  { h, rule }: Ground,
  ctx: Bytes,
  messages: readonly bigint[],
  draw: Draw,
): { data: Bytes; opening: Opening } {
  const encrypted = messages.map((message) => encrypt(h, message, draw.scalar()));
  const ciphertexts = concat(...encrypted.flatMap(({ c1, c }) => [c1, c]));
  const proven = rule.sumSet ? [...encrypted, sumOf(encrypted)] : encrypted;
  if (!proven.every(({ c1, c }) => usable(c1) && !isInfinity(c))) throw new DrawAgain();
  const hashed = keccak(ciphertexts);
  const sets = statements(rule);
  const proofs = proven.map((one, i) => prove(h, transcript(ctx, hashed, i), one, sets[i] ?? [], draw));
  const opening = {
    messages: [...messages],
    randomness: encrypted.map(({ r }) => r),
  };
  return { data: concat(ciphertexts, ...proofs), opening };
}

/** `(r·G, r·h + m·G)`: ElGamal in the exponent (Cramer, Gennaro & Schoenmakers, EUROCRYPT 1997, §3). */
function encrypt(h: Point, message: bigint, r: bigint): Encrypted {
  return { c1: base(r), c: addSecret(mulSecret(r, h), message), message, r };
}

function sumOf(encrypted: readonly Encrypted[]): Encrypted {
  return {
    c1: add(...encrypted.map(({ c1 }) => c1)),
    c: add(...encrypted.map(({ c }) => c)),
    message: encrypted.reduce((sum, { message }) => sum + message, 0n),
    r: mod(
      encrypted.reduce((sum, { r }) => sum + r, 0n),
      N,
    ),
  };
}

/** Whether the contract accepts these bytes as ballot `seq` of `voter`: length, ranges, curve, every proof. */
export function verifyBallot(ground: Ground, voter: Bytes, seq: number, data: Bytes): boolean {
  const { h, rule } = ground;
  if (data.length !== ballotLength(rule)) return false;
  const proven = split(data, rule);
  if (!proven.every(({ c1, c }) => isPoint(c1) && isPoint(c))) return false;
  const hashed = keccak(ciphertextsOf(data, rule));
  if (rule.sumSet) {
    const sum = {
      c1: add(...proven.map(({ c1 }) => c1)),
      c: add(...proven.map(({ c }) => c)),
    };
    if (isInfinity(sum.c1) || isInfinity(sum.c)) return false;
    proven.push(sum);
  }
  const ctx = context(ground.domain, voter, seq);
  let at = CIPHERTEXT * rule.setOf.length;
  return statements(rule).every((set, i) => {
    const one = proven[i];
    const proof = data.subarray(at, at + proofLength(set.length));
    at += proof.length;
    return one !== undefined && xOf(one.c1) < N && verify(h, transcript(ctx, hashed, i), one, set, proof);
  });
}

/**
 * Whether a ballot that was opened instead of cast holds exactly what its opening says (Benaloh's challenge).
 *
 * The device shows the ballot's hash before it knows whether the voter casts or audits; an opening that fits proves
 * that
 * it encrypted what the voter asked for (Benaloh, "Simple verifiable elections", EVT 2006, §3).
 */
export function verifyOpening(
  ground: Ground,
  voter: Bytes,
  seq: number,
  opening: Opening,
  ballotHash: Bytes,
  data: Bytes,
): boolean {
  const { h, rule } = ground;
  const { messages, randomness } = opening;
  if (!same(keccak(data), ballotHash) || !verifyBallot(ground, voter, seq, data)) return false;
  if (!allows(rule, messages) || randomness.length !== rule.setOf.length) return false;
  return split(data, rule).every(({ c1, c }, i) => {
    const again = encrypt(h, messages[i] ?? -1n, randomness[i] ?? 0n);
    return same(again.c1, c1) && same(again.c, c);
  });
}
