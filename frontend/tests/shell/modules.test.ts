import { describe, expect, it } from "vitest";
import { MODULES } from "../../src/shell/modules";
import { FILES, IMPORTS } from "../sources";

/** What each module has, and where. */
const ROOMS = {
  views: (name: string) => `${name}/views/`,
  parts: (name: string) => `${name}/parts/`,
  flows: (name: string) => `${name}/flows/`,
  words: (name: string) => `${name}/words/fr/`,
  sign: (name: string) => `${name}/words/sign.ts`,
  refusals: (name: string) => `${name}/words/refusals.ts`,
} as const;
type Room = keyof typeof ROOMS;

/** Rooms that a module goes without, and why. */
const WITHOUT: Readonly<Record<string, Partial<Record<Room, string>>>> = {
  residents: {
    parts: "its one view is made of shared parts",
    sign: "the shell's warning of a recovery leads to it, and nothing else does",
  },
  desks: {
    flows: "its acts are a table, acts.ts, which one view serves",
    refusals: "its acts are refused by the contracts of other modules, which tell why",
  },
  audit: { flows: "one reads there and signs nothing", refusals: "one reads there and signs nothing" },
  help: { flows: "pages of text", refusals: "pages of text" },
};

const has = (name: string, room: Room): boolean => FILES.some((file) => file.startsWith(ROOMS[room](name)));

describe("a module", () => {
  it.each(MODULES)("$name has every room, or says why not", ({ name }) => {
    const rooms = Object.keys(ROOMS) as Room[];
    expect(rooms.filter((room) => !has(name, room))).toEqual(Object.keys(WITHOUT[name] ?? {}));
  });

  it.each(MODULES)("$name enters what it has: its way with its sign, its refusals with their words", (module) => {
    expect(module.way !== undefined).toBe(has(module.name, "sign"));
    expect(module.refusals !== undefined).toBe(has(module.name, "refusals"));
  });

  it.each(MODULES)("$name opens every view that it has", ({ name, routes }) => {
    const opened = IMPORTS.get(`${name}/module.ts`)?.filter((file) => file.startsWith(ROOMS.views(name)));
    expect(opened?.toSorted()).toEqual(FILES.filter((file) => file.startsWith(ROOMS.views(name))));
    expect(routes.length).toBeGreaterThanOrEqual(opened?.length ?? 0);
  });

  it("is a folder that the list names, and no folder with views is left out", () => {
    const folders = new Set(FILES.filter((file) => /^[^/]+\/views\//.test(file)).map((file) => file.split("/")[0]));
    expect([...folders].filter((folder) => folder !== "shell").sort()).toEqual(MODULES.map(({ name }) => name).sort());
  });

  it("shares no path with another", () => {
    const paths = MODULES.flatMap(({ routes }) => routes.map(({ path }) => path));
    expect(paths.filter((path, place) => paths.indexOf(path) !== place)).toEqual([]);
  });
});
