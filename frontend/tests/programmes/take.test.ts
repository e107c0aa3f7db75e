import { beforeEach, describe, expect, it, vi } from "vitest";
import { type SignedSpend, slipText } from "../../src/programmes/codes";
import { takenFrom } from "../../src/programmes/flows/take";
import { type Holder, holderAfter } from "../../src/programmes/holder";
import type { TownProgramme } from "../../src/programmes/published";

const ZEROS = `0x${"0".repeat(64)}` as const;
const NAME = `0x${"0a".repeat(32)}` as const;
const SHOP = `0x${"11".repeat(20)}` as const;
const OTHER = `0x${"22".repeat(20)}` as const;
const AMAL = `0x${"33".repeat(20)}` as const;
const NOW = 1_800_000_060;

const known = vi.hoisted(() => ({ holder: null as unknown as Holder }));
vi.mock("../../src/chain/head", () => ({ now_s: () => Promise.resolve(BigInt(1_800_000_060)) }));
vi.mock("../../src/programmes/chain/programmes", () => ({ readHolder: () => Promise.resolve(known.holder) }));
vi.mock("../../src/programmes/published", () => ({ rollOf: () => Promise.resolve(null) }));
vi.mock("../../src/programmes/purse", () => ({}));
vi.mock("../../src/programmes/flows/sheet", () => ({}));
vi.mock("../../src/programmes/told", () => ({ unitsTold: (_: unknown, units: number) => String(units) }));
vi.mock("../../src/programmes/words/till", async () => {
  const { till } = await import("../../src/programmes/words/en/till");
  return { till: () => till };
});
const words = (await import("../../src/programmes/words/en/till")).till;

const TERMS = {
  sponsor: OTHER,
  salt: ZEROS,
  opensAt: NOW - 60,
  period_h: 720,
  periods: 1,
  unit_cents: 450,
  dailyCap: 0,
  categories: 1,
  total: 0,
  root: ZEROS,
  ruleHash: ZEROS,
  uri: "",
};
const MEALS = { name: NAME, terms: TERMS, unit: "meals", hasRoll: false } as TownProgramme;
const shown = (changed: Partial<SignedSpend["spend"]> = {}): string =>
  slipText({
    spend: { programme: NAME, holder: AMAL, merchant: SHOP, units: 1, nonce: 4, deadline: NOW + 3_000, ...changed },
    signature: `0x${"00".repeat(65)}`,
  });
const granted = { kind: "granted", at_s: NOW, units: 3 } as const;
const paid = { kind: "spent", at_s: NOW, units: 1, nonce: 4 } as const;

describe("a code that a phone shows a till", () => {
  beforeEach(() => {
    known.holder = holderAfter(TERMS, [granted]);
  });

  it("is taken where it pays this shop what was asked", async () => {
    expect((await takenFrom(shown(), MEALS, SHOP, 1)).spend.nonce).toBe(4);
  });

  it("pays once: a photograph of it, shown to the next till within its hour, is refused", async () => {
    known.holder = holderAfter(TERMS, [granted, paid]);
    await expect(takenFrom(shown(), MEALS, SHOP, 1)).rejects.toMatchObject({ problem: { sentence: words.used } });
    await expect(takenFrom(shown({ deadline: NOW + 9 }), MEALS, SHOP, 1)).rejects.toThrow();
    expect((await takenFrom(shown({ nonce: 5 }), MEALS, SHOP, 1)).spend.nonce).toBe(5);
  });

  it.each([
    [{ merchant: OTHER }, words.otherShop],
    [{ units: 2 }, words.other("2")],
    [{ programme: ZEROS }, words.otherProgramme],
    [{ deadline: NOW - 1 }, words.late],
  ])("is refused where it is another payment: %o", async (changed, sentence) => {
    await expect(takenFrom(shown(changed), MEALS, SHOP, 1)).rejects.toMatchObject({ problem: { sentence } });
  });
});
