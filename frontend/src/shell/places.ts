import { type Route, isThere } from "../route";
import { match } from "../router";
import { MODULES } from "./modules";

const OWN: readonly Route[] = [
  { path: "/", load: () => import("./views/Home") },
  { path: "/wallet", load: () => import("./views/Wallet") },
];

/** Every view. */
const routes: readonly Route[] = [...OWN, ...MODULES.flatMap((module) => module.routes)];

/** A view that was found by its path, with the parameters that the path gives it. */
export interface Place {
  route: Route;
  parameters: Readonly<Record<string, string>>;
}

/** The view at a path; null where there is none, or the town goes without it. */
export function placeAt(at: string): Place | null {
  for (const route of routes) {
    const parameters = match(route.path, at);
    if (parameters && isThere(route, parameters)) return { route, parameters };
  }
  return null;
}
