import { type Address, type Hex, hashTypedData } from "viem";
import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/credit.json";
import { PERMIT, SLIPS, creditNonce } from "../../src/credit/slips";

const TYPES: Record<string, readonly { name: string; type: string }[]> = { ...SLIPS, ...PERMIT };

/** As a wallet hashes it. */
function digestOf({ type, domain, message }: (typeof vectors.slips)[number]): Hex {
  const { name, chainId, contract } = domain;
  return hashTypedData({
    domain: { name, version: "1", chainId, verifyingContract: contract as Address },
    types: { [type]: TYPES[type] ?? [] },
    primaryType: type,
    message,
  });
}

describe("slips of a circle", () => {
  it.each(vectors.slips.map((it) => [it.type, it.message.amount ?? "", it] as const))(
    "are Python's, by their digest: %s %s",
    (_type, _amount, slip) => expect(digestOf(slip)).toBe(slip.digest),
  );

  it("are every kind that the page signs", () => {
    expect(new Set(vectors.slips.map(({ type }) => type))).toEqual(new Set(Object.keys(TYPES)));
  });

  it("pay once what a reference stands for, by page or by command", () => {
    const made = vectors.nonces.map(({ to, amount, ref }) => creditNonce(to as Address, BigInt(amount), ref as Hex));
    expect(made.map(BigInt)).toEqual(vectors.nonces.map(({ nonce }) => BigInt(nonce)));
  });
});
