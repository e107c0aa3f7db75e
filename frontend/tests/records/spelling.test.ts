import { describe, expect, it } from "vitest";
import { namesOf } from "../../src/records/lots/spelling";

describe("a lot is found by what people have of it", () => {
  const LOT = "https://id.gs1.org/01/03012345000017/10/L1";
  const CRATE = "https://id.gs1.org/00/130123450000000014";

  it.each([
    LOT,
    "urn:epc:class:lgtin:3012345.000001.L1",
    "http://id.gs1.org/01/03012345000017/10/L1",
    "https://shop.example/food/gtin/3012345000017/lot/L1?17=261231",
    "(01)03012345000017(17)261231(10)L1",
    " (01) 03012345000017 (10) L1 ",
  ])("its name, an EPC, another resolver's address, a printed code: %s", (text) => {
    expect(namesOf(text)).toEqual([LOT]);
  });

  it.each([CRATE, "urn:epc:id:sscc:3012345.1000000001", "(00)130123450000000014", "1 3012345 0000000014"])(
    "a crate by its number: %s",
    (text) => {
      expect(namesOf(text)).toEqual([CRATE]);
    },
  );

  it("a thing by its serial number, or by its lot", () => {
    const item = "https://id.gs1.org/01/03012345000017";
    expect(namesOf("(01)03012345000017(10)L1(21)7")).toEqual([`${item}/10/L1/21/7`, `${item}/21/7`, `${item}/10/L1`]);
  });

  it("what is none of these is taken as it is", () => {
    expect(namesOf("urn:uuid:lot")).toEqual(["urn:uuid:lot"]);
    expect(namesOf("urn:epc:class:lgtin:30.1.L1")).toEqual(["urn:epc:class:lgtin:30.1.L1"]);
    expect(namesOf("(01)12(10)L1")).toEqual(["(01)12(10)L1"]);
  });
});
