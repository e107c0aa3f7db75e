import { keccak256 } from "viem";
import { expect, it } from "vitest";
import { decodeAct, encodeAct } from "../../src/desks/concurring";

const typed = {
  parcel: "59999000AB0002",
  creditor: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  amount: "30 000",
  due: "2030-01-01",
  document: "acte 12",
};

it("what the notary attests is the very call that the registrar makes", () => {
  const data = encodeAct("inscribe", typed)!;
  const read = decodeAct(`https://mairie.example/#/desk/concur?act=${data}`)!;
  expect(read).toMatchObject({ data, hash: keccak256(data), functionName: "inscribe" });
  expect(read.args.slice(2, 4)).toEqual([3_000_000, 21_915]);
});

it("an incomplete form, or another text, is no act", () => {
  expect(encodeAct("inscribe", { ...typed, amount: "" })).toBeNull();
  expect(decodeAct("bonjour")).toBeNull();
  expect(decodeAct("0x12345678")).toBeNull();
});
