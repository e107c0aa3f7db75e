import type { ComponentType } from "preact";
import type { Who } from "./wallet/who";
import type { core } from "./words/core";

/** What a view is given: the parameters of its path. */
export interface ViewProps {
  parameters: Readonly<Record<string, string>>;
}

export type View = ComponentType<ViewProps>;

/** A place in the app. */
export interface Route {
  /** `/vote/:id`. */
  path: string;
  load: () => Promise<{ default: View }>;
  /** Its place in the navigation; a route without one is reached from another view. */
  nav?: {
    section: keyof ReturnType<typeof core>["navigation"];
    /** Lower comes first. */
    order: number;
    /** Who sees it; everybody where missing. What one may not do is not shown. */
    permits?: (who: Who | null) => boolean;
  };
  /** The entry of the navigation that it belongs to, where its path does not say so: `/money`. */
  within?: string;
  /** The contract without which the town goes without this view. */
  needs?: string;
}
