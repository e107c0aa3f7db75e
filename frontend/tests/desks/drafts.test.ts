import { zeroAddress } from "viem";
import { describe, expect, it } from "vitest";
import { type Wish, termsOf } from "../../src/desks/drafts";
import { type Terms, total } from "../../src/land/terms";

const title = {
  version: 3,
  whole: 6,
  rights: [
    { holder: "0xa1", kind: 1, shares: 4 },
    { holder: "0xb2", kind: 2, shares: 4 },
    { holder: "0xc3", kind: 0, shares: 2 },
  ],
  charges: [{ creditor: "0xd4", amount_cents: 70n, dueDay: 9, number: 12 }],
} as unknown as Parameters<typeof termsOf>[1];
const wish = {
  title: 5n,
  buyer: "0xe5",
  price_cents: 1_000n,
  deposit_cents: 100n,
  fee_cents: 20n,
  notary: "0xf6",
  loan: null,
  conditions: 0n,
  settleDays: 120n,
  documentHash: "0xab",
} as Wish;
const terms = (changed: Partial<Wish> = {}): Terms => {
  const made = termsOf({ ...wish, ...changed }, title, 58n, 1_000_000n, 864_000n);
  if (typeof made === "string") throw new Error(made);
  return made;
};

describe("a plain sale", () => {
  it("sells every right, and buys the whole in full ownership", () => {
    expect(terms().sold).toEqual(title.rights);
    expect(terms().bought).toEqual([{ holder: "0xe5", kind: 0, shares: 6 }]);
  });
  it("is paid in to the cent by the buyer, and by the lender where there is one", () => {
    const loan = { lender: "0xba" as const, amount_cents: 700n, dueDay: 20_000n };
    for (const made of [terms(), terms({ loan })]) {
      expect(made.funding.reduce((sum, it) => sum + it.amount_cents, 0n)).toBe(total(made));
    }
    expect(terms({ loan }).funding).toEqual([
      { account: "0xe5", amount_cents: 378n },
      { account: "0xba", amount_cents: 700n },
    ]);
    expect(terms().loan).toEqual({ lender: zeroAddress, amount_cents: 0n, dueDay: 0n });
  });
  it("pays its charges off in full, by rank", () => {
    expect(terms().payoffs).toEqual([{ charge: 12n, paid_cents: 70n, stays: false }]);
  });
  it("leaves the buyer a day more than the least to retract", () => {
    expect(terms().retractUntil).toBe(1_000_000n + 864_000n + 86_400n);
    expect(terms().conditionsBy).toBe(0n);
    expect(terms({ conditions: 1n }).conditionsBy).toBe(1_000_000n + 60n * 86_400n);
  });
  it("lends no more than there is to pay", () => {
    const loan = { lender: "0xba" as const, amount_cents: 1_079n, dueDay: 1n };
    expect(termsOf({ ...wish, loan }, title, 58n, 0n, 0n)).toBe("loanTooLarge");
    expect(typeof termsOf({ ...wish, loan: { ...loan, amount_cents: 1_078n } }, title, 58n, 0n, 0n)).toBe("object");
  });
});
