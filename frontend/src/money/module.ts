import type { Module } from "../module";
import { sign } from "./words/sign";

const needs = "LocalCurrency";

export const money: Module = {
  name: "money",
  routes: [
    { path: "/money", load: () => import("./views/Money"), needs },
    { path: "/pay", load: () => import("./views/Pay"), needs },
    { path: "/pay/request", load: () => import("./views/PayRequest"), needs },
    { path: "/scan", load: () => import("./views/Scan"), needs },
    { path: "/request", load: () => import("./views/Collect"), needs },
    { path: "/till", load: () => import("./views/Collect"), needs },
    { path: "/history", load: () => import("./views/History"), needs },
    { path: "/takings", load: () => import("./views/Takings"), needs },
    { path: "/redeem", load: () => import("./views/Redeem"), needs },
    { path: "/contacts", load: () => import("./views/Contacts"), needs },
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
