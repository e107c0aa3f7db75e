import { describe, expect, it } from "vitest";
import { silent } from "../../src/cred/silence";

const DUE_S = 1_000;
const PERIODS = { silence_s: 100, patience_s: 50 };
const ENDS_S = 2_000;
const of = (number: number, state: Parameters<typeof silent>[0][number]["state"], dueAt_s = DUE_S) => ({
  number,
  state,
  dueAt_s,
});
const at = (now: number, ...standings: Parameters<typeof silent>[0]) => silent(standings, PERIODS, ENDS_S, now);

describe("promises that the officer leaves", () => {
  it("are anyone's to call once the silence has lasted, and not before", () => {
    expect(at(DUE_S + 99, of(0, "pledged")).callable).toEqual([]);
    expect(at(DUE_S + 100, of(0, "pledged"), of(1, "pledged", DUE_S + 1)).callable).toEqual([0]);
    expect(at(DUE_S + 100, of(3, "unjudged")).callable).toEqual([3]);
  });

  it("are not those that are judged, or under evaluation, or were not due when the mandate ended", () => {
    const states = ["none", "underEvaluation", "settled"] as const;
    expect(at(1_900, ...states.map((state, number) => of(number, state))).callable).toEqual([]);
    expect(at(3_000, of(0, "pledged", ENDS_S + 1), of(1, "pledged", ENDS_S)).callable).toEqual([1]);
  });

  it("may be judged once more where they were judged early, whenever the mandate ends", () => {
    for (const now of [1_999, 20_000])
      expect(at(now, of(0, "settledEarly"), of(1, "pledged"))).toMatchObject({ callable: [0, 1], reopened: [0] });
  });

  it("are declared unjudged after the patience too, where they were not judged when due", () => {
    const all = [of(0, "pledged"), of(1, "unjudged"), of(2, "settledEarly")];
    expect(at(DUE_S + 149, ...all).unjudgeable).toEqual([]);
    expect(at(DUE_S + 150, ...all).unjudgeable).toEqual([0, 2]);
  });

  it("are called as many at a time as a vote asks of", () => {
    const many = Array.from({ length: 40 }, (_, number) => of(number, "pledged"));
    expect(at(1_500, ...many).callable).toHaveLength(32);
    expect(at(1_500, ...many).unjudgeable).toHaveLength(40);
  });
});
