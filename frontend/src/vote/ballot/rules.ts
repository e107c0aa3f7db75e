/**
 * Rules of a consultation: what each ciphertext may encrypt, what a choice encrypts, what a total says
 * (docs/ballot-format.md, "Rule").
 */
import { byteAt, type Bytes, concat, itemAt, keccak } from "./bytes";
import { words } from "./transcript";

/** Weight of a message's second counter; more than any counter may reach. */
export const M = 1n << 24n;
/** Branches that share one pair of commitments in a proof. */
export const GROUP = 3;
/** Bytes of a ciphertext. */
export const CIPHERTEXT = 128;

export class RuleError extends Error {}

export interface Rule {
  /** The sets of messages. */
  readonly sets: readonly (readonly bigint[])[];
  /** For each ciphertext, the number of its set. */
  readonly setOf: Bytes;
  /** 0 when the sum of the ciphertexts is not bounded, otherwise 1 + the number of its set. */
  readonly sumSet: number;
}

/** @throws RuleError when no contract would take it. */
export function makeRule(sets: readonly (readonly bigint[])[], setOf: Bytes, sumSet = 0): Rule {
  const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;
  if (!within(setOf.length, 1, 32) || !within(sets.length, 1, 32))
    throw new RuleError("a rule has 1 to 32 ciphertexts and 1 to 32 sets");
  if (Math.max(...setOf) >= sets.length || !within(sumSet, 0, sets.length))
    throw new RuleError("a set is named that does not exist");
  if (sets.some((set) => !within(set.length, 1, 64))) throw new RuleError("a set has 1 to 64 messages");
  if (sets.flat().some((message) => message < 0n || message >= M * M))
    throw new RuleError("a message is two counters below 2^24");
  return { sets, setOf, sumSet };
}

/** keccak256(abi.encode(rule)). */
export function ruleHash({ sets, setOf, sumSet }: Rule): Bytes {
  const arrays = sets.map((set) => words(set.length, ...set));
  const places: number[] = [];
  let place = 32 * arrays.length;
  for (const array of arrays) {
    places.push(place);
    place += array.length;
  }
  const encodedSets = concat(words(arrays.length, ...places), ...arrays);
  const encodedSetOf = concat(words(setOf.length), setOf, new Uint8Array((32 - (setOf.length % 32)) % 32));
  return keccak(words(32, 96, 96 + encodedSets.length, sumSet), encodedSets, encodedSetOf);
}

/** The set of messages of each proof of a ballot: one for each ciphertext, then the sum's if it has one. */
export function statements(rule: Rule): (readonly bigint[])[] {
  const own = Array.from(rule.setOf, (set) => itemAt(rule.sets, set));
  return rule.sumSet ? [...own, itemAt(rule.sets, rule.sumSet - 1)] : own;
}

/** Bytes of a proof over so many branches. */
export function proofLength(branches: number): number {
  return 32 * branches + 96 * Math.ceil(branches / GROUP);
}

export function ballotLength(rule: Rule): number {
  return CIPHERTEXT * rule.setOf.length + statements(rule).reduce((sum, set) => sum + proofLength(set.length), 0);
}

/** The two counters packed in a message. */
function counters(message: bigint): [low: number, high: number] {
  return [Number(message % M), Number(message / M)];
}

/** The greatest value of each of the two counters in one ballot's ciphertext. */
export function maxima(rule: Rule, ciphertext: number): [low: number, high: number] {
  const pairs = itemAt(rule.sets, byteAt(rule.setOf, ciphertext)).map(counters);
  return [Math.max(...pairs.map(([low]) => low)), Math.max(...pairs.map(([, high]) => high))];
}

export function allows(rule: Rule, messages: readonly bigint[]): boolean {
  return (
    messages.length === rule.setOf.length &&
    messages.every((message, i) => itemAt(rule.sets, byteAt(rule.setOf, i)).includes(message)) &&
    (!rule.sumSet || itemAt(rule.sets, rule.sumSet - 1).includes(messages.reduce((sum, m) => sum + m, 0n)))
  );
}

/** Whether no counter can reach M when everyone on the roll votes for its maximum. */
export function fits(rule: Rule, rollSize: number): boolean {
  return Array.from(rule.setOf).every((_, i) => Math.max(...maxima(rule, i)) * rollSize < Number(M));
}
