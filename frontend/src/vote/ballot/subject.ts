/** What is asked: a question, its options, what a ballot may hold; and the hashes by which the chain refers to them. */
import { type Bytes, keccak, same, utf8 } from "./bytes";
import {
  approval,
  type Kind,
  levels,
  MOST_OPTIONS,
  MOST_POINTS,
  points,
  type Question,
  singleChoice,
} from "./questions";
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

/** What is wrong with the text of a question: each has its sentence in the words. */
export type SubjectFault =
  | "noQuestion" // no object in JSON
  | "unknown" // a key of no question
  | "again" // a key twice
  | "text" // no text, or one that says nothing
  | "strange" // a character that shows nothing and moves what is shown
  | "options" // not so many texts as a ballot of its kind takes
  | "twice" // two options that read the same
  | "kind" // none of the kinds
  | "number" // no whole number
  | "bound"; // a number out of bounds, or that its kind does not have

/** A text that is no question, as `beffroi.consultation.subject` refuses it. */
export class SubjectError extends Error {
  override name = "SubjectError";
  readonly fault: SubjectFault;
  /** Under which it stands; empty where the whole is wrong. */
  readonly key: string;

  constructor(fault: SubjectFault, key: string) {
    super(`${fault}: ${key}`);
    this.fault = fault;
    this.key = key;
  }
}

type Asked = "single" | "approval" | "points";
const KINDS: readonly unknown[] = ["single", "approval", "points"] satisfies Asked[];
const isKind = (value: unknown): value is Asked => KINDS.includes(value);
/** Strings, of which keys end in a colon, and numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*/gs;
const DATA_URI = /^data:application\/json(;charset=utf-8)?;base64,/;

/** keccak256 of the options as a JSON list without spaces, in UTF-8. */
export const optionsHash = (options: readonly string[]): Bytes => keccak(utf8(JSON.stringify(options)));

/** The rule, with the meaning of its counters.
 * @throws RuleError when no ballot can have this form. */
export function questionOf({ kind, options, minimum, maximum, total }: Subject): Question {
  if (kind === "single") return singleChoice(options.length);
  if (kind === "approval") return approval(options.length, minimum, maximum ?? options.length);
  if (kind === "levels") return levels(options.length);
  return points(options.length, maximum ?? 0, total ?? 0);
}

/** What shows nothing: hyphens that only a line's end shows, spaces of no width, marks of direction. */
const UNSEEN = /\u00ad|[\u200b-\u200f]|\u2060|\ufeff/gu;
/** Control characters too: they show nothing else. */
const SPACES = /[\p{White_Space}\p{Cc}]+/u;

/** A text as whoever reads it tells it from another: NFC, one space for several, nothing that shows nothing. */
export const asRead = (text: string): string =>
  text.replace(UNSEEN, "").normalize("NFC").split(SPACES).filter(Boolean).join(" ");

const isText = (value: unknown): value is string =>
  typeof value === "string" && asRead(value) !== "" && !/\p{Surrogate}/u.test(value);

/** Control characters, ends of lines and paragraphs, marks of direction. */
const STRANGE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
/** Whether a text holds nothing that moves what is shown. */
export const isPlain = (text: string): boolean => !STRANGE.test(text);

const isBound = (value: unknown): value is number | null => value === null || Number.isInteger(value);

function must(hold: boolean, fault: SubjectFault, key = ""): asserts hold {
  if (!hold) throw new SubjectError(fault, key);
}

/** What JSON.parse passes over and Python does not: a key twice, and 3.0 or 1e3 for whole numbers. */
function requirePlain(text: string): void {
  const seen = new Set<string>();
  let last = "";
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (colon !== undefined) {
      last = JSON.parse(token.slice(0, -colon.length)) as string;
      must(!seen.has(last), "again", last);
      seen.add(last);
    } else if (!token.startsWith('"')) must(!/[.eE]/.test(token), "number", last);
  }
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  must(typeof value === "object" && value !== null && !Array.isArray(value), "noQuestion");
  requirePlain(text);
  return value as Readonly<Record<string, unknown>>;
}

/** Reads a subject's JSON, as strictly as `beffroi.consultation.subject`.
 * @throws SubjectError */
export function parseSubject(text: string): Subject {
  const { question, options, kind = "single", minimum = 0, maximum = null, total = null, ...unknown } = objectOf(text);
  const [strange] = Object.keys(unknown);
  must(strange === undefined || isText(strange), "noQuestion");
  must(strange === undefined, "unknown", strange);
  must(isText(question), "text", "question");
  must(Array.isArray(options) && options.length > 0 && options.every(isText), "options", "options");
  must(isPlain(question), "strange", "question");
  must(options.every(isPlain), "strange", "options");
  must(new Set(options.map(asRead)).size === options.length, "twice", "options");
  must(isKind(kind), "kind", "kind");
  must(minimum !== null && isBound(minimum), "number", "minimum");
  must(isBound(maximum), "number", "maximum");
  must(isBound(total), "number", "total");
  requireBounds(kind, options.length, { minimum, maximum, total });
  return { question, options, kind, minimum, maximum, total };
}

type Numbers = Pick<Subject, "minimum" | "maximum" | "total">;

/** Lets no number pass that a ballot of its kind cannot prove, or would pass over in silence. */
function requireBounds(kind: Asked, size: number, numbers: Numbers): void {
  must(size >= (kind === "single" ? 2 : 1) && size <= MOST_OPTIONS[kind], "options", "options");
  const bounds: Partial<Record<keyof Numbers, readonly [number, number]>> = {
    single: {},
    approval: { minimum: [0, size], maximum: [numbers.minimum, size] } as const,
    points: { maximum: [1, MOST_POINTS], total: [1, MOST_POINTS] } as const,
  }[kind];
  for (const name of ["minimum", "maximum", "total"] as const) {
    const number = numbers[name];
    const [low, high] = bounds[name] ?? [0, 0];
    if (number === null && (kind === "approval" || !(name in bounds))) continue;
    must(number !== null && number >= low && number <= high, "bound", name);
  }
}

/** The subject that stands in the opening event itself; null when the text is elsewhere.
 * @throws SubjectError when what stands there is no question. */
export function subjectOfUri(uri: string): Subject | null {
  if (!DATA_URI.test(uri)) return null;
  return parseSubject(textOf(uri.replace(DATA_URI, "")));
}

function textOf(base64: string): string {
  try {
    return fromBase64(base64);
  } catch {
    throw new SubjectError("noQuestion", "");
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
 * What judges these promises, if they are those of the consultation.
 * @param question the hash that binds it to their texts, `judgedQuestion`; the options' hash repeats it.
 */
export function judgement(texts: readonly string[], question: Bytes, commitment: Commitment): Subject | null {
  const { questionHash, optionsHash: options, rule } = commitment;
  const fits =
    same(question, questionHash) &&
    same(question, options) &&
    same(ruleHash(levels(texts.length).rule), ruleHash(rule));
  return fits ? { question: "", options: texts, kind: "levels", minimum: 0, maximum: null, total: null } : null;
}
