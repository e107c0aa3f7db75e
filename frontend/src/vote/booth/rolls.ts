/** The rolls that a consultation may be opened over: those that the town published, or one drawn from the register. */
import { type Address, type Hex, getAbiItem } from "viem";
import { getBlock, readContract } from "viem/actions";
import { fromHex, toHex } from "../ballot/bytes";
import { rollText } from "../ballot/rollfile";
import { at, chain } from "../../chain/client";
import { logs } from "../../chain/logs";
import { residentsAbi } from "../../generated/Residents";
import { residentsDeskAbi } from "../../generated/ResidentsDesk";
import { theTown, townFile, townJson } from "../../town/folder";
import { booth } from "./booth";
import type { Sealed } from "./opening";

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

/** More accounts than a browser should ask a node for one by one: `ape run vote open` draws those. */
const MOST_DRAWN = 5_000;

export class TooManyResidents extends Error {
  override name = "TooManyResidents";
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

/** As contracts/residents/interfaces/IResidents.sol numbers them. */
const CITIZEN = 1;
const ACTIVE = 1;

/**
 * Every citizen who is active at the end of the last block, in the order of addresses: as
 * `beffroi.residents.draw_roll`. @throws TooManyResidents
 */
export async function drawRoll(): Promise<SealedRoll> {
  const { number: block, timestamp } = await getBlock(chain());
  const accounts = await activeAt(block);
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

const ENROLLED = getAbiItem({ abi: residentsDeskAbi, name: "Enrolled" });
const RECOVERED = getAbiItem({ abi: residentsDeskAbi, name: "Recovered" });

async function activeAt(block: bigint): Promise<Address[]> {
  const { address } = at("Residents", residentsAbi);
  const [enrolled, recovered] = await Promise.all([
    logs({ address, event: ENROLLED, toBlock: block }),
    logs({ address, event: RECOVERED, toBlock: block }),
  ]);
  const seen = new Set([...enrolled.map(({ args }) => args.account), ...recovered.map(({ args }) => args.successor)]);
  if (seen.size > MOST_DRAWN) throw new TooManyResidents();
  const inOrder = [...seen].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const residents = await Promise.all(
    inOrder.map((account) =>
      readContract(chain(), {
        ...at("Residents", residentsAbi),
        functionName: "residentOf",
        args: [account],
        blockNumber: block,
      }),
    ),
  );
  return inOrder.filter((_, i) => residents[i]?.standing === ACTIVE && residents[i].kind === CITIZEN);
}
