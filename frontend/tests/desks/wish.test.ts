import type { Address, Hex } from "viem";
import { describe, expect, it } from "vitest";
import { type Standing, type Wish, termsOf } from "../../src/desks/wish";
import { readTerms } from "../../src/land/reading";
import type { Right } from "../../src/land/rights";
import { type Terms, termsHash, total } from "../../src/land/terms";
import made from "../../../tests/vectors/land-drafts.json";

interface Draft {
  standing: {
    title: string;
    version: number;
    rights: Right[];
    charges: { number: number; amount_cents: number }[];
    tax_cents: number;
    now_s: number;
    retraction_s: number;
  };
  sold: Right[];
  bought: Right[];
  brought: Record<Address, number>;
  fee_cents: number;
  notary: Address;
  settleDays: number;
  terms: unknown;
  hash: Hex;
}
const drafts = made.drafts as unknown as Draft[];

const standingOf = ({ standing }: Draft): Standing => ({
  version: standing.version,
  rights: standing.rights,
  charges: standing.charges.map(({ number, amount_cents }) => ({ number, amount_cents: BigInt(amount_cents) })),
  tax_cents: BigInt(standing.tax_cents),
  now_s: BigInt(standing.now_s),
  retraction_s: BigInt(standing.retraction_s),
});

function wishOf(draft: Draft): Wish {
  const terms = readTerms(draft.terms);
  const brought = Object.entries(draft.brought) as [Address, number][];
  return {
    title: BigInt(draft.standing.title),
    sold: draft.sold,
    bought: draft.bought,
    brought: brought.map(([account, cents]) => ({ account, amount_cents: BigInt(cents) })),
    usufruct_bps: terms.usufruct_bps,
    price_cents: terms.price_cents,
    deposit_cents: terms.deposit_cents,
    fee_cents: BigInt(draft.fee_cents),
    notary: draft.notary,
    loan: terms.loan.amount_cents > 0n ? terms.loan : null,
    conditions: terms.conditions,
    settleDays: BigInt(draft.settleDays),
    documentHash: terms.documentHash,
  };
}

function drawn(draft: Draft, changed: Partial<Wish> = {}): Terms {
  const terms = termsOf({ ...wishOf(draft), ...changed }, standingOf(draft));
  if (typeof terms === "string") throw new Error(terms);
  return terms;
}

describe("terms are those that Python draws up, to the hash", () => {
  it.each(drafts.map((draft, place) => [place, draft] as const))("draft %i", (_, draft) => {
    expect(drawn(draft)).toEqual(readTerms(draft.terms));
    expect(termsHash(drawn(draft))).toBe(draft.hash);
  });
  it("whatever is shared, everything is paid in to the cent", () => {
    for (const terms of drafts.map((draft) => drawn(draft))) {
      expect(terms.funding.reduce((sum, it) => sum + it.amount_cents, 0n)).toBe(total(terms));
    }
  });
});

describe("what does not hold together is told before anyone signs", () => {
  const draft = drafts.find(({ bought, terms }) => bought.length > 1 && readTerms(terms).loan.amount_cents > 0n)!;
  const refused = (changed: Partial<Wish>, standing: Partial<Standing> = {}) =>
    termsOf({ ...wishOf(draft), ...changed }, { ...standingOf(draft), ...standing });
  const due = total(readTerms(draft.terms));
  it("a share that the seller does not have", () => {
    const [first] = draft.sold;
    expect(refused({ sold: [{ ...first!, shares: 2 ** 20 }] })).toBe("notHeld");
    expect(refused({ sold: [{ ...first!, holder: draft.notary }] })).toBe("notHeld");
    expect(refused({}, { rights: [] })).toBe("notHeld");
  });
  it("more bought than sold, or less, or nothing", () => {
    expect(refused({ bought: draft.bought.slice(1) })).toBe("unbalanced");
    expect(refused({ sold: [], bought: [] })).toBe("unbalanced");
  });
  it("a loan or a deposit above what there is to pay", () => {
    const lender = draft.notary;
    expect(refused({ loan: { lender, amount_cents: due + 1n, dueDay: 1n } })).toBe("loanTooLarge");
    expect(refused({ deposit_cents: due + 1n })).toBe("depositTooLarge");
  });
  it("mortgages above the price", () => {
    const charges = [{ number: 1, amount_cents: readTerms(draft.terms).price_cents + 1n }];
    expect(refused({}, { charges })).toBe("chargesTooLarge");
  });
  it("buyers who bring more than the rest, or all of them less", () => {
    const accounts = [...new Set(draft.bought.map(({ holder }) => holder))];
    expect(refused({ brought: [{ account: accounts[0]!, amount_cents: due }] })).toBe("broughtDiffers");
    expect(refused({ brought: accounts.map((account) => ({ account, amount_cents: 1n })) })).toBe("broughtDiffers");
  });
});
