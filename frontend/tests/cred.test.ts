import { keccak256, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import { scoreOf } from "../src/cred/history";
import { faultsOf, weightLeft } from "../src/cred/pledges";
import { dataUri, inside, textOf } from "../src/cred/texts";

const hash = (text: string) => keccak256(stringToHex(text));

describe("a text that the chain knows by its hash", () => {
  it("may stand in its own address, as it is", async () => {
    expect(await textOf("Planter mille arbres", hash("Planter mille arbres"))).toMatchObject({ isTrue: true });
  });

  it("may stand in a data: address", async () => {
    const text = "Rénover l’école, 100 % isolée";
    expect(await textOf(dataUri(text), hash(text))).toMatchObject({ text, isTrue: true });
    expect(await textOf("data:text/plain;base64,Y2lucQ==", hash("cinq"))).toMatchObject({ text: "cinq", isTrue: true });
  });

  it("is shown for false where it is another", async () => {
    expect(await textOf(dataUri("autre"), hash("texte"))).toMatchObject({ text: "autre", isTrue: false });
  });

  it("is neither true nor false where it cannot be had", async () => {
    expect(await textOf("ipfs://x", hash("texte"))).toMatchObject({ text: null, isTrue: null });
    expect(inside("data:text/plain")).toBe(null);
    expect(inside("data:text/plain,%E0%A4%A")).toBe(null);
  });
});

describe("a score", () => {
  it("is the mean of the levels, and whole without opinions", () => {
    expect(scoreOf({ opinions: 4, missing: 8 })).toBe(0.5);
    expect(scoreOf({ opinions: 0, missing: 0 })).toBe(1);
  });
});

describe("promises before they are made", () => {
  const now_s = Date.UTC(2027, 0, 1) / 1000;
  const endsAt_s = Date.UTC(2028, 0, 1) / 1000;
  const sound = { text: "Planter", weight: "40", due: "2027-06-01" };

  it("are sound with a text, a weight and a day within the mandate", () => {
    expect(faultsOf(sound, now_s, endsAt_s)).toEqual({});
  });

  it.each([
    [{ text: " " }, { text: "emptyText" }],
    [{ text: "é".repeat(400) }, { text: "tooLong" }],
    [{ weight: "0" }, { weight: "badWeight" }],
    [{ weight: "101" }, { weight: "badWeight" }],
    [{ weight: "1,5" }, { weight: "badWeight" }],
    [{ due: "2026-12-31" }, { due: "badDue" }],
    [{ due: "2028-01-01" }, { due: "badDue" }],
    [{ due: "" }, { due: "badDue" }],
  ])("have a fault with %o", (part, fault) => {
    expect(faultsOf({ ...sound, ...part }, now_s, endsAt_s)).toEqual(fault);
  });

  it("weigh a hundred together", () => {
    expect(weightLeft([sound, { ...sound, weight: "60" }])).toBe(0);
    expect(weightLeft([sound, { ...sound, weight: "x" }])).toBe(60);
  });
});
