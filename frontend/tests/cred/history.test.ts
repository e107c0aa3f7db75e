import { keccak256, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import { type Fate, type Mandate, type Promised, scoreOf } from "../../src/cred/history";
import { barOf, isFinal, judgeable } from "../../src/cred/judging";
import { faultsOf, partOf, unfixed, weightLeft } from "../../src/cred/pledges";
import { dataUri, inside, textOf } from "../../src/chain/texts";

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
  it("is the mean of the levels, and none without opinions", () => {
    expect(scoreOf({ opinions: 4, missing: 8 })).toBe(0.5);
    expect(scoreOf({ opinions: 0, missing: 0 })).toBe(null);
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
    [{ weight: "1,555" }, { weight: "badWeight" }],
    [{ weight: "100,01" }, { weight: "badWeight" }],
    [{ weight: "0,00" }, { weight: "badWeight" }],
    [{ due: "2026-12-31" }, { due: "badDue" }],
    [{ due: "2028-01-01" }, { due: "badDue" }],
    [{ due: "" }, { due: "badDue" }],
  ])("have a fault with %o", (part, fault) => {
    expect(faultsOf({ ...sound, ...part }, now_s, endsAt_s)).toEqual(fault);
  });

  it("weigh a hundred together", () => {
    expect(weightLeft([sound, { ...sound, weight: "60" }])).toBe(0);
    expect(weightLeft([sound, { ...sound, weight: "x" }])).toBe(6_000);
    expect(weightLeft([{ ...sound, weight: "0,5" }], 9_900)).toBe(50);
    expect(weightLeft(Array.from({ length: 200 }, () => ({ ...sound, weight: "0.50" })))).toBe(0);
  });

  it("go in parts of which each fits into a transaction, and on from what is fixed", () => {
    const long = { ...sound, text: "é".repeat(330) };
    const many = Array.from({ length: 200 }, () => long);
    expect([partOf(many), partOf(many.slice(0, 60))]).toEqual([61, 60]);
    const drafts = ["a", "b", "a", "c"].map((text) => ({ ...sound, text }));
    const fixed = (...texts: string[]) =>
      unfixed(
        drafts,
        texts.map((text) => ({ text: { text } })),
      );
    expect(fixed()).toEqual(drafts);
    expect(fixed("a")).toEqual(drafts.slice(1));
    expect(fixed("z", "a", "b")).toEqual(drafts.slice(2));
    expect(fixed("a", "b", "a", "c")).toEqual([]);
    expect(fixed("a", "z")).toEqual(drafts);
  });
});

describe("promises that may be put to the vote", () => {
  const NOW_S = 1_000;
  const promised = (number: number, part: Partial<Promised> = {}): Promised => ({
    number,
    text: { text: "Planter", isTrue: true, uri: "" },
    weight_bps: 5_000,
    stake: 1n,
    dueAt_s: NOW_S,
    added: [],
    isUnjudged: false,
    frozen: 0n,
    settled: null,
    isEarly: false,
    ...part,
  });
  const mandate = (promises: Promised[], fate?: Fate, isMidTerm = false) =>
    ({
      promises,
      rounds: fate === undefined ? [] : [{ promises: [0], fate, isMidTerm }],
    }) as unknown as Mandate;
  const bar = (promise: Promised, isMidTerm = false) => barOf(mandate([promise]), promise, isMidTerm, NOW_S);
  const added = (kind: "evidence" | "counterEvidence") => [{ kind }] as unknown as Promised["added"];

  it("are due, or their official has brought evidence; at mid-term any", () => {
    expect(bar(promised(0))).toBe(null);
    expect(bar(promised(0, { dueAt_s: NOW_S + 1 }))).toBe("notDue");
    expect(bar(promised(0, { dueAt_s: NOW_S + 1, added: added("evidence") }))).toBe(null);
    expect(bar(promised(0, { dueAt_s: NOW_S + 1, added: added("counterEvidence") }))).toBe("notDue");
    expect(bar(promised(0, { dueAt_s: NOW_S + 1 }), true)).toBe(null);
  });

  it("are judged once more from their day on, where they were judged early, and not at mid-term", () => {
    const settled = { opinions: 5, missing: 0, burnt: 0n };
    const early = (dueAt_s: number) => promised(0, { settled, isEarly: true, dueAt_s, added: added("evidence") });
    expect(bar(early(NOW_S))).toBe(null);
    expect(bar(early(NOW_S + 1))).toBe("early");
    expect(bar(early(NOW_S), true)).toBe("settled");
    expect(bar(promised(0, { settled }))).toBe("settled");
    expect([early(NOW_S), promised(0, { settled }), promised(0)].map(isFinal)).toEqual([false, true, false]);
  });

  it("were due within their mandate, which may have been ended", () => {
    const ended = { ...mandate([]), endsAt_s: NOW_S - 1 } as Mandate;
    const [after, within] = [NOW_S, NOW_S - 1].map((dueAt_s) => promised(0, { dueAt_s, isUnjudged: true }));
    expect(barOf(ended, after as Promised, false, NOW_S)).toBe("afterEnd");
    expect(barOf(ended, within as Promised, false, NOW_S)).toBe(null);
  });

  it("have the text that the chain sealed", () => {
    expect(bar(promised(0, { text: { text: "autre", isTrue: false, uri: "" } }))).toBe("noText");
    expect(bar(promised(0, { text: { text: null, isTrue: null, uri: "" } }), true)).toBe("noText");
  });

  it("are not settled, nor held by another round that burns", () => {
    const settled = { opinions: 1, missing: 0, burnt: 0n };
    expect(bar(promised(0, { settled }), true)).toBe("settled");
    expect(bar(promised(0, { settled, isUnjudged: true }))).toBe(null);
    const both = [promised(0), promised(1)];
    for (const fate of ["underWay", "published", "appealed", "confirmed"] as const) {
      expect(judgeable(mandate(both, fate), NOW_S)).toEqual([both[1]]);
      expect(judgeable(mandate(both, fate, true), NOW_S)).toEqual(both);
    }
    for (const fate of ["annulled", "released", "informed"] as const)
      expect(judgeable(mandate(both, fate), NOW_S)).toEqual(both);
  });
});
