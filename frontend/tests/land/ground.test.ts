import type { FeatureCollection, Geometry } from "geojson";
import { describe, expect, it } from "vitest";
import { inSlices } from "../../src/slices";
import { type Plot, around, drawing, isCollection, neighbour, within, zoomed } from "../../src/land/map/ground";

/** A field of squares, clockwise as d3-geo wants them. */
function field(columns: number, rows: number): FeatureCollection<Geometry, { area_m2: number }> {
  const features = Array.from({ length: columns * rows }, (_, place) => {
    const x = 2.78 + (place % columns) * 0.001;
    const y = 50.64 + Math.floor(place / columns) * 0.0006;
    const ring = [
      [x, y],
      [x, y + 0.0006],
      [x + 0.001, y + 0.0006],
      [x + 0.001, y],
      [x, y],
    ];
    return {
      type: "Feature" as const,
      id: `59999000AB${String(place + 1).padStart(4, "0")}`,
      properties: { area_m2: 4_700 },
      geometry: { type: "Polygon" as const, coordinates: [ring] },
    };
  });
  return { type: "FeatureCollection", features };
}

const ground = await inSlices(drawing(field(4, 3)));
const plot = (number: number): Plot => ground.plots[number - 1]!;

describe("parcels on a sheet", () => {
  it("fill its width and keep their shape", () => {
    expect(ground.plots).toHaveLength(12);
    expect(plot(1).path).toMatch(/^M[\d.,LZ-]+$/);
    expect(plot(4).x - plot(1).x).toBeCloseTo(726, 0);
    // A degree of longitude at 50.64° is 0.634 of one of latitude.
    expect((plot(1).y - plot(5).y) / (plot(2).x - plot(1).x)).toBeCloseTo(
      0.0006 / 0.001 / Math.cos((50.64 * Math.PI) / 180),
      2,
    );
  });
  it("are drawn north up", () => {
    expect(plot(12).y).toBeLessThan(plot(1).y);
  });
  it("leave out what is no parcel", async () => {
    const odd = field(1, 1);
    odd.features[0]!.id = "a street";
    expect((await inSlices(drawing(odd))).plots).toEqual([]);
    expect(isCollection({ type: "Feature" })).toBe(false);
    expect(isCollection(null)).toBe(false);
  });
});

describe("from parcel to parcel by the arrows", () => {
  it("goes to the nearest in that direction", () => {
    expect(neighbour(ground.plots, plot(6), "right")?.id).toBe(plot(7).id);
    expect(neighbour(ground.plots, plot(6), "left")?.id).toBe(plot(5).id);
    expect(neighbour(ground.plots, plot(6), "up")?.id).toBe(plot(10).id);
    expect(neighbour(ground.plots, plot(6), "down")?.id).toBe(plot(2).id);
  });
  it("takes nothing that lies more to the side than ahead", () => {
    const at = (x: number, y: number): Plot => ({ id: `${x}/${y}`, token: 0n, area_m2: 1, path: "", x, y, radius: 1 });
    const here = at(0, 0);
    expect(neighbour([here, at(1, 5)], here, "right")).toBeNull();
    expect(neighbour([here, at(1, 5)], here, "down")?.id).toBe("1/5");
  });
  it("stays at the edge", () => {
    expect(neighbour(ground.plots, plot(1), "left")).toBeNull();
    expect(neighbour(ground.plots, plot(1), "down")).toBeNull();
  });
});

describe("the frame", () => {
  const whole = { x: 0, y: 0, width: ground.width, height: ground.height };
  it("never leaves the sheet", () => {
    expect(within(ground, { ...whole, x: -300, y: 900 })).toEqual(whole);
    const near = within(ground, { x: 950, y: 0, width: 100, height: 100 });
    expect(near.x + near.width).toBeLessThanOrEqual(ground.width);
    expect(near.height / near.width).toBeCloseTo(ground.height / ground.width);
  });
  it("zooms about the point under the finger", () => {
    const near = zoomed(ground, whole, 2, 250, 300);
    expect(near.width).toBeCloseTo(500);
    expect((250 - near.x) / near.width).toBeCloseTo(250 / ground.width);
    expect(zoomed(ground, near, 1e6, 250, 300).width).toBeCloseTo(ground.width / 60);
    expect(zoomed(ground, near, 1e-6, 250, 300)).toEqual(whole);
  });
  it("holds a parcel in its middle", async () => {
    const large = await inSlices(drawing(field(20, 15)));
    const middle = large.plots[150]!;
    const frame = around(large, middle);
    expect(frame.x + frame.width / 2).toBeCloseTo(middle.x);
    expect(frame.y + frame.height / 2).toBeCloseTo(middle.y);
    expect(frame.width).toBeLessThan(large.width / 2);
  });
});
