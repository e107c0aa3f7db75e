import type { ComponentType } from "preact";
import { addressOf } from "./chain/client";

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
  /** The contract without which the town goes without this view. */
  needs?: string;
  /** Whether the town has what its parameters name; always, where missing. */
  isThere?: (parameters: Readonly<Record<string, string>>) => boolean;
}

/** Whether this town has a place. */
export const isThere = (route: Route, parameters: Readonly<Record<string, string>>): boolean =>
  (!route.needs || addressOf(route.needs) !== undefined) && (route.isThere?.(parameters) ?? true);
