import type { Address } from "viem";
import { describe, expect, it } from "vitest";
import { activeOf, kindsOf, type Told } from "../../../src/vote/booth/register";

const [ADA, Bea, cleo, dora, eve] = ["0xAA", "0xBb", "0xcc", "0xdd", "0xee"] as const;
const [citizen, professional] = [1, 2] as const;
const enrolled = (account: Address, kind: number): Told => ({ name: "Enrolled", account, kind });
const people = [cleo, Bea, ADA, dora].map((account) => enrolled(account, citizen));

describe("who is on the register", () => {
  it("is told by its events, in the order of addresses, of the kinds that are asked for", () => {
    expect(activeOf(people, [citizen])).toEqual([ADA, Bea, cleo, dora]);
    expect(activeOf([...people, enrolled(eve, professional)], [professional])).toEqual([eve]);
    expect(activeOf([...people, enrolled(eve, professional)], [citizen, professional])).toHaveLength(5);
  });

  it("is nobody who is suspended or has left, until she is back", () => {
    const away: Told[] = [
      { name: "Suspended", account: ADA },
      { name: "Departed", account: Bea },
      { name: "Suspended", account: cleo },
      { name: "Reinstated", account: cleo },
    ];
    expect(activeOf([...people, ...away], [citizen])).toEqual([cleo, dora]);
    expect(activeOf([...people, ...away, enrolled(Bea, professional)], [citizen])).toEqual([cleo, dora]);
  });

  it("is a recovered key as the lost one was, and the lost one no more", () => {
    const recovered: Told = { name: "Recovered", account: ADA, successor: eve };
    expect(activeOf([...people, recovered], [citizen])).toEqual([Bea, cleo, dora, eve]);
    expect(activeOf([...people, { name: "Suspended", account: ADA }, recovered], [citizen])).toEqual([Bea, cleo, dora]);
  });

  it("is nobody's to say where a node tells what became of somebody who was never enrolled", () => {
    expect(activeOf([...people, { name: "Departed", account: eve }], [citizen])).toBe(null);
  });

  it("is of the kinds that a file names, or of none", () => {
    expect([kindsOf("citizen"), kindsOf("citizen+public_body")]).toEqual([[1], [1, 3]]);
    expect(["", "citizens", "citizen+citizen", "toString", "institution"].map(kindsOf)).toEqual(Array(5).fill(null));
  });
});
