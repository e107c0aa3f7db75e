import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Letter, Posting, drawnDeadline, signSpend } from "../../src/programmes/flows/spend";
import { holderAfter } from "../../src/programmes/holder";
import { keyOf } from "../../src/programmes/keys";
import type { Terms } from "../../src/programmes/terms";

const ZEROS = `0x${"0".repeat(64)}` as const;
const NAME = `0x${"0a".repeat(32)}` as const;
const SHOP = `0x${"11".repeat(20)}` as const;
const OTHER = `0x${"22".repeat(20)}` as const;
const OPENS = 1_800_000_000;

const world = vi.hoisted(() => ({ now_s: 1_800_000_060, end: "confirmed", isOnChain: false, handed: [] as unknown[] }));
vi.mock("../../src/chain/head", () => ({ now_s: () => Promise.resolve(BigInt(world.now_s)) }));
vi.mock("../../src/acts/domain", () => ({
  domainOf: () => Promise.resolve({ name: "Programmes", version: "1", chainId: 1, verifyingContract: OTHER }),
}));
vi.mock("../../src/programmes/words/purse", () => ({ purse: () => ({ tillLate: "late" }) }));
vi.mock("../../src/acts/act", () => ({ refusalOf: () => new Error("refused") }));
vi.mock("../../src/chain/problem", () => ({
  ActError: class extends Error {},
  problemOf: () => Promise.resolve({ kind: "told", sentence: "refused" }),
}));
vi.mock("../../src/town/instances", () => ({ slipKind: (kind: string) => kind }));
vi.mock("../../src/programmes/chain/programmes", () => ({
  PROGRAMMES: "Programmes",
  isPaid: () => Promise.resolve(world.isOnChain),
}));
vi.mock("../../src/post/client", () => ({
  submit: (letter: unknown) => {
    world.handed.push(letter);
    return Promise.resolve({ state: "received" });
  },
  follow: () => Promise.resolve({ state: world.end }),
}));

const TERMS: Terms = {
  sponsor: OTHER,
  salt: ZEROS,
  opensAt: OPENS,
  period_h: 24,
  periods: 2,
  unit_cents: 1,
  dailyCap: 0,
  categories: 1,
  total: 100,
  root: NAME,
  ruleHash: ZEROS,
  uri: "",
};
const KEY = keyOf(new Uint8Array(16), NAME);
const HOLDER = holderAfter(TERMS, [{ kind: "claimed", at_s: OPENS, each: 100 }]);
const signed = async (units = 10, deadline?: number): Promise<Letter> => ({
  ...(await signSpend({ name: NAME, terms: TERMS }, KEY, HOLDER, { merchant: SHOP, units, deadline })),
  place: null,
});

async function ended(posting: Posting): Promise<string> {
  const posted = posting.post(() => signed());
  await vi.runAllTimersAsync();
  await posted;
  return posting.state.value.at;
}

describe("a spend that an office is handed", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(world, { now_s: OPENS + 60, end: "confirmed", isOnChain: false, handed: [] });
  });
  afterEach(() => vi.useRealTimers());

  it("is paid where the chain has it", async () => {
    world.isOnChain = true;
    expect(await ended(new Posting())).toBe("paid");
  });

  it("is not paid by an office's word, though it says confirmed: no goods are handed over on it", async () => {
    expect(await ended(new Posting())).toBe("unseen");
  });

  it.each([
    ["expired", "expired"],
    ["rejected", "failed"],
  ])("that says %s is told as %s", async (end, told) => {
    world.end = end;
    expect(await ended(new Posting())).toBe(told);
  });

  it("and withholds bears the nonce of the next one: whichever it posts, one is paid", async () => {
    const [held, next] = [await signed(10), await signed(25)];
    expect(next.spend.nonce).toBe(held.spend.nonce);
  });

  it("is of no other period, however long it is held back", async () => {
    world.now_s = OPENS + 86_400 - 5;
    expect((await signed()).spend.deadline).toBe(OPENS + 86_400 - 1);
    world.now_s = OPENS + 60;
    expect((await signed()).spend.deadline).toBe(OPENS + 60 + 3_600);
  });

  it("bears the deadline that a till asked, and none that is past, beyond the hour or the period", async () => {
    expect((await signed(10, OPENS + 1_000)).spend.deadline).toBe(OPENS + 1_000);
    await expect(signed(10, OPENS + 60)).rejects.toThrow();
    await expect(signed(10, OPENS + 60 + 3_601)).rejects.toThrow();
    world.now_s = OPENS + 86_400 - 60;
    await expect(signed(10, OPENS + 86_400)).rejects.toThrow();
  });

  it("is asked for until a moment of the till's own, which a phone that is minutes behind takes", async () => {
    world.now_s = OPENS + 600;
    const drawn = await Promise.all(Array.from({ length: 200 }, () => drawnDeadline({ name: NAME, terms: TERMS })));
    expect(Math.min(...drawn)).toBeGreaterThan(OPENS + 600 + 900);
    expect(new Set(drawn).size).toBeGreaterThan(100);
    world.now_s = OPENS + 300;
    const [last] = drawn.toSorted((a, b) => b - a);
    expect((await signed(10, last)).spend.deadline).toBe(last);
    world.now_s = OPENS + 86_400 - 60;
    const atTheEnd = await Promise.all(drawn.map(() => drawnDeadline({ name: NAME, terms: TERMS })));
    expect(Math.min(...atTheEnd)).toBeGreaterThan(OPENS + 86_400 - 60 + 29);
    expect(Math.max(...atTheEnd)).toBeLessThan(OPENS + 86_400);
    expect(new Set(atTheEnd).size).toBeGreaterThan(10);
  });

  it("is handed in anew as it was signed, and no second one beside it", async () => {
    const posting = new Posting();
    await ended(posting);
    const again = posting.again();
    await vi.runAllTimersAsync();
    await again;
    expect(world.handed[1]).toEqual(world.handed[0]);
  });
});
