import { describe, expect, it } from "vitest";
import { readSurvey } from "../../src/land/survey";
import made from "../../../tests/vectors/land-drafts.json";

const ring = [
  [2, 50],
  [3, 50],
  [3, 51],
  [2, 50],
];
const feature = (changed: object = {}, geometry: unknown = { type: "Polygon", coordinates: [ring] }) => ({
  type: "Feature",
  id: "59999000AB0901",
  properties: { id: "59999000AB0901", contenance: 120 },
  geometry,
  ...changed,
});
const read = (...features: unknown[]) => readSurvey(JSON.stringify({ type: "FeatureCollection", features }));

describe("what a surveyor draws", () => {
  it("has the hashes that Python finds, however numbers are written", () => {
    const parcels = readSurvey(made.survey.text);
    expect(Array.isArray(parcels) && parcels.map(({ geometryHash }) => geometryHash)).toEqual(made.survey.hashes);
  });
  it("is read with the area of record", () => {
    expect(read(feature())).toMatchObject([{ id: "59999000AB0901", area_m2: 120 }]);
    const unnamed = feature({ id: undefined });
    expect(read(unnamed)).toMatchObject([{ id: "59999000AB0901" }]);
  });
  it.each([
    ["id", feature({ id: "AB 901", properties: { contenance: 1 } })],
    ["id", feature({ id: "59999000AB0902" })],
    ["area", feature({ properties: { id: "59999000AB0901" } })],
    ["area", feature({ properties: { id: "59999000AB0901", contenance: 1.5 } })],
    ["area", feature({ properties: { id: "59999000AB0901", contenance: -1 } })],
    ["geometry", feature({}, { type: "Point", coordinates: [2, 50] })],
    ["geometry", feature({}, { type: "Polygon", coordinates: [ring.slice(0, 3)] })],
    ["geometry", feature({}, { type: "Polygon", coordinates: [[...ring.slice(0, 3), [9, 9]]] })],
    ["geometry", feature({}, { type: "MultiPolygon", coordinates: [] })],
    ["geometry", feature({}, null)],
  ])("is told where its %s is wrong", (wrong, bad) => {
    expect(read(feature({ id: "59999000AB0900", properties: { id: "59999000AB0900", contenance: 1 } }), bad)).toEqual({
      feature: 2,
      wrong,
    });
  });
  it("has each parcel once", () => {
    expect(read(feature(), feature())).toEqual({ feature: 2, wrong: "twice" });
  });
  it("is a file of parcels", () => {
    for (const text of ["", "{}", "null", '{"features":[]}', "[1"]) {
      expect(readSurvey(text)).toEqual({ feature: 0, wrong: "unreadable" });
    }
  });
});
