import { keccak256, stringToHex } from "viem";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { dataUri } from "../../src/chain/texts";
import { readMandate } from "../../src/cred/history";

const OPENS_S = 900;
const DUE_S = 1_000;
const { told } = vi.hoisted(() => ({ told: new Map<string, unknown[]>() }));

vi.mock("../../src/chain/client", () => ({ at: () => ({ address: "0x" }), addressOf: () => "0x", chain: () => null }));
vi.mock("../../src/chain/followed", () => ({
  followed: (query: () => { event: { name: string } }) => async () => told.get(query().event.name) ?? [],
}));
vi.mock("../../src/chain/logs", () => ({ blockTimes: async () => new Map() }));

/** In the order in which they are told; of one block where the block is the same. */
const tell = (blockNumber: bigint, name: string, args: Record<string, unknown>): void => {
  const logIndex = [...told.values()].flat().length;
  told.set(name, [...(told.get(name) ?? []), { args: { mandate: 1n, ...args }, blockNumber, logIndex }]);
};
const attach = (block: bigint): void =>
  tell(block, "EvaluationAttached", { evaluation: 1n, consultation: 1n, promises: "0x00", midTerm: false });
const settle = (block: bigint): void =>
  tell(block, "PromiseSettled", { promiseId: 0n, opinions: 8n, missing: 8n, burnt: 25n, frozen: 0n });
const freeze = (block: bigint): void => tell(block, "PromiseUnjudged", { promiseId: 0n });
const first = async () => {
  const mandate = await readMandate(1);
  return { frozen: mandate?.frozen, ...mandate?.promises[0] };
};

beforeEach(() => {
  told.clear();
  tell(1n, "MandateOpened", { subject: "0x", endsAt: 5_000, supply: 100n });
  const pledge = { textHash: keccak256(stringToHex("plant")), uri: dataUri("plant"), weight_bps: 10_000, dueAt: DUE_S };
  tell(2n, "Pledged", { promiseId: 0n, stake: 100n, pledge });
  tell(3n, "ConsultationOpened", { consultation: 1n, terms: { opensAt: OPENS_S } });
  attach(4n);
});

describe("what nobody judged", () => {
  it("is frozen, but for what was burnt, in the very block of an early finding", async () => {
    settle(5n);
    freeze(5n);
    expect(await first()).toMatchObject({ frozen: 75n, isUnjudged: true, isEarly: true });
  });

  it("stays frozen while it is voted on, also where that begins in its block, until a finding", async () => {
    freeze(5n);
    expect(await first()).toMatchObject({ frozen: 100n, isUnjudged: true });
    attach(5n);
    expect(await first()).toMatchObject({ frozen: 100n, isUnjudged: false });
    settle(6n);
    expect(await first()).toMatchObject({ frozen: 0n, isUnjudged: false });
  });
});
