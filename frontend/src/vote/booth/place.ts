import type { Address, Hex } from "viem";
import { fromHex, toHex } from "../ballot/bytes";
import { hasOffice, placeOnRoll, PostError } from "../../post/client";
import { townFile, townJson } from "../../town/folder";
import { booth } from "./booth";

/** Where a voter stands on a sealed roll, checked here against its root. */
export interface RollPlace {
  index: number;
  path: readonly Hex[];
}

export type Placing = { at: "placed"; place: RollPlace } | { at: "notOnRoll" } | { at: "noRoll" };

/** Rolls larger than this are asked of the post office, place by place, where there is one. */
const LARGE = 20_000;

interface PublishedRoll {
  root: string;
  size: number;
}

async function published(root: Hex): Promise<PublishedRoll | null> {
  const { rolls } = ((await townJson("town.json")) ?? {}) as { rolls?: PublishedRoll[] };
  return rolls?.find((roll) => roll.root.toLowerCase() === root.toLowerCase()) ?? null;
}

/** The text of a sealed roll as the town published it; null when it did not. */
export async function rollText(root: Hex): Promise<string | null> {
  return (await published(root)) ? townFile(`rolls/${root.toLowerCase()}.csv`) : null;
}

const known = new Map<string, Promise<Placing>>();

/** Finds a voter on a sealed roll: in the town's folder, or by the post office. Asked once. */
export function placeOf(root: Hex, size: number, account: Address): Promise<Placing> {
  const name = `${root} ${account}`;
  const found = known.get(name) ?? find(root, size, account);
  known.set(name, found);
  found.catch(() => known.delete(name));
  return found;
}

async function find(root: Hex, size: number, account: Address): Promise<Placing> {
  const roll = await published(root);
  if (roll && (roll.size <= LARGE || !hasOffice())) {
    const csv = await rollText(root);
    if (csv !== null) return inFile(csv, root, account);
  }
  return hasOffice() ? byOffice(root, size, account) : { at: "noRoll" };
}

async function inFile(csv: string, root: Hex, account: Address): Promise<Placing> {
  const place = await booth().ask("find", { csv, root: fromHex(root), voter: fromHex(account) });
  return place ? { at: "placed", place: { index: place.index, path: place.path.map(toHex) } } : { at: "notOnRoll" };
}

async function byOffice(root: Hex, size: number, account: Address): Promise<Placing> {
  try {
    const { index, proof } = await placeOnRoll(root, account);
    const asked = { root: fromHex(root), size, index, voter: fromHex(account), path: proof.map(fromHex) };
    if (!(await booth().ask("place", asked))) return { at: "noRoll" };
    return { at: "placed", place: { index, path: proof } };
  } catch (error) {
    if (!(error instanceof PostError)) throw error;
    if (error.code === "not_on_roll") return { at: "notOnRoll" };
    if (error.code === "unreachable") throw error;
    return { at: "noRoll" };
  }
}
