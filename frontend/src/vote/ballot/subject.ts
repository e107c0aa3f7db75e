/** What is asked: a question, its options, what a ballot may hold; and the hashes by which the chain refers to them. */
import { type Bytes, keccak, same, utf8 } from "./bytes";
import { approval, type Kind, levels, points, type Question, singleChoice } from "./questions";
import { type Rule, RuleError, ruleHash } from "./rules";

export interface Subject {
  readonly question: string;
  readonly options: readonly string[];
  readonly kind: Kind;
  /** Of approvals. */
  readonly minimum: number;
  /** Of approvals; of points, what one option may get. Null for no bound. */
  readonly maximum: number | null;
  /** Of points, all that a voter may give. */
  readonly total: number | null;
}

/** What a consultation says of itself on the chain. */
export interface Commitment {
  readonly questionHash: Bytes;
  readonly optionsHash: Bytes;
  readonly rule: Rule;
}

const KINDS: readonly unknown[] = ["single", "approval", "points"] satisfies Kind[];
const isKind = (value: unknown): value is Kind => KINDS.includes(value);
const STRINGS = /"(?:[^"\\]|\\.)*"/gs;
const DATA_URI = /^data:application\/json(;charset=utf-8)?;base64,/;

/** keccak256 of the options as a JSON list without spaces, in UTF-8. */
export const optionsHash = (options: readonly string[]): Bytes => keccak(utf8(JSON.stringify(options)));

/** The rule, with the meaning of its counters.
 * @throws RuleError when no ballot can have this form. */
export function questionOf({ kind, options, minimum, maximum, total }: Subject): Question {
  if (kind === "single") return singleChoice(options.length);
  if (kind === "approval") return approval(options.length, minimum, maximum ?? options.length);
  if (kind === "levels") return levels(options.length);
  if (!maximum || !total) throw new RuleError("points have a maximum and a total");
  return points(options.length, maximum, total);
}

/** A text as whoever reads it tells it from another: NFC, one space for several. */
const asRead = (text: string): string => text.normalize("NFC").split(/\s+/u).filter(Boolean).join(" ");

const isText = (value: unknown): value is string =>
  typeof value === "string" && asRead(value) !== "" && !/\p{Surrogate}/u.test(value);

const areOptions = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every(isText) && new Set(value.map(asRead)).size === value.length;

const isBound = (value: unknown): value is number | null => value === null || Number.isSafeInteger(value);

/** Reads a subject's JSON, as strictly as `beffroi.consultation.subject`; null when it is not one. */
export function parseSubject(text: string): Subject | null {
  // JSON.parse takes 3.0 for 3, which Python does not: what is no whole number has a point or an exponent.
  if (/\d[.eE]/.test(text.replace(STRINGS, ""))) return null;
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const { question, options, kind = "single", minimum = 0, maximum = null, total = null, ...unknown } = value;
    if (Object.keys(unknown).length > 0 || !isText(question) || !areOptions(options)) return null;
    if (!isKind(kind) || minimum === null || !isBound(minimum) || !isBound(maximum) || !isBound(total)) return null;
    const subject: Subject = { question, options, kind, minimum, maximum, total };
    questionOf(subject);
    return subject;
  } catch {
    return null;
  }
}

/** The subject that stands in the opening event itself; null when the text is elsewhere. */
export function subjectOfUri(uri: string): Subject | null {
  if (!DATA_URI.test(uri)) return null;
  try {
    return parseSubject(fromBase64(uri.replace(DATA_URI, "")));
  } catch {
    return null;
  }
}

/** The whole subject as an address that needs no server, which `subjectOfUri` reads. */
export function dataUriOf({ question, options, kind, minimum, maximum, total }: Subject): string {
  const bytes = utf8(JSON.stringify({ question, options, kind, minimum, maximum, total }));
  return `data:application/json;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}

/** UTF-8 text in base64.
 * @throws DOMException or TypeError when it is not. */
export function fromBase64(text: string): string {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** Whether this text is what the consultation puts to the vote. */
export function isOf(subject: Subject, { questionHash, optionsHash: options, rule }: Commitment): boolean {
  try {
    return (
      same(keccak(utf8(subject.question)), questionHash) &&
      same(optionsHash(subject.options), options) &&
      same(ruleHash(questionOf(subject).rule), ruleHash(rule))
    );
  } catch (error) {
    if (error instanceof RuleError || error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * What judges these promises, if their texts are those of the consultation (`Promises` vouches for the question).
 * @param sealed what the options' hash is of, where it is not of the texts: their addresses, as a script seals them.
 */
export function judgement(
  texts: readonly string[],
  { optionsHash: options, rule }: Commitment,
  sealed: readonly string[] = texts,
): Subject | null {
  const fits =
    same(optionsHash(sealed), options) &&
    texts.length === rule.setOf.length &&
    same(ruleHash(levels(texts.length).rule), ruleHash(rule));
  return fits ? { question: "", options: texts, kind: "levels", minimum: 0, maximum: null, total: null } : null;
}
