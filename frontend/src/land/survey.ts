import { type Hex, keccak256, stringToBytes } from "viem";
import { isParcelId, tokenOf } from "./parcel";

/** A parcel as a surveyor's file draws it. */
export interface Surveyed {
  id: string;
  token: bigint;
  area_m2: number;
  geometryHash: Hex;
}

/** Why a file is no survey: the feature, counted from 1, and what is wrong with it; 0 for the file itself. */
export interface SurveyFault {
  feature: number;
  wrong: "unreadable" | "id" | "area" | "geometry" | "twice";
}

type Position = readonly [number, number];
interface Shape {
  type: "Polygon" | "MultiPolygon";
  coordinates: unknown;
}

const MOST_M2 = 2 ** 32 - 1;

/**
 * The hash under which the register knows a geometry: Keccak-256 of its canonical text, as `beffroi.land.geometry`. No
 * point is
 * moved, rounded or left out, and `JSON.stringify` writes numbers as RFC 8785 does.
 */
const geometryHash = ({ type, coordinates }: Shape): Hex =>
  keccak256(stringToBytes(JSON.stringify({ coordinates, type })));

/** The parcels of a cadastre in GeoJSON, as Etalab publishes them; or the first thing that is wrong. */
export function readSurvey(text: string): readonly Surveyed[] | SurveyFault {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return { feature: 0, wrong: "unreadable" };
  }
  const features = (file as { features?: unknown } | null)?.features;
  if (!Array.isArray(features) || features.length === 0) return { feature: 0, wrong: "unreadable" };
  const found: Surveyed[] = [];
  for (const [place, feature] of features.entries()) {
    const read = readFeature(feature);
    const isTwice = typeof read !== "string" && found.some(({ id }) => id === read.id);
    if (typeof read === "string" || isTwice) return { feature: place + 1, wrong: isTwice ? "twice" : (read as "id") };
    found.push(read);
  }
  return found;
}

function readFeature(feature: unknown): Surveyed | "id" | "area" | "geometry" {
  const { id: outer, properties, geometry } = (feature ?? {}) as Record<string, unknown>;
  const { id: inner = outer, contenance } = (properties ?? {}) as Record<string, unknown>;
  if (typeof inner !== "string" || !isParcelId(inner) || (outer !== undefined && outer !== inner)) return "id";
  const area_m2 = Number.isInteger(contenance) ? (contenance as number) : 0;
  if (area_m2 <= 0 || area_m2 > MOST_M2) return "area";
  if (!isShape(geometry)) return "geometry";
  return { id: inner, token: tokenOf(inner), area_m2, geometryHash: geometryHash(geometry) };
}

function isShape(geometry: unknown): geometry is Shape {
  const { type, coordinates } = (geometry ?? {}) as Record<string, unknown>;
  if (type === "Polygon") return isPolygon(coordinates);
  return (
    type === "MultiPolygon" && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isPolygon)
  );
}

const isPolygon = (rings: unknown): boolean => Array.isArray(rings) && rings.length > 0 && rings.every(isRing);

/** A closed line of four positions at least: a triangle. */
function isRing(ring: unknown): boolean {
  if (!Array.isArray(ring) || ring.length < 4 || !ring.every(isPosition)) return false;
  const [first, last] = [ring[0], ring.at(-1)] as [Position, Position];
  return first[0] === last[0] && first[1] === last[1];
}

const isPosition = (position: unknown): boolean =>
  Array.isArray(position) && position.length === 2 && position.every((it) => Number.isFinite(it));
