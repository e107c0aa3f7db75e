/** The rolls that a consultation may be opened over: those that the town published, or one drawn from the register. */
import type { Hex } from "viem";
import { getBlock } from "viem/actions";
import { fromHex, toHex } from "../ballot/bytes";
import { rollText } from "../ballot/rollfile";
import { at, chain } from "../../chain/client";
import { residentsAbi } from "../../generated/Residents";
import { theTown, townFile, townJson } from "../../town/folder";
import { booth } from "./booth";
import type { Sealed } from "./opening";
import { activeAt } from "./register";

/** A roll in the town's folder. */
export interface Published extends Sealed {
  /** At whose end it was drawn. */
  block: bigint;
}

/** A roll whose accounts have its root, with its file. */
export interface SealedRoll extends Sealed {
  block: bigint;
  csv: string;
}

/** The rolls that the town published, the newest first. */
export async function publishedRolls(): Promise<Published[]> {
  const { rolls = [] } = ((await townJson("town.json")) ?? {}) as {
    rolls?: { root: Hex; size: number; block: number }[];
  };
  return rolls
    .map(({ root, size, block }) => ({ root: root.toLowerCase() as Hex, size, block: BigInt(block) }))
    .sort((a, b) => Number(b.block - a.block));
}

/** Reads a published roll whole: its root and size are computed, whatever its file says of itself. */
export async function readRoll({ root, block }: Published): Promise<SealedRoll | null> {
  const csv = await townFile(`rolls/${root}.csv`);
  if (csv === null) return null;
  const size = await booth().ask("sealed", { csv, root: fromHex(root) });
  return { root, size, block, csv };
}

const CITIZENS = [1] as const;

/**
 * Every citizen who is active at the end of the last block, in the order of addresses: as
 * `beffroi.residents.draw_roll`. Null where what the node tells of the register does not add up.
 */
export async function drawRoll(): Promise<SealedRoll | null> {
  const { number: block, timestamp } = await getBlock(chain());
  const accounts = await activeAt(block, CITIZENS);
  if (!accounts) return null;
  const root = toHex(
    await booth().ask(
      "root",
      accounts.map((account) => fromHex(account)),
    ),
  );
  const { address: contract } = at("Residents", residentsAbi);
  const seal = { root, chain: theTown().chainId, contract, block, sealedAt_s: Number(timestamp) };
  return { root, size: accounts.length, block, csv: rollText(seal, accounts) };
}
