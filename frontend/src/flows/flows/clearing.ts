/** What members, organiser and arbiter sign. */
import { type Address, keccak256, stringToHex } from "viem";
import type { DirectAct, SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import { clearingAbi } from "../../generated/Clearing";
import { fundingNonce, newSalt } from "../../land/funding";
import { paymentTo } from "../../land/flows/receive";
import { nameOf as personOf } from "../../parts/Address";
import { paidIn } from "../../town/currency";
import type { Explanation } from "../../wallet/signing";
import { formatAmount, formatHash } from "../../words/format";
import type { Operation } from "../chain/clearing";
import type { Line } from "../energy/header";
import { type ActName, depositPurpose, typesOf } from "../terms";
import { clearing as words } from "../words/clearing";
import { energy } from "../words/energy";

const DAY_S = 86_400n;
const WEEK_S = 7n * DAY_S;
const CLEARING = "Clearing";
const amountOf = (cents: bigint): string => formatAmount(cents, paidIn(CLEARING));
const call = (functionName: string, args: readonly unknown[]) => ({ ...at(CLEARING, clearingAbi), functionName, args });

/** Joins, mandates up to a cap, and pays: one signature. `member` is the account that she joined with. */
export async function deposit(
  payer: Address,
  { op, terms }: Operation,
  member: Address,
  cap_cents: bigint,
  amount_cents: bigint,
): Promise<SlipAct> {
  const salt = newSalt();
  const before = (await now_s()) + DAY_S;
  const nonce = fundingNonce(depositPurpose(terms, member, cap_cents), salt);
  const w = words().deposit;
  return {
    kind: "clearing_deposit",
    typed: await paymentTo(CLEARING, payer, amount_cents, before, nonce),
    extra: { op, member, capCents: cap_cents, salt },
    explanation: {
      title: w.explain(amountOf(amount_cents), amountOf(cap_cents)),
      lines: [
        [w.amount, amountOf(amount_cents)],
        [w.cap, amountOf(cap_cents)],
        [w.organiser, personOf(terms.organiser)],
        [w.arbiter, personOf(terms.arbiter)],
        [w.contest, energy().hours(terms.contest_h)],
        [w.rules, formatHash(terms.rulesHash)],
      ],
      consequence: w.consequence,
      until_s: before,
      payer: "town",
    },
    direct: (signature) => call("depositBySlip", [op, member, cap_cents, amount_cents, 0n, before, salt, signature]),
  };
}

type Message = Readonly<Record<string, unknown>>;

/** Whole numbers as the post office takes them, in structures too. */
const exact = (message: Message): Message =>
  Object.fromEntries(
    Object.entries(message).map(([name, value]) => {
      if (typeof value === "number") return [name, BigInt(value)];
      return [name, typeof value === "object" && value !== null ? exact(value as Message) : value];
    }),
  );

interface Slip {
  kind: string;
  act: ActName;
  message: Message;
  explanation: Pick<Explanation, "title" | "lines" | "consequence">;
  functionName: string;
  args: readonly unknown[];
  extra?: Readonly<Record<string, unknown>>;
}

async function slip({ op, terms }: Operation, it: Slip): Promise<SlipAct> {
  const deadline = (await now_s()) + WEEK_S;
  const domain = await domainOf(CLEARING);
  const message = exact({ terms, ...it.message, deadline });
  return {
    kind: it.kind,
    typed: { domain, types: typesOf(it.act), primaryType: it.act, message },
    ...(it.extra ? { extra: it.extra } : {}),
    explanation: { ...it.explanation, until_s: deadline, payer: "town" },
    direct: (signature) => call(it.functionName, [op, ...it.args, deadline, signature]),
  };
}

/** Another cap. */
export function setCap(operation: Operation, member: Address, cap_cents: bigint): Promise<SlipAct> {
  const w = words().cap;
  return slip(operation, {
    kind: "clearing_cap",
    act: "SetCap",
    message: { member, cap_cents },
    explanation: { title: w.explain(amountOf(cap_cents)), lines: [], consequence: w.consequence },
    functionName: "setCap",
    args: [member, cap_cents],
  });
}

/** Takes money back. */
export function take(operation: Operation, member: Address, amount_cents: bigint): Promise<SlipAct> {
  const w = words().take;
  return slip(operation, {
    kind: "clearing_take",
    act: "Take",
    message: { member, amount_cents },
    explanation: { title: w.explain(amountOf(amount_cents)), lines: [], consequence: w.consequence },
    functionName: "take",
    args: [member, amount_cents],
  });
}

/** Takes all back, and mandates nothing any more. */
export function leave(operation: Operation, member: Address): Promise<SlipAct> {
  const w = words().leave;
  return slip(operation, {
    kind: "clearing_leave",
    act: "Leave",
    message: { member },
    explanation: { title: w.explain, lines: [], consequence: w.consequence },
    functionName: "leave",
    args: [member],
  });
}

/** Contests a line, for a reason in words of which the chain has the hash. */
export function contest(operation: Operation, member: Address, reason: string): Promise<SlipAct> {
  const w = words().contest;
  const { statement, statementHash } = operation;
  const reasonHash = keccak256(stringToHex(reason));
  return slip(operation, {
    kind: "clearing_contest",
    act: "Contest",
    message: { statement, member, reasonHash },
    explanation: {
      title: w.explain(statement?.period ?? 0),
      lines: [
        [w.reason, reason],
        [w.hash, formatHash(reasonHash)],
      ],
      consequence: w.consequence,
    },
    functionName: "contest",
    args: [statementHash, member, reasonHash],
  });
}

const own = (
  title: string,
  call_: DirectAct["call"],
  lines: Explanation["lines"] = [],
  consequence?: string,
): DirectAct => ({
  call: call_,
  explanation: { title, lines, ...(consequence ? { consequence } : {}), until_s: null, payer: "self" },
});
/** Of whoever sends the act. */
const UNSIGNED = [0n, "0x"] as const;

/** Applies the lines of a statement; anyone may. */
export function settle({ op, statement }: Operation, lines: readonly Line[]): DirectAct {
  const w = words().settle;
  const title = w.explain(statement?.period ?? 0, lines.length);
  return own(title, call("settle", [op, statement, lines]));
}

/** The arbiter says what of a held line is due, by its own transaction. */
export function rule({ op }: Operation, period: number, member: Address, due_cents: bigint): DirectAct {
  const w = words().rule;
  return own(
    w.explain(personOf(member), period),
    call("rule", [op, period, member, due_cents, ...UNSIGNED]),
    [[w.due, amountOf(due_cents)]],
    w.consequence,
  );
}

/** Gives a member back what the arbiter did not rule on; anyone may. */
export const release = ({ op }: Operation, period: number, member: Address): DirectAct =>
  own(words().release.explain(personOf(member), period), call("release", [op, period, member]));

/** The organiser takes its statement back, as its own transaction. */
export const retract = ({ op, statement, statementHash }: Operation): DirectAct =>
  own(words().retract.explain(statement?.period ?? 0), call("retract", [op, statementHash, ...UNSIGNED]));
