import type { Address } from "viem";
import { describe, expect, it } from "vitest";
import {
  BARE,
  FULL,
  type Right,
  type Told,
  USUFRUCT,
  counted,
  fraction,
  isWhole,
  readPart,
  rightsOf,
  stateOf,
  unitsOf,
  writePart,
} from "../../src/land/rights";
import made from "../../../tests/vectors/land-drafts.json";

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

describe("a share as people write it", () => {
  it.each([
    ["1/2", 1n, 2n],
    [" 3 / 4 ", 3n, 4n],
    ["1", 1n, 1n],
  ] as const)("%s is read", (text, over, under) => {
    expect(readPart(text)).toEqual({ over, under });
  });
  it.each(["", "0", "0/2", "3/2", "2", "1/0", "0,5", "half"])("%j is not", (text) => {
    expect(readPart(text)).toBeNull();
  });
  it("is in units of the whole, where these can be cut so", () => {
    expect(unitsOf({ over: 1n, under: 2n }, 6)).toBe(3);
    expect(unitsOf({ over: 1n, under: 4n }, 6)).toBeNull();
    expect(writePart(3, 6)).toBe("1/2");
    expect(writePart(6, 6)).toBe("1");
  });
});

describe("shares that an act tells are counted as Python counts them", () => {
  const told = (rights: readonly Right[], under: number): Told[] =>
    rights.map(({ holder, kind, shares }) => ({ holder, kind, part: { over: BigInt(shares), under: BigInt(under) } }));
  it.each(made.restated.map((it, place) => [place, it] as const))(
    "case %i",
    (_, { under, told: rights, ...expected }) => {
      expect(counted(told(rights as Right[], under))).toEqual(expected);
    },
  );
  it("what is no whole parcel is not counted", () => {
    const half = [{ holder: ADA, kind: FULL, shares: 1 }];
    expect(counted(told(half, 2))).toBeNull();
    expect(counted(told([...half, ...half, ...half], 2))).toBeNull();
    expect(counted([])).toBeNull();
  });
  it("nor what is finer than a title counts", () => {
    const tiny = [1n, 2n ** 24n].map((over) => ({ holder: ADA, kind: FULL, part: { over, under: 2n ** 24n + 1n } }));
    tiny[1]!.holder = BOB;
    expect(counted(tiny)).toBeNull();
  });
});
