import { inSlices } from "../slices";
import { townJson } from "../town/folder";
import { TownError } from "../town/town";
import { type Ground, drawing, isCollection } from "./map/ground";
import { isPublished } from "./published";

let read: Promise<Ground | null> | null = null;

/** The commune's parcels as they are drawn; null where the town publishes none. Read and projected once. */
export function readGround(): Promise<Ground | null> {
  read ??= fetchGround();
  read.catch(() => (read = null));
  return read;
}

async function fetchGround(): Promise<Ground | null> {
  const value = (await isPublished("parcels")) ? await townJson("parcels.geojson") : null;
  if (value === null) return null;
  if (!isCollection(value)) throw new TownError("invalid", "town/parcels.geojson");
  return inSlices(drawing(value));
}
