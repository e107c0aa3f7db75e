import { addressOf } from "../chain/client";
import { match } from "../router";
import { routes } from "./places";
import type { Route } from "../route";
import { who } from "../wallet/who";

function isShown({ nav, needs }: Route): boolean {
  if (!nav || (needs && !addressOf(needs))) return false;
  return nav.permits?.(who.value) ?? true;
}

/** The entries of the navigation that this town has and this account may enter, in order. */
export const shownWays = (): Route[] =>
  routes.filter(isShown).sort((a, b) => (a.nav?.order ?? 0) - (b.nav?.order ?? 0));

/** Whether an entry of the navigation leads to where one is, or above it. */
export function isHere(entry: string, at: string): boolean {
  if (at === entry || at.startsWith(`${entry}/`)) return true;
  return routes.some(({ path, within }) => within === entry && match(path, at) !== null);
}
