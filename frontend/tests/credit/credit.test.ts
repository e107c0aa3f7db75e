import { getAddress, zeroHash } from "viem";
import { describe, expect, it } from "vitest";
import type { Circle, Member } from "../../src/credit/chain/circle";
import { barOf, freeOf, grownOf, leftOf, lentOf, roomOf, zoneOf } from "../../src/credit/limits";
import { type Shift, movementsOf } from "../../src/credit/movements";

const address = (digit: string) => getAddress(`0x${digit.repeat(40)}`);
const [BAKER, GARAGE, PRINTER, LOST] = [address("1"), address("2"), address("3"), address("4")];

const CIRCLE: Circle = {
  contract: "MutualCredit",
  name: "Circle",
  currency: null,
  growth_bps: 1_000n,
  mostGrowth: 30_00n,
  writeOffDelay_s: 86_400,
};
const BAKERS: Member = {
  key: BAKER,
  balance: 0n,
  mostDebt: 100_00n,
  floor: 100_00n,
  ceiling: 300_00n,
  earned: 0n,
  vouched: 0n,
  vouchedFor: 0n,
  standing: "active",
  leftAt_s: 0,
};
const at = (balance: bigint, more: Partial<Member> = {}): Member => ({ ...BAKERS, balance, ...more });

describe("a member's bar", () => {
  it("has zero where the most that she may owe ends", () => {
    expect(barOf(at(0n))).toEqual({ zero: 0.25, from: 0.25, to: 0.25 });
  });

  it("goes left from zero where she owes, right where she is owed", () => {
    expect(barOf(at(-50_00n))).toEqual({ zero: 0.25, from: 0.125, to: 0.25 });
    expect(barOf(at(150_00n))).toEqual({ zero: 0.25, from: 0.25, to: 0.625 });
  });

  it("is as long as a balance that limits were cut below", () => {
    expect(barOf(at(-300_00n, { mostDebt: 0n }))).toEqual({ zero: 0.5, from: 0, to: 0.5 });
    expect(barOf(at(900_00n))).toEqual({ zero: 0.1, from: 0.1, to: 1 });
  });

  it("is nothing where she may neither owe nor be owed", () => {
    expect(barOf(at(0n, { mostDebt: 0n, ceiling: 0n }))).toEqual({ zero: 0.5, from: 0.5, to: 0.5 });
  });

  it.each([
    [-79_99n, "calm"],
    [-80_00n, "floorNear"],
    [-99_99n, "floorNear"],
    [-100_00n, "floorReached"],
    [-100_01n, "floorReached"],
    [0n, "calm"],
    [239_99n, "calm"],
    [240_00n, "ceilingNear"],
    [300_00n, "ceilingReached"],
  ] as const)("with %s stands as the contract warns: %s", (balance, zone) => {
    expect(zoneOf(at(balance))).toBe(zone);
  });

  it("warns of no limit of zero that is not used", () => {
    expect(zoneOf(at(0n, { mostDebt: 0n, ceiling: 0n }))).toBe("calm");
  });
});

describe("what a member may still", () => {
  it("spend is what she is owed and may owe; be paid, what her ceiling leaves; never less than nothing", () => {
    expect([leftOf(at(-60_00n)), roomOf(at(-60_00n))]).toEqual([40_00n, 360_00n]);
    expect([leftOf(at(-120_00n)), roomOf(at(310_00n))]).toEqual([0n, 0n]);
  });

  it("owe grows by a part of her sales, rounded down, up to the circle's most", () => {
    expect(grownOf(CIRCLE, at(0n, { earned: 10_19n }))).toBe(1_01n);
    expect(grownOf(CIRCLE, at(0n, { earned: 1_000_00n }))).toBe(30_00n);
  });

  it("lend is what she neither uses nor lends; what she is owed she does not lend", () => {
    expect(freeOf(CIRCLE, at(-60_00n))).toBe(40_00n);
    expect(freeOf(CIRCLE, at(50_00n))).toBe(100_00n);
    expect(freeOf(CIRCLE, at(-60_00n, { vouched: -50_00n }))).toBe(0n);
    expect(freeOf(CIRCLE, at(0n, { earned: 50_00n, vouched: 20_00n, standing: "left", mostDebt: 0n }))).toBe(125_00n);
  });

  it("lose to those for whom she vouches is told beside what others vouch for her", () => {
    expect(lentOf(at(0n, { vouched: -15_00n, vouchedFor: 25_00n }))).toBe(40_00n);
  });
});

describe("a member's movements", () => {
  const shift = (block: bigint, from: typeof BAKER, to: typeof BAKER | null, amount: bigint): Shift => ({
    block,
    index: 0,
    at_s: 0,
    transaction: zeroHash,
    nature: "payment",
    from,
    to,
    amount,
    backed: 0n,
    ref: zeroHash,
  });

  it("make her balance in the order of the chain, whichever of her keys they went by", () => {
    const shifts = [shift(3n, GARAGE, BAKER, 7_00n), shift(1n, LOST, PRINTER, 20_00n)];
    const found = movementsOf([BAKER, LOST], shifts);
    expect(found.map(({ other, change, balance }) => [other, change, balance])).toEqual([
      [PRINTER, -20_00n, -20_00n],
      [GARAGE, 7_00n, -13_00n],
    ]);
  });

  it("are told once, and not at all from one of her keys to another", () => {
    const twice = shift(1n, LOST, BAKER, 5_00n);
    const seen = shift(2n, BAKER, GARAGE, 1_00n);
    expect(movementsOf([BAKER, LOST], [twice, twice, seen, seen])).toHaveLength(1);
  });

  it("follow what the bank settled and the commons bore, by their signs", () => {
    const bank = { ...shift(1n, BAKER, null, -30_00n), nature: "netted" as const };
    const end = { ...shift(2n, BAKER, PRINTER, 30_00n), nature: "writtenOff" as const };
    expect(movementsOf([BAKER], [bank, end]).map(({ change }) => change)).toEqual([30_00n, -30_00n]);
  });
});
