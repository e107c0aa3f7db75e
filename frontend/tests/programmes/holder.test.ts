import { describe, expect, it } from "vitest";
import { type Happening, holderAfter, leftAt, nextNonce } from "../../src/programmes/holder";
import type { Terms } from "../../src/programmes/terms";

const DAY_S = 86_400;
const OPENS = 1_800_000_000;
const ZEROS = `0x${"0".repeat(64)}` as const;
const TERMS: Terms = {
  sponsor: `0x${"5a".repeat(20)}`,
  salt: ZEROS,
  opensAt: OPENS,
  period_h: 720,
  periods: 3,
  unit_cents: 1,
  dailyCap: 40,
  categories: 1,
  total: 100,
  root: ZEROS,
  ruleHash: ZEROS,
  uri: "",
};
const on = (day: number): number => OPENS + day * DAY_S + 60;
const claimed = (day: number, each = 100): Happening => ({ kind: "claimed", at_s: on(day), each });
const granted = (day: number, units: number): Happening => ({ kind: "granted", at_s: on(day), units });
const spent = (day: number, units: number, nonce = 1): Happening => ({ kind: "spent", at_s: on(day), units, nonce });
const refunded = (day: number, units: number, toHolder = true): Happening => ({
  kind: "refunded",
  at_s: on(day),
  units,
  toHolder,
});
const left = (happened: Happening[], day: number, each = 100, terms = TERMS) =>
  leftAt(terms, holderAfter(terms, happened), each, on(day));
const uncapped = { ...TERMS, dailyCap: 0 };

describe("what is left to a key", () => {
  it("is a period's units before its place was shown, and nothing where it has none", () => {
    expect(left([], 0)).toEqual({ ofPeriod: 100, granted: 0, today: 40, most: 40 });
    expect(left([], 0, 0)).toEqual({ ofPeriod: 0, granted: 0, today: 40, most: 0 });
  });

  it("is less by what was spent in this period and on this day, and whole again in the next", () => {
    const bought = [claimed(0), spent(0, 30)];
    expect(left(bought, 0)).toEqual({ ofPeriod: 70, granted: 0, today: 10, most: 10 });
    expect(left([...bought, spent(0, 4, 2)], 0)).toEqual({ ofPeriod: 66, granted: 0, today: 6, most: 6 });
    expect(left([...bought, spent(1, 4, 2)], 1)).toEqual({ ofPeriod: 66, granted: 0, today: 36, most: 36 });
    expect(left(bought, 1)).toEqual({ ofPeriod: 70, granted: 0, today: 40, most: 40 });
    expect(left(bought, 30)).toEqual({ ofPeriod: 100, granted: 0, today: 40, most: 40 });
  });

  it("is of the allowance first, then of what was granted, which lasts", () => {
    const bought = [claimed(0), granted(0, 50), spent(0, 120)];
    expect(left(bought, 1, 0, uncapped)).toEqual({ ofPeriod: 0, granted: 30, today: null, most: 30 });
    expect(left(bought, 31, 0, uncapped)).toEqual({ ofPeriod: 100, granted: 30, today: null, most: 130 });
  });

  it("has grants that were spent before the place was shown back, in that period alone", () => {
    const before = [granted(0, 50), spent(0, 20)];
    expect(left(before, 1)).toMatchObject({ ofPeriod: 80, granted: 50 });
    expect(left([...before, claimed(1)], 1)).toMatchObject({ ofPeriod: 80, granted: 50 });
    expect(left([...before, claimed(31)], 31)).toMatchObject({ ofPeriod: 100, granted: 30 });
  });

  it("has refunds back where they go to her, and the day's cap stays used", () => {
    const bought = [claimed(0), granted(0, 50), spent(0, 120)];
    expect(left([...bought, refunded(0, 30)], 0)).toEqual({ ofPeriod: 10, granted: 50, today: 0, most: 0 });
    expect(left([...bought, refunded(0, 30, false)], 1, 0, uncapped)).toMatchObject({ ofPeriod: 0, granted: 30 });
  });

  it("is nothing where the sheet was voided", () => {
    expect(left([claimed(0), { kind: "voided", at_s: on(0) }], 1)).toMatchObject({ most: 0 });
  });
});

describe("a nonce", () => {
  it("is one that did not serve", () => {
    const next = (...nonces: number[]) => nextNonce(holderAfter(TERMS, nonces.map((it) => spent(0, 1, it)))); // prettier-ignore
    expect([next(), next(0), next(7, 3), next(65_535), next(65_535, 65_534)]).toEqual([0, 1, 8, 65_534, 65_533]);
  });
});
