import type { Route } from "../route";

const needs = "Consultations";

export const ballot: readonly Route[] = [
  { path: "/vote", load: () => import("./views/List"), needs, nav: { section: "vote", order: 20 } },
  { path: "/vote/keys", load: () => import("./views/Keys"), needs },
  { path: "/vote/:id", load: () => import("./views/One"), needs },
  { path: "/vote/:id/audit", load: () => import("./views/Audit"), needs },
  { path: "/vote/:id/count", load: () => import("./views/Count"), needs },
];
