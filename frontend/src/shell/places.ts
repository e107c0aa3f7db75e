import { ballot } from "../vote/routes";
import { cred } from "../cred/routes";
import { desk } from "../desks/routes";
import { home } from "./routes";
import { land } from "../land/routes";
import { money } from "../money/routes";
import type { Route } from "../route";

/** Every view, a file a module. */
export const routes: readonly Route[] = [...home, ...money, ...ballot, ...cred, ...land, ...desk];
