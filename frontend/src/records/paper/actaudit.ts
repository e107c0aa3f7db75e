/** What a reader of a register of acts must be told, as `beffroi.records.actaudit` tells it. */
import type { Hex } from "../../vote/ballot/bytes";
import type { Act, PublishedActs } from "./actsfile";

/** A council's deliberations are listed within a week (CGCT L2121-25). */
const WITHIN_DAYS = 7;
const DAY_S = 86_400;
const NUMBER = /^(.*?)([0-9]+)([A-Za-z]?)$/s;
const YEAR = /(19|20)[0-9]{2}\D+$/s;
/** A number of more digits is none that one counts by. */
const MOST_DIGITS = 15;
/** Missing numbers in a row that are told one by one; of more, the first and the last. */
const MOST_TOLD = 20;

/** A batch as the chain, or the town, tells of it. */
export interface IssuedBatch {
  root: Hex;
  first: number;
  count: number;
  /** Unix seconds. */
  issued: number;
}

/** A call on the chain that a council decides, as the site lists it. */
export interface ListedCall {
  what: string;
  hash: Hex;
  transaction: Hex;
  /** When; unix seconds. */
  at: number;
}

export interface Call extends ListedCall {
  /** Whether the site alone says what was called: a node was not asked, or cannot tell. */
  isToldOnly: boolean;
}

export type ActProblem =
  | { kind: "late"; days: number }
  | { kind: "early"; day: string }
  | { kind: "noDay" }
  | { kind: "takenBack" }
  | { kind: "notDone" }
  | { kind: "doneTwice"; times: number }
  | { kind: "doneOnce"; acts: number } // and authorised by several
  | { kind: "doneBefore"; at_s: number };

export type RegisterProblem =
  | { kind: "unpublished"; first: number; last: number; issued_s: number }
  | { kind: "notOnChain"; root: Hex; count: number }
  | { kind: "missing"; number: string; last: string | null } // the last of many in a row
  | { kind: "twice"; number: string }
  | { kind: "noNumber"; number: string }
  | { kind: "unauthorised"; call: Call };

export interface AuditedAct {
  act: Act;
  /** The council's own. */
  number: string;
  issued_s: number;
  /** The calls that carried it out. */
  executedBy: readonly Call[];
  problems: readonly ActProblem[];
}

/** A register, audited: its acts in the order of the chain. */
export interface ActsAudit {
  acts: readonly AuditedAct[];
  problems: readonly RegisterProblem[];
}

const lower = (hex: string): string => hex.toLowerCase();
const utcDay = (at_s: number): number => Math.floor(at_s / DAY_S);

/**
 * Compares a register's files with what was issued, and its acts with the calls that were made. Acts that were revoked
 * or disowned, by their places, authorise nothing.
 */
export function auditActs(
  issued: readonly IssuedBatch[],
  published: readonly PublishedActs[],
  calls: readonly Call[],
  takenBack: Pick<ReadonlySet<number>, "has"> = new Set(),
): ActsAudit {
  const known = new Map(published.map((batch) => [lower(batch.root), batch] as const));
  const problems: RegisterProblem[] = [];
  const listed: { act: Act; issued_s: number }[] = [];
  for (const { root, first, count, issued: issued_s } of [...issued].sort((a, b) => a.first - b.first)) {
    const batch = known.get(lower(root));
    known.delete(lower(root));
    if (batch && batch.first === first && batch.acts.length === count) {
      listed.push(...batch.acts.map((act) => ({ act, issued_s })));
    } else problems.push({ kind: "unpublished", first, last: first + count - 1, issued_s });
  }
  for (const { root, acts } of known.values()) problems.push({ kind: "notOnChain", root, count: acts.length });
  problems.push(...gaps(listed.map(({ act }) => numberOf(act))));
  const standing = listed.filter(({ act }) => !takenBack.has(act.place));
  const authorised = new Map<string, number>();
  for (const { act } of standing) {
    const hash = authorisedBy(act);
    if (hash) authorised.set(hash, (authorised.get(hash) ?? 0) + 1);
  }
  for (const call of calls) if (!authorised.has(lower(call.hash))) problems.push({ kind: "unauthorised", call });
  const acts = listed.map(({ act, issued_s }) =>
    audited(act, issued_s, calls, takenBack.has(act.place) ? null : authorised),
  );
  return { acts, problems };
}

