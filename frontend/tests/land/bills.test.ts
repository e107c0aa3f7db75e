import { describe, expect, it } from "vitest";
import { billsOf, proofOf, readTaxRoll, receiptOf } from "../../src/land/bills";
import vector from "./tax-2026.json";

const { csv, root, proofs, receipts } = vector;

describe("the roll of the land tax, as beffroi.publish writes it", () => {
  const roll = readTaxRoll(csv)!;
  it("is read, and its root made again", () => {
    expect(roll).toMatchObject({ year: 2026, root });
    expect(roll.bills).toHaveLength(proofs.length);
  });
  it("proves each bill as Python does", () => {
    expect(roll.bills.map((bill) => proofOf(roll, bill))).toEqual(proofs);
    expect(roll.bills.map(receiptOf)).toEqual(receipts);
  });
  it("finds one's own bills, however the address is written", () => {
    const [first] = roll.bills;
    expect(billsOf(roll, first!.account.toLowerCase() as `0x${string}`)).toContain(first);
  });
  it.each([
    ["an amount was changed", csv.replace(",10000\n", ",9999\n")],
    ["two lines changed places", csv.replace(/(0,[^\n]+)\n(1,[^\n]+)\n/, "$2\n$1\n")],
    ["it states no year", csv.replace(/# year.*\n/, "")],
    ["it is another file", "<!doctype html>"],
    ["it has no bill", csv.split("\n").slice(0, 5).join("\n")],
  ])("is refused when %s", (_, text) => {
    expect(readTaxRoll(text)).toBeNull();
  });
});
