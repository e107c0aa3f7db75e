import type { Route } from "./route";

const needs = "LocalCurrency";

export const money: readonly Route[] = [
  { path: "/money", load: () => import("../views/Money"), needs, nav: { section: "money", order: 10 } },
];
