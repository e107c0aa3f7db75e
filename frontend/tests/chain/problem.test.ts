import { encodeErrorResult } from "viem";
import { describe, expect, it } from "vitest";
import { ActError, problemOf, revertData } from "../../src/chain/problem";
import { errorsAbi } from "../../src/generated/errors";
import { PostError, wire } from "../../src/post/client";

const data = encodeErrorResult({
  abi: errorsAbi,
  errorName: "LocalCurrency_Frozen",
  args: ["0x70997970C51812dc3A010C7d01b50e0d17dc79C8"],
});

describe("problemOf", () => {
  it.each([
    ["beside the error", { data }],
    ["inside a cause", { cause: { cause: { data } } }],
    ["as a wallet wraps it", { code: -32603, data: { data } }],
    ["as an older wallet wraps it", { data: { originalError: { data } } }],
    ["where viem leaves it raw", { cause: { raw: data } }],
  ])("finds a custom error %s", async (_, error) => {
    expect(await problemOf(error)).toEqual({
      kind: "refused",
      refusal: { name: "LocalCurrency_Frozen", args: ["0x70997970C51812dc3A010C7d01b50e0d17dc79C8"] },
    });
  });

  it.each([
    ["declined", { code: 4001, message: "User rejected" }],
    ["otherAccount", { code: 4100 }],
    ["walletBusy", { code: -32002 }],
    ["wrongChain", { code: 4902 }],
    ["noEther", new Error("insufficient funds for gas * price + value")],
    ["reverted", new Error("execution reverted")],
    ["officeDown", new PostError("unreachable", "")],
    ["offline", { cause: new TypeError("Failed to fetch dynamically imported module: x.js") }],
    ["otherAccount", new ActError({ kind: "otherAccount" })],
    ["unknown", new Error("what?")],
  ])("knows %s", async (kind, error) => {
    expect(await problemOf(error)).toMatchObject({ kind });
  });

  it("keeps the office's code", async () => {
    expect(await problemOf(new PostError("slip_used", "used", 409))).toMatchObject({
      kind: "office",
      code: "slip_used",
    });
  });

  it("tells what the contract would refuse by the contract's own error", async () => {
    const refusal = { name: "MutualCredit_TooMuchCredit", args: ["1100", "1000"] };
    expect(await problemOf(new PostError("refused_by_contract", "no", 409, refusal))).toEqual({
      kind: "refused",
      refusal,
    });
  });

  it("takes no address and no odd text for revert data", () => {
    expect(revertData({ data: "0x" })).toBeNull();
    expect(revertData({ data: "0x123456789" })).toBeNull();
    expect(revertData({ data: "Reverted" })).toBeNull();
  });
});

describe("wire", () => {
  it("writes big numbers as decimal text, however deep", () => {
    expect(wire({ value: 2n ** 200n, list: [1n, "0x"], small: 3, none: null })).toEqual({
      value: (2n ** 200n).toString(),
      list: ["1", "0x"],
      small: 3,
      none: null,
    });
  });
});
