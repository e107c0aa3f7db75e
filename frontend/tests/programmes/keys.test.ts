import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/programme-keys.json?raw";
import { holderKeyOf } from "../../src/programmes/flows/wallet";
import { keyOf, readSheet, seedOf } from "../../src/programmes/keys";
import { type Hex, fromHex, toHex } from "../../src/vote/ballot/bytes";

interface Vectors {
  keys: { seed: Hex; programme: Hex; secret: Hex; address: Hex }[];
  codes: { seed: Hex; code: string }[];
  typed: { typed: string; seed: Hex }[];
  refused: { typed: string; fault: "length" | "character" | "mistyped" }[];
  wallets: {
    secret: Hex;
    name: string;
    chainId: number;
    contract: Hex;
    programme: Hex;
    signature: Hex;
    holder: Hex;
  }[];
}

const VECTORS = JSON.parse(file) as Vectors;
const FOOD = `0x${"01".repeat(32)}` as const;

/** Why a text is no code. */
function faultOf(typed: string): unknown {
  try {
    return seedOf(typed);
  } catch (error) {
    return (error as { fault: unknown }).fault;
  }
}

describe("a holder's key", () => {
  it.each(VECTORS.keys)("is Python's: $address", ({ seed, programme, address }) => {
    expect(keyOf(fromHex(seed), programme).address).toBe(address);
  });

  it("is not made of too little", () => {
    expect(() => keyOf(new Uint8Array(15), FOOD)).toThrow(RangeError);
  });
});

describe("a wallet's key", () => {
  it.each(VECTORS.wallets)("is Python's: $holder", async ({ secret, name, chainId, contract, programme, ...made }) => {
    const domain = { name, version: "1", chainId, verifyingContract: contract };
    const signature = await privateKeyToAccount(secret).signTypedData(holderKeyOf(domain, programme));
    expect(signature).toBe(made.signature);
    expect(keyOf(fromHex(signature), programme).address).toBe(made.holder);
  });
});

describe("a code", () => {
  it.each([...VECTORS.codes.map(({ code, seed }) => ({ typed: code, seed })), ...VECTORS.typed])(
    "is read as people type it: $typed",
    ({ typed, seed }) => {
      expect(toHex(seedOf(typed))).toBe(seed);
    },
  );

  it.each(VECTORS.refused)("that was mistyped is told as Python tells it: $typed", ({ typed, fault }) => {
    expect(faultOf(typed)).toBe(fault);
  });

  it("is scanned from a sheet with its programme, and typed without", () => {
    const [{ code, seed } = { code: "", seed: "0x" }] = VECTORS.codes;
    const read = (text: string) => {
      const sheet = readSheet(text);
      return [toHex(sheet.seed), sheet.programme];
    };
    expect(read(`${code} ${FOOD}`)).toEqual([seed, FOOD]);
    expect(read(` ${code} `)).toEqual([seed, null]);
    expect(read(code.replaceAll("-", " "))).toEqual([seed, null]);
    expect(() => readSheet(`${code} ${FOOD.slice(0, -1)}`)).toThrow("length");
  });
});