const numberOf = ({ values }: Act): string => values["delib_id"] ?? "";

/** The hash of the call that an act authorises. */
export function authorisedBy({ values }: Act): string | null {
  const hash = values["authorises"];
  return hash ? lower(hash) : null;
}

function audited(
  act: Act,
  issued_s: number,
  calls: readonly Call[],
  /** By how many acts each call is authorised; null where the act was taken back. */
  authorised: ReadonlyMap<string, number> | null,
): AuditedAct {
  const day = act.values["delib_date"] ?? "";
  const days = utcDay(issued_s) - utcDay(Date.parse(`${day}T00:00Z`) / 1000);
  const hash = authorised && authorisedBy(act);
  const acts = authorised?.get(hash ?? "") ?? 0;
  const executedBy = calls.filter((call) => lower(call.hash) === hash);
  const problems: ActProblem[] = [];
  if (Number.isNaN(days)) problems.push({ kind: "noDay" });
  if (days > WITHIN_DAYS) problems.push({ kind: "late", days });
  if (days < 0) problems.push({ kind: "early", day });
  if (hash && executedBy.length === 0) problems.push({ kind: "notDone" });
  if (executedBy.length > acts) problems.push({ kind: "doneTwice", times: executedBy.length });
  if (executedBy.length > 0 && executedBy.length < acts) problems.push({ kind: "doneOnce", acts });
  const before = executedBy.find(({ at }) => at < issued_s);
  if (before) problems.push({ kind: "doneBefore", at_s: before.at });
  if (!authorised) problems.push({ kind: "takenBack" });
  return { act, number: numberOf(act), issued_s, executedBy, problems };
}

/**
 * What is wrong with the council's own numbers. They run within what stands before them, from 1 where that ends in a
 * year: `2026-001`. A letter after a number says that it was put after one: `2026-008B`, beside which 2026-008 stands.
 */
function* gaps(numbers: readonly string[]): Generator<RegisterProblem> {
  const series = new Map<string, { found: number[]; reached: number[]; width: number }>();
  const seen = new Set<string>();
  for (const number of numbers) {
    const [, prefix, digits, letter] = NUMBER.exec(number) ?? [];
    if (prefix === undefined || digits === undefined || digits.length > MOST_DIGITS) {
      yield { kind: "noNumber", number };
      continue;
    }
    const place = `${prefix}${Number(digits)}${letter?.toUpperCase()}`;
    if (seen.has(place)) yield { kind: "twice", number };
    seen.add(place);
    const own = series.get(prefix) ?? { found: [], reached: [], width: 0 };
    own.reached.push(Number(digits));
    if (!letter) own.found.push(Number(digits));
    series.set(prefix, { ...own, width: Math.max(own.width, digits.length) });
  }
  for (const [prefix, { found, reached, width }] of series) {
    const inOrder = reached.sort((a, b) => a - b);
    const [first, last] = [YEAR.test(prefix) ? 1 : (inOrder[0] ?? 0), inOrder.at(-1) ?? 0];
    const told = (at: number): string => `${prefix}${String(at).padStart(width, "0")}`;
    for (const [from, to] of holes(found, first, last)) {
      if (to - from >= MOST_TOLD) yield { kind: "missing", number: told(from), last: told(to) };
      else for (let at = from; at <= to; at++) yield { kind: "missing", number: told(at), last: null };
    }
  }
}

/** What is not found from a first to a last, as the ends of each hole. */
function* holes(found: readonly number[], first: number, last: number): Generator<[number, number]> {
  let next = first;
  for (const at of [...found.toSorted((a, b) => a - b), last + 1]) {
    if (at > next) yield [next, at - 1];
    next = Math.max(next, at + 1);
  }
}
