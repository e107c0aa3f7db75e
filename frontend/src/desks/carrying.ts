import type { Hex } from "viem";
import type { Deed } from "../land/reading";
import type { Sale } from "../land/sales";
import { isRipe } from "./next";

export type Carriage = "openSale" | "amendSale" | "settleSale";

/** What a deed still lacks before the notary can carry it; null where nothing does. */
export type Lack =
  { kind: "signatures"; signed: number; all: number } | { kind: "ripe" } | { kind: "early"; from_s: number };

export const CARRIED: Readonly<Record<Deed["act"], Carriage | null>> = {
  compromis: "openSale",
  amendment: "amendSale",
  deed: "settleSale",
  rescission: null, // the post office carries it itself
};

/** Whether a deed has been overtaken: its sale is open already, over, or on other terms. */
export function isOver(deed: Deed, sale: Sale | null, version: number): boolean {
  if (deed.act === "compromis") return Number(deed.terms.version) !== version;
  if (!sale || (sale.state !== "agreed" && sale.state !== "deposited")) return true;
  return deed.act === "amendment" && deed.from !== sale.termsHash;
}

/** The first thing that a deed lacks. */
export function lackOf(deed: Deed, sale: Sale | null, now_s: number): Lack | null {
  if (!deed.isComplete) return { kind: "signatures", signed: deed.signed.length, all: new Set(deed.parties).size };
  if (deed.act !== "deed" || !sale) return null;
  const { ripe, from_s } = isRipe(sale);
  if (!ripe) return { kind: "ripe" };
  return from_s > now_s ? { kind: "early", from_s } : null;
}

/** The arguments of the notary's call. */
export function argumentsOf(deed: Deed, sale: Sale | null): readonly unknown[] {
  const signatures = deed.signatures as readonly Hex[];
  if (deed.act === "compromis") return [deed.terms, signatures];
  if (deed.act === "amendment") return [deed.sale, sale?.terms, deed.terms, signatures];
  return [deed.sale, deed.terms, signatures];
}
