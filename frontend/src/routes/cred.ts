import type { Route } from "./route";

const needs = "Promises";

export const cred: readonly Route[] = [
  { path: "/cred", load: () => import("../views/cred/List"), needs, nav: { section: "cred", order: 30 } },
  { path: "/cred/:mandate", load: () => import("../views/cred/Mandate"), needs },
  { path: "/cred/:mandate/:promise", load: () => import("../views/cred/Promise"), needs },
];
