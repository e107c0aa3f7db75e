import type { Route } from "./route";

export const land: readonly Route[] = [];
