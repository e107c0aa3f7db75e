import type { Address, Hex } from "viem";
import type { Title } from "../land/register";
import { FULL } from "../land/rights";
import { LOAN, PERMIT } from "../land/terms";
import { type Fault, type Field, parse, parseAll } from "./fields";
import { NOBODY, type Row, type RowFaults, readBuyers, readSold } from "./rows";
import type { Wish } from "./wish";

export const EMPTY = {
  parcel: "",
  /** Beside each right of the title, in its order; empty before any was typed, which sells everything. */
  sold: [] as readonly string[],
  buyers: [NOBODY] as readonly Row[],
  usufruct: "",
  price: "",
  deposit: "",
  fee: "",
  lender: "",
  loan: "",
  loanDue: "",
  loanCondition: "no",
  permitCondition: "no",
  settleDays: "120",
  document: "",
};
export type Typed = typeof EMPTY;
export type Line = Exclude<keyof Typed, "sold" | "buyers">;

const NEEDED: readonly Field[] = [
  { name: "price", kind: "amount" },
  { name: "deposit", kind: "amount" },
  { name: "settleDays", kind: "number" },
  { name: "document", kind: "document" },
];
const LENT: readonly Field[] = [
  { name: "lender", kind: "address" },
  { name: "loan", kind: "amount" },
  { name: "loanDue", kind: "moment" },
];
const FEE: Field = { name: "fee", kind: "amount" };
const BASIS_POINTS = 10_000n;

export interface Faults {
  lines: Partial<Record<string, Fault>>;
  sold: RowFaults;
  buyers: RowFaults;
}
export type ReadForm = { wish: Wish; faults: null } | { wish: null; faults: Faults };

/** Whether someone has usufruct or bare ownership alone: its worth then tells how the price is shared. */
export const isApart = (typed: Typed, title: Pick<Title, "rights">): boolean =>
  [...title.rights.map(({ kind }) => kind), ...typed.buyers.map(({ kind }) => Number(kind))].some(
    (kind) => kind !== FULL,
  );

/** Reads the whole form: what the notary wants, or every fault. */
export function readForm(typed: Typed, title: Pick<Title, "token" | "rights" | "whole">, notary: Address): ReadForm {
  const lends = typed.lender.trim() !== "" || typed.loan.trim() !== "";
  const hasFee = typed.fee.trim() !== "";
  const { sold: _, buyers: __, ...lines } = typed;
  const all = parseAll([...NEEDED, ...(lends ? LENT : []), ...(hasFee ? [FEE] : [])], lines);
  const worth = isApart(typed, title) ? parse("amount", typed.usufruct) : ({ ok: true, value: 0n } as const);
  const usufruct = worth.ok && (worth.value as bigint) < BASIS_POINTS ? null : ("percent" as const);
  const { sold, faults: soldFaults } = readSold(typed.sold, title.rights, title.whole);
  const { bought, brought, faults: buyerFaults } = readBuyers(typed.buyers, sold, title.whole);
  const isGood = Object.keys(soldFaults).length + Object.keys(buyerFaults).length === 0;
  if (!all.values || usufruct || !worth.ok || !isGood) {
    const missed = { ...all.faults, ...(usufruct ? { usufruct } : {}) };
    return { wish: null, faults: { lines: missed, sold: soldFaults, buyers: buyerFaults } };
  }
  const { values } = all;
  const lender = values["lender"] as Address;
  const conditions = (typed.loanCondition === "yes" ? LOAN : 0n) | (typed.permitCondition === "yes" ? PERMIT : 0n);
  return {
    faults: null,
    wish: {
      title: title.token,
      sold,
      bought,
      brought,
      usufruct_bps: worth.value as bigint,
      price_cents: values["price"] as bigint,
      deposit_cents: values["deposit"] as bigint,
      fee_cents: hasFee ? (values["fee"] as bigint) : 0n,
      notary,
      loan: lends
        ? { lender, amount_cents: values["loan"] as bigint, dueDay: (values["loanDue"] as bigint) / 86_400n }
        : null,
      conditions,
      settleDays: values["settleDays"] as bigint,
      documentHash: values["document"] as Hex,
    },
  };
}
