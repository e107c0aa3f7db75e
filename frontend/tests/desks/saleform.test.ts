import type { Address } from "viem";
import { describe, expect, it } from "vitest";
import { type Row, readBuyers, readSold } from "../../src/desks/rows";
import { EMPTY, type Typed, readForm } from "../../src/desks/saleform";
import { BARE, FULL, type Right, USUFRUCT } from "../../src/land/rights";

const [ADA, BOB, NOTARY] = [1, 2, 3].map((it) => `0x${String(it).repeat(40)}` as Address) as [
  Address,
  Address,
  Address,
];
const right = (holder: Address, shares: number, kind = FULL): Right => ({ holder, kind, shares });
const row = (account: Address, part = "", more: Partial<Row> = {}): Row => ({
  account,
  kind: String(FULL),
  part,
  brings: "",
  ...more,
});

describe("what is sold", () => {
  const rights = [right(ADA, 3), right(BOB, 3)];
  it("is what was typed beside each right; nothing is nothing", () => {
    expect(readSold(["1/3", ""], rights, 6)).toEqual({ sold: [right(ADA, 2)], faults: {} });
    expect(readSold(["0", "1/2"], rights, 6).sold).toEqual([right(BOB, 3)]);
  });
  it("is told where it is no share, or cut too finely", () => {
    expect(readSold(["many", "1/4"], rights, 6).faults).toEqual({ "0/sold": "part", "1/sold": "units" });
  });
});

describe("who buys", () => {
  const all = [right(ADA, 6)];
  it("alone has all that is sold", () => {
    expect(readBuyers([row(BOB)], all, 6)).toEqual({ bought: [right(BOB, 6)], brought: [], faults: {} });
  });
  it("with others has what they leave, wherever the empty share stands", () => {
    expect(readBuyers([row(BOB), row(NOTARY, "1/3")], all, 6).bought).toEqual([right(BOB, 4), right(NOTARY, 2)]);
  });
  it("may have the use apart from the ownership", () => {
    const apart = [row(BOB, "", { kind: String(USUFRUCT) }), row(NOTARY, "", { kind: String(BARE) })];
    expect(readBuyers(apart, all, 6).bought).toEqual([right(BOB, 6, USUFRUCT), right(NOTARY, 6, BARE)]);
  });
  it("has in full ownership no more than is sold of both", () => {
    const sold = [right(ADA, 2), right(NOTARY, 4, USUFRUCT)];
    expect(readBuyers([row(BOB)], sold, 6).bought).toEqual([right(BOB, 2)]);
  });
  it("is told where nothing is left, or a field is wrong", () => {
    expect(readBuyers([row(BOB), row(NOTARY)], all, 6).faults).toEqual({ "1/part": "left" });
    const wrong = row("0x12", "x", { brings: "-1" });
    expect(readBuyers([wrong], all, 6).faults).toEqual({
      "0/account": "address",
      "0/part": "part",
      "0/brings": "amount",
    });
  });
});

describe("the form of a sale", () => {
  const title = { token: 5n, whole: 6, rights: [right(ADA, 4), right(BOB, 2)] };
  const typed: Typed = {
    ...EMPTY,
    sold: ["2/3", "1/3"],
    buyers: [row(NOTARY, "", { brings: "100" })],
    price: "1000",
    deposit: "50",
    document: "acte 1",
  };
  const read = (changed: Partial<Typed> = {}) => readForm({ ...typed, ...changed }, title, NOTARY);
  it("is a wish once all of it is there", () => {
    expect(read().wish).toMatchObject({
      title: 5n,
      sold: title.rights,
      bought: [right(NOTARY, 6)],
      brought: [{ account: NOTARY, amount_cents: 100_00n }],
      usufruct_bps: 0n,
      price_cents: 1_000_00n,
      loan: null,
      conditions: 0n,
    });
    expect(read({ loanCondition: "yes", permitCondition: "yes" }).wish?.conditions).toBe(3n);
  });
  it("wants what the usufruct is worth where it is apart", () => {
    const apart = [row(NOTARY, "", { kind: String(USUFRUCT) }), row(NOTARY, "", { kind: String(BARE) })];
    expect(read({ buyers: apart }).faults?.lines).toEqual({ usufruct: "percent" });
    expect(read({ buyers: apart, usufruct: "100" }).faults?.lines).toEqual({ usufruct: "percent" });
    expect(read({ buyers: apart, usufruct: "62,5" }).wish?.usufruct_bps).toBe(6_250n);
  });
  it("wants the whole of a loan, or none", () => {
    expect(read({ loan: "100" }).faults?.lines).toEqual({ lender: "empty", loanDue: "empty" });
    expect(read({ loan: "100", lender: ADA, loanDue: "2030-01-01" }).wish?.loan).toMatchObject({ lender: ADA });
  });
});
