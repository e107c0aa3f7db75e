import type { Address } from "viem";
import { describe, expect, it } from "vitest";
import { BARE, FULL, USUFRUCT, fraction, isWhole, rightsOf, stateOf } from "../../src/land/rights";

const ADA: Address = "0xA1A1a1a1A1A1A1A1A1a1a1a1a1a1A1A1a1A1a1a1";
const BOB: Address = "0xb2b2b2b2b2B2b2B2B2b2b2B2B2b2B2B2b2b2b2b2";

describe("rights in shares", () => {
  it("are told in lowest terms, and the whole as the whole", () => {
    expect(fraction(250, 1000)).toEqual({ over: 1, under: 4 });
    expect(fraction(3, 3)).toBeNull();
  });
  it("are the owner's alone when none is recorded apart", () => {
    expect(rightsOf({ owner: ADA, whole: 6, rights: 0 }, [])).toEqual([{ holder: ADA, kind: FULL, shares: 6 }]);
  });
  it("make the whole in bare ownership and in use", () => {
    const split = [
      { holder: ADA, kind: BARE, shares: 2 },
      { holder: BOB, kind: USUFRUCT, shares: 2 },
      { holder: BOB, kind: FULL, shares: 1 },
    ];
    expect(isWhole(split, 3)).toBe(true);
    expect(isWhole(split.slice(1), 3)).toBe(false);
  });
});

describe("the state of a title", () => {
  it.each([
    [0, false, "unregistered"],
    [1, false, "free"],
    [3, false, "sale"],
    [3, true, "barred"],
    [7, true, "frozen"],
    [12, false, "retired"],
  ] as const)("flags %i, barred %s: %s", (flags, barred, state) => {
    expect(stateOf(flags, barred)).toBe(state);
  });
});
