import { type AbiEvent, type Hex, type Log, decodeEventLog, isAddressEqual } from "viem";
import { getBlockNumber, getLogs } from "viem/actions";
import { chain } from "../chain/client";
import { blockTimes } from "../chain/logs";
import { events } from "../generated/audit";
import { theTown } from "../town/folder";

/** Something that a contract of the town told. */
export interface Line {
  contract: string;
  event: string;
  args: readonly (readonly [name: string, value: string])[];
  block: bigint;
  transaction: Hex;
  time_s: number;
}

type Raw = Pick<Log<bigint, number, false>, "address" | "topics" | "data" | "blockNumber" | "transactionHash">;

const plain = (value: unknown): string =>
  typeof value === "object"
    ? JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner))
    : String(value);

/** A log in the words of its contract's own ABI; null where it has none of that name. */
function told(contract: string, abi: readonly AbiEvent[], log: Raw): Omit<Line, "time_s"> | null {
  try {
    const { eventName, args } = decodeEventLog({ abi, topics: log.topics, data: log.data });
    const named = Object.entries((args ?? {}) as Record<string, unknown>).map(
      ([name, value]) => [name, plain(value)] as const,
    );
    return {
      contract,
      event: eventName as string,
      args: named,
      block: log.blockNumber,
      transaction: log.transactionHash,
    };
  } catch {
    return null;
  }
}

const MOST_BLOCKS = 500n;

/** The latest lines of every contract of the town, the newest first, from the last `MOST_BLOCKS` blocks up to one. */
export async function readJournal(until?: bigint): Promise<{ lines: Line[]; first: bigint }> {
  const { contracts, built, startBlock } = theTown();
  const last = until ?? (await getBlockNumber(chain(), { cacheTime: 0 }));
  const first = last - MOST_BLOCKS > startBlock ? last - MOST_BLOCKS : startBlock;
  const named = Object.entries(contracts);
  const logs = await getLogs(chain(), {
    address: named.map(([, address]) => address),
    fromBlock: first,
    toBlock: last,
  });
  const lines = logs.flatMap((log) => {
    const found = named.find(([, address]) => isAddressEqual(address, log.address));
    const line = found && told(found[0], events[built[found[0]] ?? ""] ?? [], log);
    return line ? [line] : [];
  });
  const times = await blockTimes(lines.map(({ block }) => block));
  return { lines: lines.map((line) => ({ ...line, time_s: times.get(line.block) ?? 0 })).reverse(), first };
}

const cell = (text: string): string => {
  // A spreadsheet takes for a formula what begins so.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The lines as CSV. */
export const journalCsv = (lines: readonly Line[]): string =>
  [
    "time,block,transaction,contract,event,arguments",
    ...lines.map(({ time_s, block, transaction, contract, event, args }) =>
      [
        new Date(time_s * 1000).toISOString(),
        block.toString(),
        transaction,
        contract,
        event,
        args.map(([name, value]) => `${name}=${value}`).join(" "),
      ]
        .map(cell)
        .join(","),
    ),
  ].join("\r\n");
