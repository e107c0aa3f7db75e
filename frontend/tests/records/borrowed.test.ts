import { afterEach, describe, expect, it, vi } from "vitest";
import type { Hex } from "../../src/vote/ballot/bytes";
import { ISSUER, shownMade } from "./made";

const MAGIC = "0x1626ba7e";

/** Whether the page hears what no key signed, where the account has this code, and that code says yes. */
async function hears(code: Hex | undefined): Promise<boolean> {
  vi.resetModules();
  vi.doMock("../../src/chain/client", () => ({ chain: () => ({}) }));
  vi.doMock("viem/actions", () => ({ getCode: async () => code, readContract: async () => MAGIC }));
  const { isSignedOnChain } = await import("../../src/records/chain/attested");
  return isSignedOnChain({ ...(await shownMade(["commune"])), signature: "0x01" });
}

afterEach(() => {
  vi.doUnmock("../../src/chain/client");
  vi.doUnmock("viem/actions");
});

describe("who shows a paper by what no key signed", () => {
  it("is heard where a contract of its own says yes", async () => {
    expect(await hears("0x60806040")).toBe(true);
  });

  it("is not heard where the code is borrowed, for that is given back in one transaction", async () => {
    expect(await hears(`0xef0100${ISSUER.slice(2)}`)).toBe(false);
  });

  it("is not heard where there is no code", async () => {
    expect(await hears(undefined)).toBe(false);
  });
});
