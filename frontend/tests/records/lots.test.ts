import { describe, expect, it } from "vitest";
import written from "../../../tests/vectors/lot-worlds-typescript.json?raw";
import file from "../../../tests/vectors/lot-worlds.json?raw";
import { type World, drawn, judged } from "./worlds";

type Vector = World & { found: ReturnType<typeof judged> };
const VECTORS = JSON.parse(file) as Vector[];
const OWN = JSON.parse(written) as Vector[];

describe("lots that Python drew", () => {
  it.each(VECTORS.map((world, place) => ({ world, place })))("are judged alike: world $place", ({ world }) => {
    expect(judged(world)).toEqual(world.found);
  });
});

describe("lots that the dApp draws", () => {
  it("are those of the vectors that Python judges", () => {
    const worlds = Array.from({ length: 12 }, (_, seed) => drawn(seed, 9));
    expect(worlds.map((world) => ({ ...world, found: judged(world) }))).toEqual(OWN);
  });
});
