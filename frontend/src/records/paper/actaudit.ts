/** What a reader of a register of acts must be told, as `beffroi.records.actaudit` tells it. */
import type { Hex } from "../../vote/ballot/bytes";
import type { Act, PublishedActs } from "./actsfile";

/** A council's deliberations are listed within a week (CGCT L2121-25). */
const WITHIN_DAYS = 7;
const DAY_S = 86_400;
const NUMBER = /^(.*?)([0-9]+)([A-Za-z]?)$/s;
const YEAR = /^(19|20)[0-9]{2}\D+$/s;

/** A batch as the chain, or the town, tells of it. */
export interface IssuedBatch {
  root: Hex;
  first: number;
  count: number;
  /** Unix seconds. */
  issued: number;
}

/** A call on the chain that a council decides. */
export interface Call {
  what: string;
  hash: Hex;
  transaction: Hex;
}

export type ActProblem =
  | { kind: "late"; days: number }
  | { kind: "early"; day: string }
  | { kind: "notDone" }
  | { kind: "doneTwice"; times: number };

export type RegisterProblem =
  | { kind: "unpublished"; first: number; last: number; issued_s: number }
  | { kind: "notOnChain"; root: Hex; count: number }
  | { kind: "missing"; number: string }
  | { kind: "twice"; number: string }
  | { kind: "noNumber"; number: string }
  | { kind: "unauthorised"; call: Call };

export interface AuditedAct {
  act: Act;
  /** The council's own. */
  number: string;
  issued_s: number;
  /** The transactions that carried it out. */
  executedBy: readonly Hex[];
  problems: readonly ActProblem[];
}

/** A register, audited: its acts in the order of the chain. */
export interface ActsAudit {
  acts: readonly AuditedAct[];
  problems: readonly RegisterProblem[];
}

const lower = (hex: string): string => hex.toLowerCase();
const utcDay = (at_s: number): number => Math.floor(at_s / DAY_S);

/** Compares a register's files with what was issued, and its acts with the calls that were made. */
export function auditActs(
  issued: readonly IssuedBatch[],
  published: readonly PublishedActs[],
  calls: readonly Call[],
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
  const authorised = new Set(listed.flatMap(({ act }) => authorisedBy(act) ?? []));
  for (const call of calls) if (!authorised.has(lower(call.hash))) problems.push({ kind: "unauthorised", call });
  return { acts: listed.map(({ act, issued_s }) => audited(act, issued_s, calls)), problems };
}

const numberOf = ({ values }: Act): string => values["delib_id"] ?? "";

function authorisedBy({ values }: Act): string | null {
  const hash = values["authorises"];
  return hash ? lower(hash) : null;
}

function audited(act: Act, issued_s: number, calls: readonly Call[]): AuditedAct {
  const day = act.values["delib_date"] ?? "";
  const days = utcDay(issued_s) - utcDay(Date.parse(`${day}T00:00Z`) / 1000);
  const hash = authorisedBy(act);
  const executedBy = calls.filter((call) => lower(call.hash) === hash).map(({ transaction }) => transaction);
  const problems: ActProblem[] = [];
  if (days > WITHIN_DAYS) problems.push({ kind: "late", days });
  if (days < 0) problems.push({ kind: "early", day });
  if (hash && executedBy.length === 0) problems.push({ kind: "notDone" });
  if (executedBy.length > 1) problems.push({ kind: "doneTwice", times: executedBy.length });
  return { act, number: numberOf(act), issued_s, executedBy, problems };
}

/**
 * What is wrong with the council's own numbers. They run within what stands before them, from 1 where that is a year:
 * `2026-001`. A letter after a number says that it was put between two: `2026-008B`.
 */
function* gaps(numbers: readonly string[]): Generator<RegisterProblem> {
  const series = new Map<string, { found: Set<number>; width: number }>();
  const seen = new Set<string>();
  for (const number of numbers) {
    const [, prefix, digits] = NUMBER.exec(number) ?? [];
    if (prefix === undefined || digits === undefined) {
      yield { kind: "noNumber", number };
      continue;
    }
    if (seen.has(number)) yield { kind: "twice", number };
    seen.add(number);
    const own = series.get(prefix) ?? { found: new Set<number>(), width: 0 };
    own.found.add(Number(digits));
    series.set(prefix, { ...own, width: Math.max(own.width, digits.length) });
  }
  for (const [prefix, { found, width }] of series) {
    const start = YEAR.test(prefix) ? 1 : Math.min(...found);
    for (let at = start; at < Math.max(...found); at++) {
      if (!found.has(at)) yield { kind: "missing", number: `${prefix}${String(at).padStart(width, "0")}` };
    }
  }
}
