import type { Hex } from "viem";

/** A log of any contract of the town, as the history needs it. */
export interface Entry {
  name: string;
  args: Readonly<Record<string, unknown>>;
  block: bigint;
  index: number;
  transaction: Hex;
}

/** What is told by something else in the same transaction. */
const TOLD_BY: Readonly<Record<string, readonly string[]>> = {
  SaleLocked: ["SaleOpened"],
  SaleUnlocked: ["SaleSettled", "SaleCancelled"],
  // Every act that restates rights says so itself; alone it is a first registration's, or a finer cut of the shares.
  RightsRestated: ["Registered", "Enacted", "SaleSettled", "Divided", "Merged", "ForcedTransfer"],
  Registered: ["Divided", "Merged"],
};

/** The history of a title, the latest first, each act once. */
export function historyOf(entries: readonly Entry[]): Entry[] {
  const acts = new Map<Hex, Set<string>>();
  for (const { transaction, name } of entries) {
    const names = acts.get(transaction) ?? new Set();
    acts.set(transaction, names.add(name));
  }
  return entries
    .filter(({ name, transaction }) => !(TOLD_BY[name] ?? []).some((other) => acts.get(transaction)?.has(other)))
    .sort((a, b) => (a.block === b.block ? b.index - a.index : a.block < b.block ? 1 : -1));
}

/** Titles by what last happened to them, from the register's events alone. */
export function statesOf(entries: readonly Entry[]): Map<bigint, "free" | "sale" | "frozen" | "retired"> {
  const sales = new Set<bigint>();
  const frozen = new Set<bigint>();
  const retired = new Set<bigint>();
  const titles: bigint[] = [];
  const inOrder = [...entries].sort((a, b) => (a.block === b.block ? a.index - b.index : a.block < b.block ? -1 : 1));
  for (const { name, args } of inOrder) {
    const id = args["id"] as bigint;
    if (name === "Registered") titles.push(id);
    else if (name === "SaleLocked") sales.add(id);
    else if (name === "SaleUnlocked") sales.delete(id);
    else if (name === "Frozen") frozen[args["frozenStatus"] ? "add" : "delete"](args["tokenId"] as bigint);
    else if (name === "Divided") retired.add(args["parent"] as bigint);
    else if (name === "Merged") for (const parent of args["parents"] as readonly bigint[]) retired.add(parent);
  }
  const state = (id: bigint): "free" | "sale" | "frozen" | "retired" =>
    retired.has(id) ? "retired" : frozen.has(id) ? "frozen" : sales.has(id) ? "sale" : "free";
  return new Map(titles.map((id) => [id, state(id)]));
}
