import type { Route } from "./route";

export const cred: readonly Route[] = [];
