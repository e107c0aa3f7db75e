import { beforeEach, describe, expect, it, vi } from "vitest";
import { followed } from "../../src/chain/followed";
import { head } from "../../src/chain/head";
import { logs } from "../../src/chain/logs";

vi.mock("viem/actions", () => ({ getBlockNumber: async () => chain.last }));
vi.mock("../../src/chain/client", () => ({ chain: () => null }));
vi.mock("../../src/chain/logs", () => ({ logs: vi.fn() }));

/** A chain with one log in each block, and the answers that a slow node still holds back. */
const chain = { last: 0n, slow: [] as (() => void)[] };

const told = (fromBlock: bigint, toBlock: bigint): { blockNumber: bigint }[] =>
  Array.from({ length: Number(toBlock - fromBlock) + 1 }, (_, i) => ({ blockNumber: fromBlock + BigInt(i) }));

function sees(number: bigint): void {
  chain.last = number;
  head.value = { number, timestamp_s: 0 };
}

const reader = () => followed(() => ({ address: "0x", event: {} as never }));
const blocks = (found: readonly { blockNumber: bigint }[]): number[] => found.map((it) => Number(it.blockNumber));
const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

beforeEach(() => {
  chain.slow = [];
  vi.mocked(logs).mockReset();
  vi.mocked(logs).mockImplementation((async (query: { fromBlock?: bigint; toBlock: bigint }) =>
    told(query.fromBlock ?? 1n, query.toBlock)) as never);
});

describe("followed", () => {
  it("reads again only what may have changed", async () => {
    const read = reader();
    sees(100n);
    expect(blocks(await read())).toEqual(upTo(100));
    sees(103n);
    expect(blocks(await read())).toEqual(upTo(103));
    expect(vi.mocked(logs).mock.calls[1]?.[0]).toMatchObject({ fromBlock: 84n, toBlock: 103n });
  });

  it("reads once for all who ask at the same block", async () => {
    const read = reader();
    sees(10n);
    await Promise.all([read(), read(), read()]);
    expect(logs).toHaveBeenCalledTimes(1);
  });

  it("when a block comes while a read is under way, whoever asks then sees what is in it", async () => {
    const read = reader();
    vi.mocked(logs).mockImplementationOnce((async (query: { toBlock: bigint }) => {
      await new Promise<void>((answer) => chain.slow.push(answer));
      return told(1n, query.toBlock);
    }) as never);
    sees(50n);
    const before = read();
    await vi.waitFor(() => expect(chain.slow).toHaveLength(1));
    sees(51n);
    const after = read();
    chain.slow[0]?.();
    expect(blocks(await before)).toEqual(upTo(50));
    expect(blocks(await after)).toEqual(upTo(51));
  });

  it("when a read fails, the next one does not", async () => {
    const read = reader();
    vi.mocked(logs).mockRejectedValueOnce(new Error("line is dead"));
    sees(5n);
    const failed = read();
    sees(6n);
    const next = read();
    await expect(failed).rejects.toThrow("line is dead");
    expect(blocks(await next)).toEqual(upTo(6));
  });
});
