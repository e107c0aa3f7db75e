import type { ComponentType } from "preact";

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
}
