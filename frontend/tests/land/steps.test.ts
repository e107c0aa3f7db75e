import { describe, expect, it } from "vitest";
import { deadlineOf, nextPayment, preemptionOf, stepsOf } from "../../src/land/steps";
import type { Terms } from "../../src/land/terms";

const terms = {
  price_cents: 100n,
  tax_cents: 5n,
  fees: [{ amount_cents: 3n }],
  deposit_cents: 10n,
  depositBy: 1n,
  conditionsBy: 2n,
  settleBy: 3n,
} as unknown as Terms;

describe("where a sale stands", () => {
  it("awaits its deposit first", () => {
    const sale = { state: "agreed", isPurged: true, pending: 1, escrow_cents: 0n, terms } as const;
    expect(stepsOf(sale)).toEqual({
      agreed: true,
      deposited: false,
      purged: true,
      met: false,
      funded: false,
      settled: false,
    });
    expect(deadlineOf(sale)).toBe(1n);
  });
  it("is funded by price, tax and fees", () => {
    const sale = { state: "deposited", isPurged: false, pending: 0, escrow_cents: 108n, terms } as const;
    expect(stepsOf(sale)).toMatchObject({ funded: true, met: true, purged: false });
    expect(deadlineOf(sale)).toBe(3n);
    expect(deadlineOf({ ...sale, pending: 2 })).toBe(2n);
  });
  it("has every step behind it once settled, though its escrow is empty", () => {
    const sale = { state: "settled", isPurged: true, pending: 0, escrow_cents: 0n, terms } as const;
    expect(Object.values(stepsOf(sale)).every(Boolean)).toBe(true);
    expect(deadlineOf(sale)).toBeNull();
  });
});

describe("pre-emption", () => {
  it.each([
    ["none", true, "none"],
    ["none", false, "toDeclare"],
    ["renounced", true, "renounced"],
    ["preempted", false, "preempted"],
  ] as const)("answer %s, purged %s: %s", (answer, isPurged, expected) => {
    expect(preemptionOf({ answer, isPurged, answerBy_s: 0 }, 10)).toBe(expected);
  });
  it("is renounced by silence, after the last second only", () => {
    const sale = { answer: "awaited", isPurged: false, answerBy_s: 10 } as const;
    expect(preemptionOf(sale, 10)).toBe("awaited");
    expect(preemptionOf(sale, 11)).toBe("silent");
  });
});

describe("the next payment", () => {
  const share = { pledged_cents: 60n, paid_cents: 0n };
  it("is what the deposit lacks, then the rest", () => {
    expect(nextPayment({ state: "agreed", escrow_cents: 4n, terms }, share)).toEqual({
      amount_cents: 6n,
      isDeposit: true,
    });
    expect(nextPayment({ state: "deposited", escrow_cents: 10n, terms }, { ...share, paid_cents: 6n })).toEqual({
      amount_cents: 54n,
      isDeposit: false,
    });
  });
  it("is never more than was pledged", () => {
    const small = { pledged_cents: 5n, paid_cents: 2n };
    expect(nextPayment({ state: "agreed", escrow_cents: 0n, terms }, small)).toEqual({
      amount_cents: 3n,
      isDeposit: false,
    });
  });
});
