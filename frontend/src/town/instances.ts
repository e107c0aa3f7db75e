import { path } from "../router";
import { theTown } from "./folder";

const allOf = (built: string): string[] =>
  Object.keys(theTown().contracts).filter((it) => theTown().built[it] === built);

/** The names of all that play the part of a contract in the build: whom nobody took over from come first. */
export function instancesOf(built: string): string[] {
  const all = allOf(built);
  const isFollowed = (name: string): boolean => name in theTown().successions;
  return [...all.filter((it) => !isFollowed(it)), ...all.filter(isFollowed)];
}

/** The one of them that serves now; the name in the build where the town goes without. */
export const serving = (built: string): string => instancesOf(built)[0] ?? built;

/** The one that a page of the desks is about: `/desk/Conveyance/act/expire`; else the one that serves. */
export function theInstance(built: string): string {
  const [, , name = ""] = path.value.split("/");
  return theTown().built[name] === built ? name : serving(built);
}

/** The post office's name for a kind of slip that a contract takes: `fund`, or `fund.Conveyance2` of a second one. */
export function slipKind(kind: string, contract: string): string {
  const [first] = allOf(theTown().built[contract] ?? contract);
  return contract === first ? kind : `${kind}.${contract}`;
}
