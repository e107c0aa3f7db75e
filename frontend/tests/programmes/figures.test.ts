import { describe, expect, it } from "vitest";
import { type Taking, byMerchant, figuresOf, linesOf, reportCsv } from "../../src/programmes/figures";
import type { Terms } from "../../src/programmes/terms";
import type { Hex } from "../../src/vote/ballot/bytes";

const DAY_S = 86_400;
const GROCER: Hex = "0x3333333333333333333333333333333333333333";
const BAKER: Hex = "0x2222222222222222222222222222222222222222";
const TERMS: Terms = {
  sponsor: GROCER,
  salt: `0x${"01".repeat(32)}`,
  opensAt: 1_800_000_000,
  period_h: 24,
  periods: 2,
  unit_cents: 450,
  dailyCap: 0,
  categories: 1,
  total: 10,
  root: `0x${"02".repeat(32)}`,
  ruleHash: `0x${"03".repeat(32)}`,
  uri: "",
};
const taken = (day: number, merchant: Hex, units: number, isRefund = false): Taking => ({
  at_s: TERMS.opensAt + day * DAY_S,
  merchant,
  units,
  isRefund,
});
const ALL = [
  taken(0, GROCER, 3),
  taken(1, GROCER, 2),
  taken(0.999, BAKER, 1),
  taken(0.5, GROCER, 4),
  taken(40, GROCER, 8, true),
  taken(2, BAKER, 1, true),
];

describe("what merchants took", () => {
  it("is a line a period and merchant, and what came back after the end apart", () => {
    expect(linesOf(TERMS, ALL)).toEqual([
      { period: 0, merchant: BAKER, spent: 1, refunded: 0 },
      { period: 0, merchant: GROCER, spent: 7, refunded: 0 },
      { period: 1, merchant: GROCER, spent: 2, refunded: 0 },
      { period: 2, merchant: BAKER, spent: 0, refunded: 1 },
      { period: 2, merchant: GROCER, spent: 0, refunded: 8 },
    ]);
  });

  it("is told by merchant, the most first, less what was given back", () => {
    expect(byMerchant(linesOf(TERMS, ALL))).toEqual([
      [GROCER, 1],
      [BAKER, 0],
    ]);
  });

  it("is whole where the contract counts as much, and is not where a node hides a spend or what was given back", () => {
    const counted = { announced: 20, funded: 20, spent: 10, refunded: 9, left: 0 };
    expect(figuresOf(TERMS, ALL, counted)).toMatchObject({ spent: 1, left: 0, returned: 19, isWhole: true });
    for (const hidden of [0, 2, 4, 5]) {
      const told = ALL.filter((_, place) => place !== hidden);
      expect(figuresOf(TERMS, told, counted).isWhole).toBe(false);
    }
    expect(figuresOf({ ...TERMS, unit_cents: 0 }, ALL, counted).returned).toBe(0);
  });

  it("leaves as the file of the command, cents and all", () => {
    expect(reportCsv(TERMS, linesOf(TERMS, ALL)).split("\r\n")).toEqual([
      "period,merchant,spent,refunded,euros",
      `1,${BAKER},1,0,4.50`,
      `1,${GROCER},7,0,31.50`,
      `2,${GROCER},2,0,9.00`,
      `after,${BAKER},0,1,-4.50`,
      `after,${GROCER},0,8,-36.00`,
      "",
    ]);
    const cents = linesOf({ ...TERMS, unit_cents: 1 }, [taken(0, BAKER, 5)]);
    expect(reportCsv({ ...TERMS, unit_cents: 1 }, cents)).toContain(",5,0,0.05\r\n");
  });
});
