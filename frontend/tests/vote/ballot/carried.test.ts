/** Who signed a transaction, by its bytes as a node tells them, and not by the node's word for it. */
import { formatTransaction, type RpcTransaction } from "viem";
import { describe, expect, it } from "vitest";
import file from "../../../../tests/vectors/carried.json?raw";
import { fromHex, type Hex } from "../../../src/vote/ballot/bytes";
import { type CastBallot, castIn, signerOf } from "../../../src/vote/ballot/carried";

interface Vectors {
  chainId: number;
  signer: `0x${string}`;
  transactions: Record<string, Record<string, unknown>>;
  calls: { input: Hex; casts: CastBallot | null }[];
}

const { chainId, signer, transactions, calls } = JSON.parse(file) as Vectors;
const of = (told: Record<string, unknown>, chain = chainId) =>
  signerOf(formatTransaction(told as unknown as RpcTransaction), chain);
const voter = fromHex(signer.toLowerCase() as `0x${string}`);

describe.each(Object.entries(transactions))("a transaction told by a node: %s", (_, told) => {
  it("is of whoever signed it, whoever the node says it was", () => {
    expect(of(told)).toEqual(voter);
  });

  it("is another signer's or nobody's once anything of it is altered", () => {
    const flipped = (name: string) => ({ [name]: `0x${(BigInt(told[name] as string) ^ 1n).toString(16)}` });
    const input = `${(told["input"] as string).slice(0, -2)}ac`;
    const others = [...["nonce", "gas", "value", "r"].map(flipped), { input }, { to: `0x${"12".repeat(20)}` }];
    for (const other of others) expect(of({ ...told, ...other })).not.toEqual(voter);
    expect(of(told, 1)).not.toEqual(voter);
  });

  it("is nobody's without a signature", () => {
    const most = `0x${"f".repeat(64)}`;
    for (const other of [{ r: undefined }, { r: "0x0" }, { s: most }]) expect(of({ ...told, ...other })).toBeNull();
  });
});

it.each(calls)("a voter casts what her call names, and nothing that rides in another: $input", ({ input, casts }) => {
  expect(castIn(input)).toEqual(casts);
});
