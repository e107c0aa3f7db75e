import { describe, expect, it } from "vitest";
import { argumentsOf, isOver, lackOf } from "../../src/desks/carrying";
import type { Deed } from "../../src/land/reading";
import type { Sale } from "../../src/land/sales";
import type { Terms } from "../../src/land/terms";

const terms = { version: 3n, price_cents: 5n, tax_cents: 0n, fees: [], retractUntil: 10n } as unknown as Terms;
const sale = {
  state: "deposited",
  pending: 0,
  isPurged: true,
  escrow_cents: 5n,
  terms,
  termsHash: "0xaa",
} as unknown as Sale;
const deed: Deed = {
  id: "0x01",
  act: "deed",
  sale: 9n,
  from: null,
  terms,
  parties: ["0xa1", "0xb2", "0xa1"],
  signed: ["0xa1", "0xb2"],
  isComplete: true,
  signatures: ["0x11", "0x22", "0x11"],
};

describe("what a deed lacks", () => {
  it("is signatures first, each party counted once", () => {
    const open = { ...deed, isComplete: false, signed: ["0xa1"] } as Deed;
    expect(lackOf(open, sale, 99)).toEqual({ kind: "signatures", signed: 1, all: 2 });
  });
  it("is a ripe sale, then the end of the time to retract", () => {
    expect(lackOf(deed, { ...sale, escrow_cents: 4n }, 99)).toEqual({ kind: "ripe" });
    expect(lackOf(deed, sale, 10)).toEqual({ kind: "early", from_s: 11 });
    expect(lackOf(deed, sale, 11)).toBeNull();
  });
  it("is nothing more for a compromis that all signed", () => {
    expect(lackOf({ ...deed, act: "compromis" }, null, 0)).toBeNull();
  });
});

describe("a deed is overtaken", () => {
  it("when the title moved on, the sale is over, or its terms are others", () => {
    expect(isOver({ ...deed, act: "compromis" }, null, 3)).toBe(false);
    expect(isOver({ ...deed, act: "compromis" }, null, 4)).toBe(true);
    expect(isOver(deed, sale, 4)).toBe(false);
    expect(isOver(deed, { ...sale, state: "settled" }, 4)).toBe(true);
    expect(isOver({ ...deed, act: "amendment", from: "0xaa" }, sale, 4)).toBe(false);
    expect(isOver({ ...deed, act: "amendment", from: "0xbb" }, sale, 4)).toBe(true);
  });
});

it("the notary's call has the terms in force, the new ones, and signatures in the order of the parties", () => {
  expect(argumentsOf(deed, sale)).toEqual([9n, terms, deed.signatures]);
  expect(argumentsOf({ ...deed, act: "compromis" }, null)).toEqual([terms, deed.signatures]);
  const other = { ...terms, price_cents: 6n };
  expect(argumentsOf({ ...deed, act: "amendment", terms: other }, sale)).toEqual([9n, terms, other, deed.signatures]);
});
