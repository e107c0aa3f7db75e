/** The calls that a council decides, as the chain has them: what `beffroi.records.actaudit` asks of it. */
import {
  type AbiEvent,
  type Address,
  type Hex,
  decodeFunctionData,
  encodeAbiParameters,
  getAbiItem,
  isAddressEqual,
  keccak256,
  parseAbi,
} from "viem";
import { getTransaction } from "viem/actions";
import { chain } from "../../chain/client";
import { blockTimes, logs } from "../../chain/logs";
import { landTaxAbi } from "../../generated/LandTax";
import { localCurrencyAbi } from "../../generated/LocalCurrency";
import { planningAbi } from "../../generated/Planning";
import { promisesAbi } from "../../generated/Promises";
import { theTown } from "../../town/folder";
import type { Call, ListedCall } from "../paper/actaudit";
import { NOBODY } from "../paper/paper";

/** What a council decides before an office carries it out, by contract. */
const WATCHED: Readonly<Record<string, AbiEvent>> = {
  LocalCurrency: getAbiItem({ abi: localCurrencyAbi, name: "Issued" }),
  LandTax: getAbiItem({ abi: landTaxAbi, name: "RatesSet" }),
  Planning: getAbiItem({ abi: planningAbi, name: "ZoneOpened" }),
  Promises: getAbiItem({ abi: promisesAbi, name: "MandateOpened" }),
};
const AUTHORITY = parseAbi(["function execute(address target, bytes data)", "function multicall(bytes[] data)"]);
/** How many wraps may stand one in another. */
const DEEPEST = 8;

/** Calls of a contract that one transaction made, as far as the transaction itself shows them. */
export interface Carried {
  /** Contract and event. */
  what: string;
  transaction: Hex;
  /** Unix seconds of its block. */
  at: number;
  /** How many the contract told of. */
  count: number;
  /** Of each; null where they went through a contract that the page does not unwrap. */
  hashes: readonly Hex[] | null;
  /** Of the transaction itself. */
  outer: Hex;
}

interface Made {
  target: Address;
  data: Hex;
}

/** As acts name a call. */
function callHash({ target, data }: Made): Hex {
  const types = [{ type: "uint256" }, { type: "address" }, { type: "bytes" }] as const;
  return keccak256(encodeAbiParameters(types, [BigInt(theTown().chainId), target, data]));
}

/** The calls behind one, in order: itself where the town's authority does not wrap it. */
function* unwrapped(call: Made, authority: Address | undefined, depth = 0): Generator<Made> {
  const inner = authority && depth <= DEEPEST && isAddressEqual(call.target, authority) ? wrappedIn(call) : null;
  if (inner === null) yield call;
  else for (const it of inner) yield* unwrapped(it, authority, depth + 1);
}

function wrappedIn({ target, data }: Made): Made[] | null {
  try {
    const { functionName, args } = decodeFunctionData({ abi: AUTHORITY, data });
    if (functionName === "execute") return [{ target: args[0], data: args[1] }];
    return args[0].map((it) => ({ target, data: it }));
  } catch {
    return null; // another of its functions
  }
}

/** Every call that a council decides. @throws as viem's reads */
export async function carriedOut(): Promise<Carried[]> {
  const { built, contracts } = theTown();
  const found = Object.entries(built).map(([name, of]) => {
    const [address, event] = [contracts[name], WATCHED[of]];
    return address && event ? carriedBy(name, address, event) : [];
  });
  return (await Promise.all(found)).flat();
}

async function carriedBy(name: string, address: Address, event: AbiEvent): Promise<Carried[]> {
  const found = await logs({ address, event });
  const counts = new Map<Hex, { count: number; block: bigint }>();
  for (const { transactionHash, blockNumber } of found) {
    counts.set(transactionHash, { count: (counts.get(transactionHash)?.count ?? 0) + 1, block: blockNumber });
  }
  const times = await blockTimes(found.map(({ blockNumber }) => blockNumber));
  const what = `${name}.${event.name}`;
  const isItsOwn = ({ target }: Made): boolean => isAddressEqual(target, address);
  return Promise.all(
    [...counts].map(async ([transaction, { count, block }]) => {
      const { to, input } = await getTransaction(chain(), { hash: transaction });
      const outer: Made = { target: to ?? NOBODY, data: input };
      const calls = [...unwrapped(outer, theTown().contracts["Town"])].filter(isItsOwn);
      const hashes = calls.length === count || isItsOwn(outer) ? calls.map(callHash) : null;
      return { what, transaction, at: times.get(block) ?? 0, count, hashes, outer: callHash(outer) };
    }),
  );
}

/**
 * The calls of the chain. What went through another contract is the site's word, where it has one as often as the
 * contract told of it; else it is the transaction itself, which no act authorises.
 */
export function callsOf(carried: readonly Carried[], listed: readonly ListedCall[]): Call[] {
  return carried.flatMap(({ what, transaction, at, count, hashes, outer }): Call[] => {
    if (hashes) return hashes.map((hash) => ({ what, transaction, at, hash, isToldOnly: false }));
    const told = listed.filter((it) => it.what === what && it.transaction.toLowerCase() === transaction.toLowerCase());
    if (told.length === count) return told.map((it) => ({ ...it, at, isToldOnly: true }));
    return [{ what, transaction, at, hash: outer, isToldOnly: false }];
  });
}
