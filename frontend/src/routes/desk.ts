import type { Route } from "./route";

export const desk: readonly Route[] = [];
