import type { Route } from "./route";

const needs = "LocalCurrency";

export const money: readonly Route[] = [
  { path: "/money", load: () => import("../views/Money"), needs, nav: { section: "money", order: 10 } },
  { path: "/pay", load: () => import("../views/Pay"), needs },
  { path: "/pay/request", load: () => import("../views/PayRequest"), needs },
  { path: "/scan", load: () => import("../views/Scan"), needs },
  { path: "/request", load: () => import("../views/Collect"), needs },
  { path: "/till", load: () => import("../views/Collect"), needs },
  { path: "/history", load: () => import("../views/History"), needs },
  { path: "/takings", load: () => import("../views/Takings"), needs },
  { path: "/redeem", load: () => import("../views/Redeem"), needs },
  { path: "/contacts", load: () => import("../views/Contacts"), needs },
];
