import { ballot } from "./ballot";
import { cred } from "./cred";
import { desk } from "./desk";
import { home } from "./home";
import { land } from "./land";
import { money } from "./money";
import type { Route } from "./route";

/** Every view, a file a module. */
export const routes: readonly Route[] = [...home, ...money, ...ballot, ...cred, ...land, ...desk];
