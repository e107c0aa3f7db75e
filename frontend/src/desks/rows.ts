import { object } from "valibot";
import { type Schema, text } from "../store/schema";
import type { Address } from "viem";
import { BARE, FULL, type Right, USUFRUCT, readPart, sumsOf, unitsOf } from "../land/rights";
import type { Payment } from "../land/terms";
import { type Fault, parse } from "./fields";

/** Someone who is to have a share, as it is typed. */
export interface Row {
  account: string;
  kind: string;
  part: string;
  brings: string;
}

/** A row as a draft keeps it. */
export const ROW: Schema<Row> = object({ account: text, kind: text, part: text, brings: text });

export const NOBODY: Row = { account: "", kind: String(FULL), part: "", brings: "" };

/** What is wrong, by the place of a row and its field: "1/part". */
export type RowFaults = Readonly<Record<string, Fault>>;

/**
 * The shares that are sold of a title, from what was typed beside each of its rights; nothing typed is nothing sold.
 */
export function readSold(
  typed: readonly string[],
  rights: readonly Right[],
  whole: number,
): { sold: Right[]; faults: RowFaults } {
  const faults: Record<string, Fault> = {};
  const sold = rights.flatMap((right, place) => {
    const text = (typed[place] ?? "").trim();
    if (text === "" || text === "0") return [];
    const part = readPart(text);
    const shares = part && unitsOf(part, whole);
    if (!shares) faults[`${place}/sold`] = part ? "units" : "part";
    return [{ ...right, shares: shares ?? 0 }];
  });
  return { sold, faults };
}

/** Who buys what, of what is sold, and what each brings; a share left empty is all that is left of its kind. */
export function readBuyers(
  rows: readonly Row[],
  sold: readonly Right[],
  whole: number,
): { bought: Right[]; brought: Payment[]; faults: RowFaults } {
  const faults: Record<string, Fault> = {};
  const bought: Right[] = [];
  const brought: Payment[] = [];
  const empty: Right[] = [];
  rows.forEach((row, place) => {
    const account = parse("address", row.account);
    if (!account.ok) faults[`${place}/account`] = account.fault;
    const right = { holder: (account.ok ? account.value : "0x") as Address, kind: Number(row.kind), shares: 0 };
    bought.push(right);
    if (row.part.trim() === "") empty.push(right);
    else {
      const part = readPart(row.part);
      const shares = part && unitsOf(part, whole);
      if (shares) right.shares = shares;
      else faults[`${place}/part`] = part ? "units" : "part";
    }
    if (row.brings.trim() === "") return;
    const amount = parse("amount", row.brings);
    if (amount.ok) brought.push({ account: right.holder, amount_cents: amount.value as bigint });
    else faults[`${place}/brings`] = amount.fault;
  });
  for (const right of empty) {
    right.shares = leftOf(right.kind, sold, bought);
    if (right.shares <= 0) faults[`${bought.indexOf(right)}/part`] = "left";
  }
  return { bought, brought, faults };
}

/** What others have not taken of what is sold, of a kind. */
function leftOf(kind: number, sold: readonly Right[], bought: readonly Right[]): number {
  const [given, taken] = [sumsOf(sold), sumsOf(bought)];
  const bare = given.bare - taken.bare;
  const use = given.use - taken.use;
  return kind === BARE ? bare : kind === USUFRUCT ? use : Math.min(bare, use);
}
