import type { Module, Sign } from "../module";
import { isThere } from "../route";
import { match } from "../router";
import { who } from "../wallet/who";
import { MODULES } from "./modules";

/** An entry of the navigation. */
export interface Way {
  path: string;
  sign: () => Sign;
  /** Whether it leads to the module of this path. */
  isHere: (at: string) => boolean;
}

function wayOf({ way, routes }: Module): Way[] {
  const [door] = routes;
  const { path } = door;
  if (!way || !isThere(door, {}) || way.permits?.(who.value) === false) return [];
  return [{ path, sign: way.sign, isHere: (at) => routes.some((route) => match(route.path, at) !== null) }];
}

/** The entries of the navigation that this town has and this account may enter, in order. */
export const shownWays = (): Way[] => MODULES.flatMap(wayOf);
