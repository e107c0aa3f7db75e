import type { AbiEvent } from "viem";
import { getBlockNumber } from "viem/actions";
import { chain } from "./client";
import { head } from "./head";
import { type Log, type Query, logs } from "./logs";

/** Blocks that a chain may still take back: read again each time. */
const UNSETTLED = 16n;

/** Reads an event's logs, and the next time only what has come since: views ask again with each block. */
export function followed<const event extends AbiEvent>(query: () => Query<event>): () => Promise<Log<event>[]> {
  let settled: Log<event>[] = [];
  let from: bigint | undefined;
  let reading: { head: bigint | undefined; found: Promise<Log<event>[]> } | null = null;
  const read = async (): Promise<Log<event>[]> => {
    const last = await getBlockNumber(chain(), { cacheTime: 0 });
    const fresh = await logs({ ...query(), ...(from === undefined ? {} : { fromBlock: from }), toBlock: last });
    const all = [...settled, ...fresh];
    const limit = last > UNSETTLED ? last - UNSETTLED : 0n;
    settled = all.filter(({ blockNumber }) => blockNumber < limit);
    if (limit > (from ?? 0n)) from = limit;
    return all;
  };
  return () => {
    const known = head.peek()?.number;
    // Callers of one block share a read; one begun before their block may have missed what happened in it.
    if (!reading || reading.head !== known) {
      const found = (reading ? reading.found.then(read, read) : read()).finally(() => {
        if (reading?.found === found) reading = null;
      });
      reading = { head: known, found };
    }
    return reading.found;
  };
}
