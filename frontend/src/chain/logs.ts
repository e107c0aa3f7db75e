import {
  type AbiEvent,
  type Address,
  BaseError,
  HttpRequestError,
  type LogTopic,
  type RpcLog,
  TimeoutError,
  type Log as ViemLog,
  encodeEventTopics,
  formatLog,
  numberToHex,
  parseEventLogs,
} from "viem";
import { getBlock, getBlockNumber } from "viem/actions";
import { inSlices } from "../slices";
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

const AT_ONCE = 50;

/** The logs of a query as its event reads them: one by one that is much work in a commune of thousands of titles. */
function* decoding<const event extends AbiEvent>(
  { event, args }: Query<event>,
  found: readonly RpcLog[],
): Generator<undefined, Log<event>[]> {
  const decoded: Log<event>[] = [];
  for (let from = 0; from < found.length; from += AT_ONCE, yield) {
    const some = found.slice(from, from + AT_ONCE).map((log) => formatLog(log));
    decoded.push(
      ...(parseEventLogs({ abi: [event], args, logs: some, strict: true } as never) as unknown as Log<event>[]),
    );
  }
  return decoded;
}

/**
 * Every log of an event, in order, however small the ranges that the node allows. From the town's first block unless
 * told.
 */
export async function logs<const event extends AbiEvent>(query: Query<event>): Promise<Log<event>[]> {
  const first = query.fromBlock ?? theTown().startBlock;
  const last = query.toBlock ?? (await getBlockNumber(chain(), { cacheTime: 0 }));
  if (first > last) return [];
  const { address, event, args } = query;
  const topics = encodeEventTopics({ abi: [event], args } as never) as LogTopic[];
  const fetchRange = async (from: bigint, to: bigint): Promise<Log<event>[]> => {
    const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
    const found = await chain().request({ method: "eth_getLogs", params: [{ address, topics, ...range }] });
    return inSlices(decoding(query, found));
  };
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
