/** Operations of clearing, as the chain has them. */
import { type AbiEvent, type Address, getAbiItem } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { type Log, blockTimes, logs } from "../../chain/logs";
import { clearingAbi } from "../../generated/Clearing";
import { officers } from "../../records/chain/offices";
import type { Hex } from "../../vote/ballot/bytes";
import { type Statement, type Terms, hashStatement, nameOf } from "../terms";

const STATUSES = ["none", "stated", "due", "dead", "settled", "void"] as const;
type Status = (typeof STATUSES)[number];

export interface Operation {
  op: Hex;
  terms: Terms;
  /** Where its last statement stands now. */
  status: Status;
  /** The last that was made; null before the first. */
  statement: Statement | null;
  statementHash: Hex;
  /** Unix seconds: until when it is contested, and until when it may be settled. */
  dueAt_s: number;
  deadAt_s: number;
  settledPeriod: number;
}

/** Where an account stands in an operation. */
export interface Standing {
  balance_cents: bigint;
  held_cents: bigint;
  cap_cents: bigint;
  /** One more than the period settled last when it contested; 0 for never. */
  contested: number;
  /** The number of the last statement when its cap last rose: that one and those before debit nothing. */
  mandatedAt: number;
}

const clearing = () => at("Clearing", clearingAbi);
const OPENED = getAbiItem({ abi: clearingAbi, name: "OperationOpened" });
const STATED = getAbiItem({ abi: clearingAbi, name: "PeriodStated" });
const CONTESTED = getAbiItem({ abi: clearingAbi, name: "LineContested" });
const PERIOD_SETTLED = getAbiItem({ abi: clearingAbi, name: "PeriodSettled" });
const SETTLED = getAbiItem({ abi: clearingAbi, name: "LineSettled" });
const CARRIED = getAbiItem({ abi: clearingAbi, name: "LineCarried" });
const HELD = getAbiItem({ abi: clearingAbi, name: "LineHeld" });
const RULED = getAbiItem({ abi: clearingAbi, name: "LineRuled" });
const RELEASED = getAbiItem({ abi: clearingAbi, name: "LineReleased" });

const inClearing = <const event extends AbiEvent>(event: event, args: Record<string, unknown>): Promise<Log<event>[]> =>
  logs({ address: clearing().address, event, args });

/** Every operation that somebody opened; the terms are told by who opened it, and held to their name. */
export async function readOperations(): Promise<Operation[]> {
  const opened = await inClearing(OPENED, {});
  const terms = new Map<Hex, Terms>();
  for (const { args } of opened) {
    if (nameOf(args.terms) === args.op) terms.set(args.op, args.terms);
  }
  return Promise.all([...terms].map(([op, its]) => readState(op, its)));
}

/** One; null where nobody opened it. */
export async function readOperation(op: Hex): Promise<Operation | null> {
  const [opened] = await inClearing(OPENED, { op });
  return opened && nameOf(opened.args.terms) === op ? readState(op, opened.args.terms) : null;
}

/** Whether somebody who opened it holds an office of the town now. */
export async function isTowns(op: Hex): Promise<boolean> {
  const opened = await inClearing(OPENED, { op });
  return (await officers(opened.map(({ args }) => args.opener))).size > 0;
}

async function readState(op: Hex, terms: Terms): Promise<Operation> {
  const args = [op] as const;
  const [stored, status, [dueAt, deadAt], stated] = await Promise.all([
    readContract(chain(), { ...clearing(), functionName: "operationOf", args }),
    readContract(chain(), { ...clearing(), functionName: "statusOf", args }),
    readContract(chain(), { ...clearing(), functionName: "windowOf", args }),
    inClearing(STATED, { op }),
  ]);
  const { statementHash, clock } = stored;
  const last = stated.findLast(({ args: told }) => told.statementHash === statementHash)?.args.statement;
  return {
    op,
    terms,
    status: STATUSES[status] ?? "none",
    // A node that tells another statement would have it contested, or settled, in this one's place.
    statement: last && hashStatement(last) === statementHash ? last : null,
    statementHash,
    dueAt_s: Number(dueAt),
    deadAt_s: Number(deadAt),
    settledPeriod: clock.settledPeriod,
  };
}

