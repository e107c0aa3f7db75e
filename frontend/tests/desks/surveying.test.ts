import { zeroHash } from "viem";
import { describe, expect, it } from "vitest";
import { type ReadAct, decodeAct, encodeCall, titlesOf } from "../../src/desks/concurring";
import { readRedrawing } from "../../src/desks/surveying";
import { FULL } from "../../src/land/rights";
import type { Surveyed } from "../../src/land/survey";

const ADA = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
type Titles = Parameters<typeof readRedrawing>[1];
const title = (token: bigint, area_m2: number, changed: object = {}): NonNullable<Titles[number]> => ({
  token,
  version: 4,
  area_m2,
  state: "free",
  whole: 1,
  rights: [{ holder: ADA, kind: FULL, shares: 1 }],
  ...changed,
});
const drawn = (token: bigint, area_m2: number): Surveyed => ({ id: "", token, area_m2, geometryHash: zeroHash });
const parcel = (id: bigint, area_m2: number) => ({ id, area_m2, geometryHash: zeroHash });

describe("a division", () => {
  const divide = (titles: Titles, ...parts: Surveyed[]) => readRedrawing("divide", titles, parts, zeroHash);
  it("is of one title into parcels whose areas add up to its own", () => {
    const { args } = divide([title(5n, 300)], drawn(6n, 100), drawn(7n, 200));
    const act = decodeAct(encodeCall("divide", args!)) as ReadAct & { name: "divide" };
    expect(act.args).toEqual([5n, 4, [parcel(6n, 100), parcel(7n, 200)], zeroHash]);
    expect(titlesOf(act)).toEqual([5n]);
  });
  it("is refused otherwise", () => {
    const two = [drawn(6n, 100), drawn(7n, 200)] as const;
    expect(divide([title(5n, 301)], ...two).fault).toBe("areas");
    expect(divide([title(5n, 100)], drawn(6n, 100)).fault).toBe("parts");
    expect(divide([title(5n, 9)], ...Array.from({ length: 9 }, (_, at) => drawn(BigInt(at), 1))).fault).toBe("parts");
    expect(divide([title(5n, 100), title(8n, 200)], ...two).fault).toBe("parts");
    expect(divide([title(5n, 300, { state: "sale" })], ...two).fault).toBe("noTitle");
    expect(divide([null], ...two).fault).toBe("noTitle");
    expect(divide([], ...two).fault).toBe("noTitle");
  });
});

describe("a merger", () => {
  const merge = (titles: Titles, ...parts: Surveyed[]) => readRedrawing("merge", titles, parts, zeroHash);
  it("is of titles that the same people hold alike, into one parcel", () => {
    const { args } = merge([title(5n, 100), title(6n, 200, { version: 7 })], drawn(9n, 300));
    const act = decodeAct(encodeCall("merge", args!)) as ReadAct & { name: "merge" };
    expect(act.args).toEqual([[5n, 6n], [4, 7], parcel(9n, 300), zeroHash]);
    expect(titlesOf(act)).toEqual([5n, 6n]);
  });
  it("is refused otherwise", () => {
    const other = title(6n, 200, { whole: 2, rights: [{ holder: ADA, kind: FULL, shares: 2 }] });
    expect(merge([title(5n, 100), other], drawn(9n, 300)).fault).toBe("holders");
    expect(merge([title(5n, 100), title(6n, 200)], drawn(9n, 299)).fault).toBe("areas");
    expect(merge([title(5n, 300)], drawn(9n, 300)).fault).toBe("parts");
    expect(merge([title(5n, 100), title(5n, 100)], drawn(9n, 200)).fault).toBe("parts");
    expect(merge([title(5n, 100), title(6n, 200)], drawn(9n, 100), drawn(10n, 200)).fault).toBe("parts");
  });
});
