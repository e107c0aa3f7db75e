import { type AbiEvent, type Address, BaseError, HttpRequestError, TimeoutError, type Log as ViemLog } from "viem";
import { getBlock, getBlockNumber, getLogs } from "viem/actions";
import { theTown } from "../town/folder";
import { chain } from "./client";
import { inRanges } from "./ranges";

/** Node operators refuse too wide a range each in their own words: any refusal but a dead line may be one. */
function isHalvable(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  if (error.walk((cause) => cause instanceof TimeoutError)) return true;
  const failed = error.walk((cause) => cause instanceof HttpRequestError) as HttpRequestError | null;
  return failed === null || failed.status !== undefined;
}

export interface Query<event extends AbiEvent> {
  address: Address;
  event: event;
  /** Indexed members that must match; an array is "one of". */
  args?: Record<string, unknown>;
  fromBlock?: bigint;
  toBlock?: bigint;
}

/** A log of a mined block whose members are all there. */
export type Log<event extends AbiEvent> = ViemLog<bigint, number, false, event, true, [event], event["name"]>;

/** Every log of an event, in order, however small the ranges that the node allows. From the town's first block unless told. */
export async function logs<const event extends AbiEvent>(query: Query<event>): Promise<Log<event>[]> {
  const first = query.fromBlock ?? theTown().startBlock;
  const last = query.toBlock ?? (await getBlockNumber(chain(), { cacheTime: 0 }));
  if (first > last) return [];
  const fetchRange = async (fromBlock: bigint, toBlock: bigint): Promise<Log<event>[]> =>
    (await getLogs(chain(), {
      address: query.address,
      event: query.event,
      ...(query.args === undefined ? {} : { args: query.args }),
      fromBlock,
      toBlock,
      strict: true,
    } as never)) as unknown as Log<event>[];
  return inRanges(first, last, fetchRange, isHalvable);
}

const times = new Map<bigint, number>();

/** Unix seconds of each of these blocks; asked once. */
export async function blockTimes(blocks: Iterable<bigint>): Promise<ReadonlyMap<bigint, number>> {
  const missing = [...new Set(blocks)].filter((number) => !times.has(number));
  await Promise.all(
    missing.map(async (blockNumber) => {
      const { timestamp } = await getBlock(chain(), { blockNumber });
      times.set(blockNumber, Number(timestamp));
    }),
  );
  return times;
}
