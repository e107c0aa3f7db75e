import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { plainSignature } from "../../src/wallet/signature";
import type { TypedData } from "../../src/wallet/typed";

const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const ada = privateKeyToAccount(`0x${"11".repeat(32)}`);
const eve = privateKeyToAccount(`0x${"22".repeat(32)}`);
const word = (value: bigint) => value.toString(16).padStart(64, "0");

const payment = (cents: bigint): TypedData => ({
  domain: { name: "Lys", version: "1", chainId: 31_337, verifyingContract: `0x${"44".repeat(20)}` },
  types: { Payment: [{ name: "value", type: "uint256" }] },
  primaryType: "Payment",
  message: { value: cents },
});

const sign = (typed: TypedData, who = ada) => who.signTypedData(typed);

function forms(signature: `0x${string}`) {
  const r = signature.slice(2, 66);
  const s = BigInt(`0x${signature.slice(66, 130)}`);
  const odd = BigInt(`0x${signature.slice(130)}`) - 27n;
  return {
    plain: signature,
    "v of 0 and 1": `0x${r}${word(s)}0${odd}`,
    "compact (EIP-2098)": `0x${r}${word(s | (odd << 255n))}`,
    "high s": `0x${r}${word(N - s)}${(28n - odd).toString(16)}`,
  } as const;
}

describe("a wallet's signature", () => {
  it.each([1n, 2n, 3n, 4n, 5n, 6n])("is brought to the contracts' form, whatever its own (%d)", async (cents) => {
    const typed = payment(cents);
    const signature = await sign(typed);
    for (const form of Object.values(forms(signature)))
      expect(await plainSignature(form, ada.address, typed)).toBe(signature);
  });

  it("is left as it came when no key of the account made it", async () => {
    const typed = payment(1n);
    const others = Object.values(forms(await sign(typed, eve)));
    const safe = `0x${"00".repeat(12)}${"5a".repeat(20)}${word(65n)}01` as const;
    for (const strange of [...others, safe, "0x", "0xc0ffee", `0x${"ff".repeat(64)}`, `0x${"00".repeat(65)}`] as const)
      expect(await plainSignature(strange, ada.address, typed)).toBe(strange);
  });
});
