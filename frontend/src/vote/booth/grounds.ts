/** What an audit stood on (beffroi/consultation/grounds.py): only the node says that it is the town's. */
import { BaseError } from "viem";
import { getBlock } from "viem/actions";
import { addressOf, chain } from "../../chain/client";
import { blockTimes } from "../../chain/logs";
import { theTown } from "../../town/folder";
import type { audited } from "../ballot/audit";
import { type Bytes, fromHex, type Hex, same, toHex } from "../ballot/bytes";
import type { Event } from "../ballot/events";
import { paramsHash } from "../ballot/params";
import { Roll } from "../ballot/records";
import { type Origin, originOf } from "../ballot/rollfile";
import { totalsHash } from "../ballot/tally";
import { activeAt, kindsOf } from "./register";

export interface Grounds {
  /** Whose word it is: scheme, host and port, for paths and queries carry keys. */
  readonly node: string;
  readonly chainId: number;
  /** Hash of the chain's first block. */
  readonly genesis: Hex;
  readonly contract: Hex;
  /** The block in which the vote was closed; null before. */
  readonly closed: { readonly block: number; readonly hash: Hex } | null;
  readonly threshold: number;
  readonly trustees: readonly Hex[];
  /** h, which every ballot is encrypted for. */
  readonly key: Hex;
  readonly rollRoot: Hex;
  readonly rollSize: number;
  /** What the roll's file says of itself; null where none was published. */
  readonly origin: Origin | null;
  /** Whether the register's events give this very roll, drawn again here. */
  readonly isWhole: boolean;
  /** How old the roll was when the vote began; null where it is not whole. */
  readonly age_days: number | null;
  /** Hash of what every ballot is bound to. */
  readonly terms: Hex;
  readonly batches: number;
  /** How many of them in a block whose time is not of the vote. */
  readonly outside: number;
  /** Hash of the totals that were summed here; null before the vote is closed. */
  readonly totals: Hex | null;
}

const DAY_S = 86_400;

/** When a roll was drawn, unix seconds, where the register's events give it again; null where they give another. */
async function drawnAt(origin: Origin, root: Bytes): Promise<number | null> {
  const kinds = kindsOf(origin.kind);
  const isHere = origin.contract.toLowerCase() === addressOf("Residents")?.toLowerCase();
  if (!kinds || !isHere || !/^\d{1,15}$/.test(origin.block)) return null;
  const block = BigInt(origin.block);
  try {
    const accounts = await activeAt(block, kinds);
    if (!accounts?.length || !same(new Roll(accounts.map(fromHex)).root, root)) return null;
    return (await blockTimes([block])).get(block) ?? null;
  } catch (error) {
    if (error instanceof BaseError) return null; // the node does not tell so much: nobody has shown that it is whole
    throw error;
  }
}

/** What an audit stood on; null where the opening, or its key, is not known. */
export async function groundsOf(
  { params, replay, closing }: ReturnType<typeof audited>,
  events: readonly Event[],
  roll: string | null,
): Promise<Grounds | null> {
  if (!params || !replay?.ceremony) return null;
  const casts = events.filter((event) => event.name === "cast").map(({ block }) => block);
  const [first, times] = await Promise.all([
    getBlock(chain(), { blockNumber: 0n }),
    blockTimes(casts.map((block) => BigInt(block))),
  ]);
  const isOutside = (block: number): boolean => {
    const time = times.get(BigInt(block)) ?? 0;
    return time < params.opensAt || time >= params.closesAt;
  };
  const closed = events.find((event) => event.name === "closed");
  const origin = roll === null ? null : originOf(roll);
  const drawnAt_s = origin && (await drawnAt(origin, params.rollRoot));
  return {
    node: new URL(theTown().rpc, globalThis.location.href).origin,
    chainId: params.chainId,
    genesis: first.hash,
    contract: toHex(params.consultations),
    closed: closed ? { block: closed.block, hash: toHex(closed.blockHash) } : null,
    threshold: replay.ceremony.threshold,
    trustees: replay.ceremony.trustees.map(toHex),
    key: toHex(params.h),
    rollRoot: toHex(params.rollRoot),
    rollSize: params.rollSize,
    origin,
    isWhole: drawnAt_s !== null,
    age_days: drawnAt_s && Math.floor((params.opensAt - drawnAt_s) / DAY_S),
    terms: toHex(paramsHash(params)),
    batches: casts.length,
    outside: casts.filter(isOutside).length,
    totals: closing && toHex(totalsHash(closing.totals)),
  };
}
