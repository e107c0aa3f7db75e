import type { Route } from "../route";

export const home: readonly Route[] = [
  { path: "/", load: () => import("./views/Home") },
  { path: "/wallet", load: () => import("./views/Wallet") },
  { path: "/recovery", load: () => import("../residents/views/Recovery"), needs: "Residents" },
  { path: "/help", load: () => import("../help/views/Help"), nav: { section: "help", order: 90 } },
  { path: "/accessibility", load: () => import("../help/views/Accessibility") },
];
