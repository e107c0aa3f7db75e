import type { Route } from "./route";
import type { Who } from "./wallet/who";
import type { RefusalSource } from "./words/refusal";

/** How a module announces itself. */
export interface Sign {
  /** Its entry in the navigation. */
  name: string;
  /** What it is for, on the home page's tile, and the line below it; a module without them has no tile. */
  tile?: string;
  note?: string;
}

/** A part of the dApp: a folder of src/, and one line in the shell's list. */
export interface Module {
  /** The name of its folder. */
  name: string;
  /** Its places; the navigation leads to the first. */
  routes: readonly [Route, ...Route[]];
  /** Its entry in the navigation; the views of a module without one are reached from others. */
  way?: {
    sign: () => Sign;
    /** Who sees it; everybody where missing. What one may not do is not shown. */
    permits?: (who: Who | null) => boolean;
  };
  /** What its contracts may refuse, in words. */
  refusals?: RefusalSource;
}
