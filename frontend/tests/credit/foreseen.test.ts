import { getAddress } from "viem";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Circle, Member } from "../../src/credit/chain/circle";

vi.stubGlobal("location", { hash: "" });
vi.stubGlobal("addEventListener", () => {});

const { readAmount } = await import("../../src/credit/amount");
const { paymentFaults, vouchFaults } = await import("../../src/credit/foreseen");
const { language } = await import("../../src/words");

const address = (digit: string) => getAddress(`0x${digit.repeat(40)}`);
const [BAKER, GARAGE, NEW_KEY] = [address("1"), address("2"), address("3")];
const MINUTES: Circle = {
  contract: "Hours",
  name: "Hours",
  currency: null,
  growth_bps: 0n,
  mostGrowth: 0n,
  writeOffDelay_s: 86_400,
};
const CENTS: Circle = {
  ...MINUTES,
  currency: { contract: "LocalCurrency", name: "Lys", symbol: "LYS", offices: {}, followedBy: null },
};
const member = (key: typeof BAKER, more: Partial<Member> = {}): Member => ({
  key,
  balance: 0n,
  mostDebt: 600n,
  floor: 600n,
  ceiling: 1_200n,
  earned: 0n,
  vouched: 0n,
  vouchedFor: 0n,
  standing: "active",
  leftAt_s: 0,
  ...more,
});

beforeAll(() => {
  language.value = "en";
});

describe("an amount of a circle", () => {
  it("is in cents where it has a currency", () => {
    expect(readAmount(CENTS, "12,50")).toEqual({ amount: 12_50n, fault: null });
    expect(readAmount(CENTS, "0").fault).toMatch(/more than zero/i);
  });

  it("is in whole minutes where it has none", () => {
    expect(readAmount(MINUTES, " 90 min ")).toEqual({ amount: 90n, fault: null });
    for (const typed of ["1,5", "-5", "1 h", "9999999999"])
      expect(readAmount(MINUTES, typed).fault).toMatch(/whole number/);
    for (const typed of ["", "0"]) expect(readAmount(MINUTES, typed).amount).toBeNull();
  });
});

describe("what the circle would refuse of a payment", () => {
  const faults = (amount: bigint, payer: Partial<Member> = {}, payee: Partial<Member> = {}) =>
    paymentFaults(MINUTES, member(BAKER, payer), GARAGE, member(GARAGE, payee), amount);

  it("is nothing up to the last minute that she may owe and the other be owed", () => {
    expect(faults(600n)).toEqual({});
    expect(faults(600n, {}, { balance: 600n })).toEqual({});
  });

  it("is what is beyond either, with how much is left", () => {
    expect(faults(601n).amount).toMatch(/601.min.*600.min/);
    expect(faults(600n, {}, { balance: 601n }).amount).toMatch(/599.min/);
  });

  it("is whoever is suspended, left, never came or has another key", () => {
    expect(faults(1n, {}, { standing: "suspended" }).to).toMatch(/suspended/);
    for (const standing of ["left", "none", "awaiting"] as const)
      expect(faults(1n, {}, { standing }).to).toMatch(/no member/);
    expect(faults(1n, {}, { key: NEW_KEY }).to).toMatch(/Another key/);
  });

  it("is nothing of a suspended payer who spends what she is owed, and all beyond", () => {
    const suspended = { standing: "suspended", mostDebt: 0n, balance: 40n } as const;
    expect(faults(40n, suspended)).toEqual({});
    expect(faults(41n, suspended).amount).toBeDefined();
  });

  it("is nothing where all of it is money", () => {
    expect(faults(0n, { mostDebt: 0n }, { standing: "none" })).toEqual({});
  });
});

describe("what the circle would refuse of a vouch", () => {
  const faults = (amount: bigint, voucher: Partial<Member> = {}, taker: Partial<Member> = {}) =>
    vouchFaults(MINUTES, member(BAKER, voucher), GARAGE, member(GARAGE, taker), amount);

  it("is nothing up to what the voucher neither uses nor lends, and what is beyond", () => {
    expect(faults(600n)).toEqual({});
    expect(faults(600n, { balance: 100n })).toEqual({});
    expect(faults(501n, { balance: -100n }).amount).toMatch(/500.min/);
  });

  it("is a voucher who is not active, and whoever is no member", () => {
    expect(faults(1n, { standing: "suspended" }).amount).toMatch(/active/);
    expect(faults(1n, {}, { standing: "left" }).to).toMatch(/no member/);
    expect(faults(1n, {}, { key: NEW_KEY }).to).toMatch(/Another key/);
  });
});
