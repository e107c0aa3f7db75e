/** What a trustee's page opens, and what it leaves shut. */
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../src/vote/ballot/verdict";
import { faultOf } from "../../../src/vote/booth/counted";

const found: Verdict = {
  outcome: "unfinished",
  checks: [],
  rollSize: 9,
  ballots: 6,
  signed: 5,
  vouchedTrustees: [],
  unsignedShares: 0,
  vouched: 0,
  replaced: 0,
  refused: 0,
  counts: [],
  anomalies: [],
};

const CLOSED_s = 1_000;
const terms = (secrecyMinimum: number) => ({ closesAt: CLOSED_s, secrecyMinimum });

describe("a vote that is over", () => {
  it("is opened where its ballots are their voters' and enough", () => {
    expect(faultOf(found, terms(6), CLOSED_s)).toBeNull();
  });

  it("stays shut where the ballots do not bear out what is shown", () => {
    expect(faultOf({ ...found, outcome: "refuted" }, terms(6), CLOSED_s)).toBe("falseCount");
  });

  it("stays shut where too few ballots are shown to be their voters'", () => {
    expect(faultOf(found, terms(7), CLOSED_s)).toBe("tooFew");
    expect(faultOf({ ...found, vouched: 1 }, terms(6), CLOSED_s)).toBe("tooFew");
  });

  it("stays shut until it is over by this device's own clock", () => {
    expect(faultOf(found, terms(6), CLOSED_s - 1)).toBe("notOver");
  });

  it("is left to the command where only the contract vouches for a ballot", () => {
    expect(faultOf({ ...found, vouched: 1 }, terms(5), CLOSED_s)).toBe("onlyVouched");
  });
});
