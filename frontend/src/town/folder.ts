import { type Town, TownError, readTown } from "./town";

const TIMEOUT_MS = 15_000;

/**
 * Files that were put into the page itself, for the build that works from disk: `<script type="application/json"
 * id="town-folder">`.
 */
function injected(): Record<string, string> | null {
  const block = document.getElementById("town-folder");
  return block ? (JSON.parse(block.textContent ?? "{}") as Record<string, string>) : null;
}

/** Whether the town's folder is in the page itself, and under its hash: no server can change it. */
export function isFolderInside(): boolean {
  return injected() !== null;
}

/**
 * The text of a file of the town's folder, as `beffroi.publish` wrote it: `parcels.geojson`, `rolls/0x….csv`.
 *
 * @returns null when the town did not publish it
 * @throws TownError when it cannot be fetched
 */
export async function townFile(path: string): Promise<string | null> {
  const inside = injected();
  if (inside) return inside[path] ?? null;
  let answer: Response;
  try {
    answer = await fetch(new URL(`town/${path}`, document.baseURI), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    throw new TownError("unreachable", `town/${path}`);
  }
  if (answer.status === 404) return null;
  if (!answer.ok) throw new TownError("unreachable", `town/${path} (${answer.status})`);
  const text = await answer.text();
  // Many static hosts answer index.html for what they do not have.
  return /^\s*<!doctype/i.test(text) ? null : text;
}

/** The same, as JSON. */
export async function townJson(path: string): Promise<unknown> {
  const text = await townFile(path);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new TownError("unreadable", `town/${path}`);
  }
}

let loaded: Town | null = null;

/** Reads the town that this page serves; once, before anything is shown. */
export async function loadTown(): Promise<Town> {
  const value = await townJson("town.json");
  if (value === null) throw new TownError("missing", "town/town.json");
  loaded = readTown(value);
  return loaded;
}

/** The town that this page serves. */
export function theTown(): Town {
  if (!loaded) throw new Error("the town is read before anything is shown");
  return loaded;
}

/** For tests of what needs a town. */
export function setTown(town: Town): void {
  loaded = town;
}
