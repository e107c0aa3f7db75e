import type { Route } from "../route";

const needs = "LocalCurrency";
const within = "/money";

export const money: readonly Route[] = [
  { path: "/money", load: () => import("./views/Money"), needs, nav: { section: "money", order: 10 } },
  { path: "/pay", load: () => import("./views/Pay"), needs, within },
  { path: "/pay/request", load: () => import("./views/PayRequest"), needs, within },
  { path: "/scan", load: () => import("./views/Scan"), needs, within },
  { path: "/request", load: () => import("./views/Collect"), needs, within },
  { path: "/till", load: () => import("./views/Collect"), needs, within },
  { path: "/history", load: () => import("./views/History"), needs, within },
  { path: "/takings", load: () => import("./views/Takings"), needs, within },
  { path: "/redeem", load: () => import("./views/Redeem"), needs, within },
  { path: "/contacts", load: () => import("./views/Contacts"), needs, within },
];
