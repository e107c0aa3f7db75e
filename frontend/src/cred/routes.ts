import type { Route } from "../route";

const needs = "Promises";

export const cred: readonly Route[] = [
  { path: "/cred", load: () => import("./views/List"), needs, nav: { section: "cred", order: 30 } },
  { path: "/cred/:mandate", load: () => import("./views/Mandate"), needs },
  { path: "/cred/:mandate/:promise", load: () => import("./views/Promise"), needs },
];
