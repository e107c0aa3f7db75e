import type { Hex } from "viem";
import { describe, expect, it } from "vitest";
import { type Entry, historyOf, statesOf } from "../../src/land/history";

let block = 0n;
const log = (name: string, args: Record<string, unknown> = {}, at?: bigint, index = 0): Entry => {
  block = at ?? block + 1n;
  return { name, args, block, index, transaction: `0x${block.toString(16)}` as Hex };
};

describe("the history of a title", () => {
  it("tells each act once, the latest first", () => {
    const entries = [
      log("Registered", {}, 1n, 0),
      log("RightsRestated", {}, 1n, 1),
      log("SaleLocked", {}, 5n, 0),
      log("SaleOpened", {}, 5n, 1),
      log("RightsRestated", {}, 9n, 0),
      log("SaleUnlocked", {}, 9n, 1),
      log("Discharged", {}, 9n, 2),
      log("SaleSettled", {}, 9n, 3),
    ];
    expect(historyOf(entries).map(({ name }) => name)).toEqual([
      "SaleSettled",
      "Discharged",
      "SaleOpened",
      "Registered",
    ]);
  });
  it("keeps a restatement that nothing else tells", () => {
    expect(historyOf([log("RightsRestated", {}, 3n)])).toHaveLength(1);
  });
});

describe("where titles stand", () => {
  it("follows sales, orders and divisions in the order of the chain, however logs arrive", () => {
    const entries = [
      log("SaleUnlocked", { id: 1n }, 7n),
      log("SaleLocked", { id: 1n }, 6n),
      ...[1n, 2n, 3n, 4n, 5n].map((id, index) => log("Registered", { id }, 2n, index)),
      log("SaleLocked", { id: 2n }, 8n),
      log("Frozen", { tokenId: 2n, frozenStatus: true }, 9n),
      log("Frozen", { tokenId: 3n, frozenStatus: true }, 9n, 1),
      log("Frozen", { tokenId: 3n, frozenStatus: false }, 10n),
      log("Merged", { parents: [4n], child: 5n }, 11n),
      log("SaleLocked", { id: 5n }, 12n),
    ];
    expect([...statesOf(entries)]).toEqual([
      [1n, "free"],
      [2n, "frozen"],
      [3n, "free"],
      [4n, "retired"],
      [5n, "sale"],
    ]);
  });
});
