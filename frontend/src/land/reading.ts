import { type Address, type Hex, getAddress, isAddress, isHex } from "viem";
import type { Right } from "./rights";
import type { DeedAct, Payment, Payoff, Terms } from "./terms";

/** An act that waits for signatures, as the post office keeps it. */
export interface Deed {
  id: Hex;
  act: DeedAct;
  sale: bigint | null;
  from: Hex | null;
  terms: Terms;
  parties: readonly Address[];
  signed: readonly Address[];
  isComplete: boolean;
  /** In the order of the parties; null for those who have not signed. */
  signatures: readonly (Hex | null)[];
}

type Json = Record<string, unknown>;
export class ReadingError extends Error {
  override name = "ReadingError";
}

function object(value: unknown, where: string): Json {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new ReadingError(where);
  return value as Json;
}
function list(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) throw new ReadingError(where);
  return value;
}
function whole(value: unknown, where: string): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === "string" && /^\d{1,78}$/.test(value)) return BigInt(value);
  throw new ReadingError(where);
}
function address(value: unknown, where: string): Address {
  if (typeof value !== "string" || !isAddress(value, { strict: false })) throw new ReadingError(where);
  return getAddress(value);
}
function word(value: unknown, where: string): Hex {
  if (!isHex(value) || value.length !== 66) throw new ReadingError(where);
  return value.toLowerCase() as Hex;
}

function right(value: unknown): Right {
  const from = object(value, "right");
  return {
    holder: address(from["holder"], "holder"),
    kind: Number(whole(from["kind"], "kind")),
    shares: Number(whole(from["shares"], "shares")),
  };
}
function payment(value: unknown): Payment {
  const from = object(value, "payment");
  return { account: address(from["account"], "account"), amount_cents: whole(from["amount_cents"], "amount_cents") };
}
function payoff(value: unknown): Payoff {
  const from = object(value, "payoff");
  if (typeof from["stays"] !== "boolean") throw new ReadingError("stays");
  return {
    charge: whole(from["charge"], "charge"),
    paid_cents: whole(from["paid_cents"], "paid_cents"),
    stays: from["stays"],
  };
}

/**
 * Terms as JSON has them: whole numbers as decimal text.
 *
 * @throws ReadingError naming the member that is not as it must be
 */
export function readTerms(value: unknown): Terms {
  const from = object(value, "terms");
  const loan = object(from["loan"], "loan");
  const at = (key: string): bigint => whole(from[key], key);
  return {
    title: at("title"),
    version: at("version"),
    price_cents: at("price_cents"),
    tax_cents: at("tax_cents"),
    deposit_cents: at("deposit_cents"),
    usufruct_bps: at("usufruct_bps"),
    conditions: at("conditions"),
    depositBy: at("depositBy"),
    retractUntil: at("retractUntil"),
    conditionsBy: at("conditionsBy"),
    settleBy: at("settleBy"),
    documentHash: word(from["documentHash"], "documentHash"),
    loan: {
      lender: address(loan["lender"], "lender"),
      amount_cents: whole(loan["amount_cents"], "loan.amount_cents"),
      dueDay: whole(loan["dueDay"], "dueDay"),
    },
    sold: list(from["sold"], "sold").map(right),
    bought: list(from["bought"], "bought").map(right),
    fees: list(from["fees"], "fees").map(payment),
    payoffs: list(from["payoffs"], "payoffs").map(payoff),
    funding: list(from["funding"], "funding").map(payment),
  };
}

const ACTS: readonly string[] = ["compromis", "deed", "amendment", "rescission"];

/**
 * An act as the post office tells it.
 *
 * @throws ReadingError naming the member that is not as it must be
 */
export function readDeed(value: unknown): Deed {
  const from = object(value, "deed");
  const act = from["act"];
  if (typeof act !== "string" || !ACTS.includes(act)) throw new ReadingError("act");
  const optional = from["signatures"] ?? [];
  return {
    id: word(from["id"], "id"),
    act: act as DeedAct,
    sale: from["sale"] === null || from["sale"] === undefined ? null : whole(from["sale"], "sale"),
    from: from["from"] === null || from["from"] === undefined ? null : word(from["from"], "from"),
    terms: readTerms(from["terms"]),
    parties: list(from["parties"], "parties").map((it) => address(it, "parties")),
    signed: list(from["signed"], "signed").map((it) => address(it, "signed")),
    isComplete: from["complete"] === true,
    signatures: list(optional, "signatures").map((it) => {
      if (it !== null && !isHex(it)) throw new ReadingError("signatures");
      return it;
    }),
  };
}
