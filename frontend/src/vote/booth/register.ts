/** Who is on the register, by its events alone: no node needs to keep what it was then (beffroi/residents.py). */
import { type AbiEvent, type Address, getAbiItem } from "viem";
import { at } from "../../chain/client";
import { logs } from "../../chain/logs";
import { residentsDeskAbi } from "../../generated/ResidentsDesk";

/** As contracts/residents/interfaces/IResidents.sol numbers them; a roll's file names them so. */
const KINDS = { citizen: 1, professional: 2, public_body: 3, commons: 4 } as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];

/** What became of an account; `kind` where it was enrolled, `successor` where a key was recovered. */
export interface Told {
  readonly name: "Enrolled" | "Suspended" | "Reinstated" | "Departed" | "Recovered";
  readonly account: Address;
  readonly kind?: number;
  readonly successor?: Address;
}

/** The kinds that a roll's file states; null where they are none. */
export function kindsOf(text: string): Kind[] | null {
  const words = text.split("+");
  const isKind = (word: string): word is keyof typeof KINDS => Object.hasOwn(KINDS, word);
  return words.every(isKind) && new Set(words).size === words.length ? words.map((word) => KINDS[word]) : null;
}

/**
 * Every account of these kinds that is active after these events, in the order of addresses; null where they do not add
 * up, for the node tells what became of somebody, and not that she was enrolled.
 */
export function activeOf(events: Iterable<Told>, kinds: readonly Kind[]): Address[] | null {
  const found = new Map<Address, { kind: number; isActive: boolean }>();
  for (const { name, account, kind = 0, successor } of events) {
    const known = found.get(account);
    if (name === "Enrolled") found.set(account, { kind, isActive: true });
    else if (!known) return null;
    else {
      if (successor) found.set(successor, known);
      found.set(account, { ...known, isActive: name === "Reinstated" });
    }
  }
  const isListed = (account: Address): boolean => {
    const known = found.get(account);
    return known?.isActive === true && (kinds as readonly number[]).includes(known.kind);
  };
  const inOrder = (a: Address, b: Address): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
  return [...found.keys()].filter(isListed).sort(inOrder);
}

const NAMES: readonly Told["name"][] = ["Enrolled", "Suspended", "Reinstated", "Departed", "Recovered"];

/** Every account of these kinds that is active at the end of a block; null as `activeOf`. */
export async function activeAt(block: bigint, kinds: readonly Kind[]): Promise<Address[] | null> {
  const { address } = at("Residents", residentsDeskAbi);
  const each = NAMES.map(async (name) => {
    const event = getAbiItem({ abi: residentsDeskAbi, name }) as AbiEvent;
    const found = await logs({ address, event, toBlock: block });
    return found.map(({ args, blockNumber, logIndex }) => ({ blockNumber, logIndex, ...(args as object), name }));
  });
  const all = (await Promise.all(each)).flat();
  all.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
  return activeOf(all as unknown as readonly Told[], kinds);
}
