import type { Route } from "./route";

export const ballot: readonly Route[] = [];
