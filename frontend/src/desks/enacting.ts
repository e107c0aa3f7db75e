import type { Hex } from "viem";
import type { Title } from "../land/register";
import { FULL, counted, leastWhole, readPart, writePart } from "../land/rights";
import { type Fault, documentHash } from "./fields";
import { type Row, type RowFaults, readBuyers } from "./rows";

/** What an act other than a sale says, as it is typed. */
export interface TypedEnactment {
  parcel: string;
  /** Place of the act in the contract's list; nothing before it is chosen. */
  nature: string;
  holders: readonly Row[];
  document: string;
}

export interface EnactmentFaults {
  nature: Fault | null;
  document: Fault | null;
  holders: RowFaults;
  /** Whether each share can be read, and together they make no whole parcel. */
  isUnwhole: boolean;
}

/** The arguments of `enact`, or every fault. Who holds a title from now on is told whole: what is not told is lost. */
export function readEnactment(
  typed: TypedEnactment,
  title: Pick<Title, "token" | "version">,
): { args: readonly unknown[]; faults: null } | { args: null; faults: EnactmentFaults } {
  const parts = typed.holders.flatMap(({ part }) => readPart(part) ?? []);
  const fine = leastWhole(parts) ?? 1;
  const everything = [{ holder: "0x", kind: FULL, shares: fine }] as const;
  const { bought, faults: holders } = readBuyers(typed.holders, everything, fine);
  const isRead = Object.keys(holders).length === 0;
  const under = BigInt(fine);
  const told = bought.map(({ holder, kind, shares }) => ({ holder, kind, part: { over: BigInt(shares), under } }));
  const rights = isRead ? counted(told) : null;
  const empty = (text: string): Fault | null => (text.trim() === "" ? "empty" : null);
  const faults = {
    nature: empty(typed.nature),
    document: empty(typed.document),
    holders,
    isUnwhole: isRead && rights === null,
  };
  if (!rights || faults.nature || faults.document) return { args: null, faults };
  const document: Hex = documentHash(typed.document);
  return {
    args: [Number(typed.nature), title.token, title.version, rights.whole, rights.rights, document],
    faults: null,
  };
}

/** Today's holders as rows, to go on from. */
export const rowsOf = ({ rights, whole }: Pick<Title, "rights" | "whole">): Row[] =>
  rights.map(({ holder, kind, shares }) => ({
    account: holder,
    kind: String(kind),
    part: writePart(shares, whole),
    brings: "",
  }));
