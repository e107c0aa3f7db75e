import type { Route } from "./route";

const needs = "Consultations";

export const ballot: readonly Route[] = [
  { path: "/vote", load: () => import("../views/vote/List"), needs, nav: { section: "vote", order: 20 } },
  { path: "/vote/keys", load: () => import("../views/vote/Keys"), needs },
  { path: "/vote/:id", load: () => import("../views/vote/One"), needs },
  { path: "/vote/:id/audit", load: () => import("../views/vote/Audit"), needs },
  { path: "/vote/:id/count", load: () => import("../views/vote/Count"), needs },
];
