import { describe, expect, it } from "vitest";
import { isParcelId, matches, nameOf, parcelOf, tokenOf } from "../../src/land/parcel";

describe("a parcel's id", () => {
  it("is its token id, read as a number", () => {
    expect(tokenOf("17470000ZB0105")).toBe(0x31373437303030305a4230313035n);
    expect(parcelOf(0x31373437303030305a4230313035n)).toBe("17470000ZB0105");
  });
  it("is told as a town hall says it", () => {
    expect(nameOf("59999000AB0017")).toBe("AB 17");
    expect(nameOf("599990000A0003")).toBe("A 3");
    expect(nameOf("59999052ZA0120")).toBe("052 ZA 120");
  });
  it("may be Corsican, and is never fifteen characters", () => {
    expect(isParcelId("2A004000AB0017")).toBe(true);
    expect(isParcelId("59999000AB00170")).toBe(false);
    expect(isParcelId("59999000ab0017")).toBe(false);
  });
  it.each(["ab 17", "AB0017", "59999000AB0017", "000AB0017", "AB17"])("is found by %s", (typed) => {
    expect(matches("59999000AB0017", typed)).toBe(true);
  });
  it.each(["AB 1", "AB 170", "ZA 17", "17AB"])("is not found by %s", (typed) => {
    expect(matches("59999000AB0017", typed)).toBe(false);
  });
  it("is found with its whole section", () => {
    expect(matches("59999000AB0017", "AB")).toBe(true);
    expect(matches("599990000A0003", "a")).toBe(true);
  });
});
