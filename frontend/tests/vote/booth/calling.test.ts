import { describe, expect, it } from "vitest";
import { type Call, callOf, faultsOfCall } from "../../../src/vote/booth/calling";

const [A, B, C] = [
  "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
  "0xBcd4042DE499D14e55001CcbB24a551F3b954096",
] as const;
const CALL: Call = { trustees: [A, B, C], needed: "2", hours: "48" };
const faults = (part: Partial<Call>) => faultsOfCall({ ...CALL, ...part });

describe("a call of trustees", () => {
  it("is the contract's arguments: the box, accounts ascending, five durations", () => {
    expect(faults({})).toEqual({ trustees: [null, null, null] });
    expect(callOf({ ...CALL, trustees: [` ${C.toLowerCase()}`, A, B] }, A)).toEqual([
      A,
      [B, A, C],
      2,
      false,
      [172_800, 172_800, 172_800, 172_800, 172_800],
    ]);
  });

  it("has accounts, each once, whatever their capitals", () => {
    const wrong = A.replace("C8", "c8");
    expect(faults({ trustees: [A, wrong, ""] }).trustees).toEqual([null, "notAddress", "notAddress"]);
    expect(faults({ trustees: [A, B, A.toLowerCase()] }).trustees).toEqual([null, null, "twiceCalled"]);
    expect(faults({ trustees: [A] }).list).toBe("badCount");
    expect(faults({ trustees: Array.from({ length: 17 }, () => A) }).list).toBe("badCount");
  });

  it("needs two at least, and no more than are called; each step lasts", () => {
    for (const needed of ["1", "4", "", "2,5"]) expect(faults({ needed }).needed).toBe("badNeeded");
    expect(faults({ needed: "3" })).not.toHaveProperty("needed");
    for (const hours of ["0", "x", "8761"]) expect(faults({ hours }).hours).toBe("badHours");
  });
});
