import { BaseError, ContractFunctionRevertedError } from "viem";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Mandate } from "../../src/cred/history";
import { promisesAbi } from "../../src/generated/Promises";
import { readSilence } from "../../src/cred/silence";

const TOWNS = ["0x11", "0x12"];
const PUPPETS = ["0x21", "0x22"];
const ceremony = (number: number, accounts: string[]) => ({
  number,
  phase: "ready",
  needed: 2,
  trustees: accounts.map((account) => ({ account })),
});
const { read, free, panels } = vi.hoisted(() => ({ read: vi.fn(), free: vi.fn(), panels: vi.fn() }));

vi.mock("viem/actions", () => ({ readContract: (_: unknown, asked: unknown) => read(asked) }));
vi.mock("../../src/chain/client", () => ({ at: () => ({}), chain: () => null, addressOf: () => "0x" }));
vi.mock("../../src/chain/head", () => ({ now_s: async () => 10_000n }));
vi.mock("../../src/vote/booth/floors", () => ({ latestRoll: async () => ({}), isCurrent: async () => true }));
vi.mock("../../src/vote/booth/polls", () => ({ readPolls: async () => [] }));
vi.mock("../../src/vote/booth/panels", () => ({ believedPanels: async () => panels() }));
vi.mock("../../src/vote/booth/ceremonies", () => ({
  ceremonyContract: async () => ({ address: "0x" }),
  readCeremonies: async () => free(),
}));

const mandate = {
  number: 1,
  ended: null,
  endsAt_s: 5_000,
  promises: [{ number: 0, dueAt_s: 0 }],
} as unknown as Mandate;

const answers = (requireCallable: () => void): void => {
  read.mockImplementation(async ({ functionName }: { functionName: string }) => {
    if (functionName === "requireCallable") return requireCallable();
    return { silence_s: 1, patience_s: 1, promiseOf: { state: 1 }, isReserved: false }[functionName];
  });
};

beforeEach(() => {
  answers(() => undefined);
  panels.mockReturnValue([{ needed: 2, trustees: TOWNS }]);
  // The newest first, as they are read.
  free.mockReturnValue([ceremony(9, PUPPETS), ceremony(3, TOWNS), ceremony(1, PUPPETS)]);
});

describe("what a vote is called with, where the officer is silent", () => {
  it("is a key of trustees whom the page believes, for it makes no ballot for others", async () => {
    expect((await readSilence(mandate)).key).toBe(3);
    free.mockReturnValue([ceremony(1, PUPPETS)]);
    expect((await readSilence(mandate)).key).toBe(null);
  });

  it("is of other trustees too where the page knows none, or as many but fewer needed", async () => {
    panels.mockReturnValue([{ needed: 1, trustees: TOWNS }]);
    expect((await readSilence(mandate)).key).toBe(null);
    panels.mockReturnValue([]);
    expect((await readSilence(mandate)).key).toBe(1);
  });

  it("is worth nothing where the contract takes no call, whatever roll and key there are", async () => {
    expect((await readSilence(mandate)).isCallable).toBe(true);
    const refused = new ContractFunctionRevertedError({ abi: promisesAbi, functionName: "requireCallable" });
    answers(() => {
      throw new BaseError("refused", { cause: refused });
    });
    expect(await readSilence(mandate)).toMatchObject({ isRollCurrent: true, key: 3, isCallable: false });
  });

  it("is not known where the node does not answer", async () => {
    answers(() => {
      throw new BaseError("no answer");
    });
    await expect(readSilence(mandate)).rejects.toThrow("no answer");
  });
});
