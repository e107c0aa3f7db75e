/** A rule with the meaning of its counters: from a choice to messages, from totals to results. */
import { byteAt, itemAt } from "./bytes";
import { allows, M, makeRule, type Rule, RuleError } from "./rules";

export type Kind = "single" | "approval" | "points" | "levels";

export interface Question {
  readonly rule: Rule;
  readonly kind: Kind;
  /** How many the voter sees, a blank one included; of `levels`, how many promises. */
  readonly options: number;
}

/** Of a single choice, the option's number; else for each option: 0 or 1, its points, or a level (null: no opinion). */
export type Choice = number | readonly (number | null)[];

/** Answers that a ballot of a kind holds; a single choice takes the blank one for its last. */
export const MOST_OPTIONS = { single: 65, approval: 32, points: 32 } as const;
/** That an option may get, or a voter give. */
export const MOST_POINTS = 63;

/** What each opinion on a promise stands for: one opinion, and 4 − level of what is missing. */
const TOP_LEVEL = 4;
const LEVELS = Array.from({ length: TOP_LEVEL + 1 }, (_, level) => 1n + BigInt(TOP_LEVEL - level) * M);

const zeros = (count: number): Uint8Array<ArrayBuffer> => new Uint8Array(count);
const upTo = (most: number, from = 0): bigint[] => Array.from({ length: most - from + 1 }, (_, i) => BigInt(from + i));

/** One option out of so many (blank included), two counters a ciphertext, the last option implied. */
export function singleChoice(options: number): Question {
  if (options < 2 || options > MOST_OPTIONS.single) throw new RuleError("a single choice has 2 to 65 options");
  const pairs = Math.floor((options - 1) / 2);
  const odd = (options - 1) % 2;
  if (!pairs) return { rule: makeRule([[1n, 0n]], zeros(1)), kind: "single", options };
  const sets = odd
    ? [
        [1n, M, 0n],
        [1n, 0n],
      ]
    : [[1n, M, 0n]];
  const setOf = zeros(pairs + odd);
  if (odd) setOf[pairs] = 1;
  return {
    rule: makeRule(sets, setOf, setOf.length > 1 ? 1 : 0),
    kind: "single",
    options,
  };
}

/** From `minimum` to `maximum` options; a bound on the sum is proven only if there is one. */
export function approval(options: number, minimum = 0, maximum = options): Question {
  if (!(minimum >= 0 && minimum <= maximum && maximum <= options))
    throw new RuleError("0 ≤ minimum ≤ maximum ≤ options");
  const bounded = minimum > 0 || maximum < options;
  const rule = bounded
    ? makeRule([[0n, 1n], upTo(maximum, minimum)], zeros(options), 2)
    : makeRule([[0n, 1n]], zeros(options));
  return { rule, kind: "approval", options };
}

/** Up to `each` points an option and `total` in all (Toulouse 2019: 3 and 7). */
export function points(options: number, each: number, total: number): Question {
  if ([each, total].some((most) => most < 1 || most > MOST_POINTS))
    throw new RuleError(`points go from 1 to ${MOST_POINTS} an option, and in all`);
  return {
    rule: makeRule([upTo(each), upTo(total)], zeros(options), 2),
    kind: "points",
    options,
  };
}

/** Each of so many promises, from broken (0) to kept (4), or without an opinion. */
export function levels(promises: number): Question {
  return {
    rule: makeRule([[...LEVELS, 0n]], zeros(promises)),
    kind: "levels",
    options: promises,
  };
}

/** What each ciphertext encrypts for a choice.
 * @throws RuleError when the rule does not allow it. */
export function messagesOf(question: Question, choice: Choice): bigint[] {
  const messages = typeof choice === "number" ? ofOne(question, choice) : ofEach(question, choice);
  if (!allows(question.rule, messages)) throw new RuleError("the rule does not allow this choice");
  return messages;
}

function ofOne({ rule, kind, options }: Question, choice: number): bigint[] {
  if (kind !== "single" || !Number.isInteger(choice) || choice < 0 || choice >= options)
    throw new RuleError(`choose one option from 0 to ${options - 1}`);
  const place = choice >> 1;
  return Array.from(rule.setOf, (_, i) => (choice < options - 1 && i === place ? (choice % 2 ? M : 1n) : 0n));
}

function ofEach({ kind, options }: Question, choice: readonly (number | null)[]): bigint[] {
  if (kind === "single" || choice.length !== options) throw new RuleError("say something of each option");
  return choice.map((value) => {
    if (kind === "levels") return value === null ? 0n : itemAt(LEVELS, value);
    if (value === null || !Number.isInteger(value)) throw new RuleError("give each option a number");
    return BigInt(value);
  });
}

/** What one message says of its option or options; the reverse of `messagesOf`, for a ballot that was opened. */
export function choiceOf({ kind, options, rule }: Question, messages: readonly bigint[]): Choice {
  if (kind === "single") {
    const chosen = messages.findIndex((message) => message !== 0n);
    return chosen < 0 ? options - 1 : 2 * chosen + (messages[chosen] === M ? 1 : 0);
  }
  if (kind === "levels") return messages.map((message) => (message === 0n ? null : LEVELS.indexOf(message)));
  return messages.slice(0, rule.setOf.length).map(Number);
}

/** What each option got, from the counters of the result, two a ciphertext; of `levels`, see `opinionsOf`.
 * @throws RuleError when they cannot be those of so many ballots. */
export function resultsOf({ kind, options }: Question, counts: readonly number[], ballots: number): number[] {
  if (kind === "single") {
    const named = counts.slice(0, options - 1);
    const last = ballots - named.reduce((sum, count) => sum + count, 0);
    if (last < 0 || counts.slice(options - 1).some((count) => count !== 0))
      throw new RuleError("the totals exceed the number of ballots");
    return [...named, last];
  }
  if (kind === "levels") return counts.filter((_, i) => i % 2 === 0);
  if (counts.some((count, i) => i % 2 === 1 && count !== 0))
    throw new RuleError("a counter that no ballot can fill is not zero");
  return counts.filter((_, i) => i % 2 === 0);
}

/** Of an evaluation: for each promise, how many had an opinion and what they found missing (4 an opinion at most). */
export function opinionsOf(counts: readonly number[]): { opinions: number; missing: number }[] {
  return counts.flatMap((opinions, i) => (i % 2 ? [] : [{ opinions, missing: itemAt(counts, i + 1) }]));
}

/** Whether a rule is that of evaluations of promises. */
export function isEvaluation(rule: Rule): boolean {
  const own = [...LEVELS, 0n];
  return (
    rule.sumSet === 0 &&
    Array.from(rule.setOf).every((set) => {
      const messages = itemAt(rule.sets, set);
      return messages.length === own.length && own.every((message) => messages.includes(message));
    }) &&
    byteAt(rule.setOf, 0) < rule.sets.length
  );
}
