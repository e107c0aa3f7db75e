import { geoMercator, geoPath } from "d3-geo";
import type { FeatureCollection, Geometry } from "geojson";
import { isParcelId, matches, tokenOf } from "../parcel";

/** A parcel as it is drawn. */
export interface Plot {
  id: string;
  /** Of its title. */
  token: bigint;
  area_m2: number;
  /** The outline, as SVG reads it. */
  path: string;
  /** A point in its middle, in the units of the drawing. */
  x: number;
  y: number;
  /** Half its larger side, for zooming in on it. */
  radius: number;
}

/** The parcels on a sheet of `width` by `height` units. */
export interface Ground {
  width: number;
  height: number;
  plots: readonly Plot[];
}

const WIDTH = 1000;
const MARGIN = 16;

interface Properties {
  area_m2?: unknown;
}

/** Whether the file is one of parcels; what else it may be is not drawn. */
export function isCollection(value: unknown): value is FeatureCollection<Geometry, Properties> {
  const collection = value as FeatureCollection | null;
  return collection?.type === "FeatureCollection" && Array.isArray(collection.features);
}

/** A commune never crosses the antimeridian, and its boundaries are too short to bend: neither is worth the time. */
const mercator = () =>
  geoMercator()
    .preclip((stream) => stream)
    .precision(0);

/**
 * Projects parcels onto a sheet, as high as the commune makes it; a parcel at each step, for there may be thousands.
 */
export function* drawing(collection: FeatureCollection<Geometry, Properties>): Generator<undefined, Ground> {
  const features = collection.features.filter(({ id, geometry }) => isParcelId(String(id)) && geometry !== null);
  if (features.length === 0) return { width: WIDTH, height: WIDTH / 2, plots: [] };
  const small = geoPath(mercator().scale(1).translate([0, 0]));
  const boxes: Box[] = [];
  for (const feature of features) {
    boxes.push(small.bounds(feature));
    yield;
  }
  const [[west, north], [east, south]] = hull(boxes);
  const scale = (WIDTH - 2 * MARGIN) / (east - west);
  const x = MARGIN - west * scale;
  const y = MARGIN - north * scale;
  const path = geoPath(mercator().scale(scale).translate([x, y])).digits(1);
  const plots: Plot[] = [];
  for (const [place, feature] of features.entries()) {
    const [[left, top], [right, bottom]] = boxes[place]!;
    const id = String(feature.id);
    plots.push({
      id,
      token: tokenOf(id),
      area_m2: Number(feature.properties?.area_m2 ?? 0),
      path: path(feature) ?? "",
      x: x + ((left + right) / 2) * scale,
      y: y + ((top + bottom) / 2) * scale,
      radius: (Math.max(right - left, bottom - top) / 2) * scale,
    });
    yield;
  }
  return { width: WIDTH, height: (south - north) * scale + 2 * MARGIN, plots };
}

type Box = [[left: number, top: number], [right: number, bottom: number]];

const hull = (boxes: readonly Box[]): Box =>
  boxes.reduce(([[left, top], [right, bottom]], [[l, t], [r, b]]) => [
    [Math.min(left, l), Math.min(top, t)],
    [Math.max(right, r), Math.max(bottom, b)],
  ]);

export type Direction = "left" | "right" | "up" | "down";

const HEADINGS: Readonly<Record<Direction, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** The next parcel in a direction: the nearest within a quarter turn of it, off-axis distance counting double. */
export function neighbour(plots: readonly Plot[], from: Plot, direction: Direction): Plot | null {
  const [dx, dy] = HEADINGS[direction];
  let best: Plot | null = null;
  let least = Infinity;
  for (const plot of plots) {
    const x = plot.x - from.x;
    const y = plot.y - from.y;
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy - y * dx);
    if (plot === from || along <= 0 || across > along) continue;
    const cost = along + 2 * across;
    if (cost < least) [best, least] = [plot, cost];
  }
  return best;
}

/** The part of the sheet that is looked at. */
export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

const MOST = 60;

/** The frame, no larger than the sheet and within it, no smaller than a sixtieth. */
export function within({ width, height }: Ground, frame: Frame): Frame {
  const scale = Math.min(Math.max(frame.width / width, 1 / MOST), 1);
  const [w, h] = [width * scale, height * scale];
  const centre = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
  const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  return { x: clamp(centre.x - w / 2, width - w), y: clamp(centre.y - h / 2, height - h), width: w, height: h };
}

/** Nearer by a factor, with the point at `px`, `py` (in sheet units) staying where it is. */
export function zoomed(ground: Ground, frame: Frame, factor: number, px: number, py: number): Frame {
  const least = ground.width / MOST;
  const width = Math.min(Math.max(frame.width / factor, least), ground.width);
  const scale = width / frame.width;
  return within(ground, {
    x: px - (px - frame.x) * scale,
    y: py - (py - frame.y) * scale,
    width,
    height: frame.height * scale,
  });
}

/** A frame around a parcel, with its neighbours. */
export function around(ground: Ground, plot: Plot): Frame {
  const width = Math.max(plot.radius * 7, ground.width / 12);
  const height = (width * ground.height) / ground.width;
  return within(ground, { x: plot.x - width / 2, y: plot.y - height / 2, width, height });
}

const MOST_FOUND = 8;

/** The first parcels that match what was typed; none before anything is. */
export function findPlots(ground: Ground, typed: string): Plot[] {
  if (typed.trim() === "") return [];
  const found: Plot[] = [];
  for (const plot of ground.plots) {
    if (matches(plot.id, typed)) found.push(plot);
    if (found.length === MOST_FOUND) break;
  }
  return found;
}