/** Every statement of an operation, the latest first, with when it was made. */
export async function readStatements(op: Hex): Promise<{ statement: Statement; told_s: number }[]> {
  const found = await inClearing(STATED, { op });
  const times = await blockTimes(found.map(({ blockNumber }) => blockNumber));
  return found
    .map(({ args, blockNumber }) => ({ statement: args.statement, told_s: times.get(blockNumber) ?? 0 }))
    .reverse();
}

/** The name under which an account stands in an operation: its own, or one whose key it replaced. */
export async function standingOf(op: Hex, account: Address): Promise<Standing> {
  const found = await readContract(chain(), { ...clearing(), functionName: "memberOf", args: [op, account] });
  return { ...found, cap_cents: BigInt(found.cap_cents) };
}

/** Who contests, and by which reason's hash. */
export interface Contest {
  member: Address;
  reasonHash: Hex;
}

/** Those whose contest counts in the last statement: since something else was settled, for whichever period. */
export async function readContests({ op, statement }: Operation): Promise<Contest[]> {
  if (!statement) return [];
  const [settled, found] = await Promise.all([inClearing(PERIOD_SETTLED, { op }), inClearing(CONTESTED, { op })]);
  const before = settled.filter(({ args }) => args.period < BigInt(statement.period)).at(-1);
  const counting = found.filter((it) => !before || isAfter(it, before));
  const reasons = new Map(counting.map(({ args }) => [args.member, args.reasonHash]));
  return [...reasons].map(([member, reasonHash]) => ({ member, reasonHash }));
}

/** Every contest that was ever made, whichever counts. */
export async function readReasons(op: Hex): Promise<Contest[]> {
  const found = await inClearing(CONTESTED, { op });
  return found.map(({ args: { member, reasonHash } }) => ({ member, reasonHash }));
}

const isAfter = (it: Position, other: Position): boolean =>
  it.blockNumber === other.blockNumber ? it.logIndex > other.logIndex : it.blockNumber > other.blockNumber;

interface Position {
  blockNumber: bigint;
  logIndex: number;
}

/** What became of a member's line. */
export interface SettledLine {
  member: Address;
  period: number;
  amount_cents: bigint;
  /** What the organiser paid in her stead. */
  carried_cents: bigint;
  /** What was set aside for the arbiter; null where it was not contested. */
  held: { held_cents: bigint; ruleBy_s: number; end: "open" | "ruled" | "released"; due_cents: bigint } | null;
}

/** The lines that were settled: of all members, or of one. */
export async function readSettled(op: Hex, member?: Address): Promise<SettledLine[]> {
  const args = { op, ...(member ? { member } : {}) };
  const [settled, carried, held, ruled, released] = await Promise.all([
    inClearing(SETTLED, args),
    inClearing(CARRIED, args),
    inClearing(HELD, args),
    inClearing(RULED, args),
    inClearing(RELEASED, args),
  ]);
  return settled
    .map(({ args: line }) => {
      const isIts = (it: { args: { member: Address; period: bigint } }): boolean =>
        it.args.member === line.member && it.args.period === line.period;
      const aside = held.find(isIts)?.args;
      const ruling = ruled.find(isIts)?.args;
      return {
        member: line.member,
        period: Number(line.period),
        amount_cents: line.amount_cents,
        carried_cents: carried.find(isIts)?.args.carried_cents ?? 0n,
        held: aside
          ? {
              held_cents: aside.held_cents,
              ruleBy_s: Number(aside.ruleBy),
              end: ruling ? ("ruled" as const) : released.some(isIts) ? ("released" as const) : ("open" as const),
              due_cents: ruling?.due_cents ?? 0n,
            }
          : null,
      };
    })
    .reverse();
}
