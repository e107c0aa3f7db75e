import type { Module } from "../module";
import { routesOf } from "./pages";
import { sign } from "./words/sign";

export const credit: Module = {
  name: "credit",
  routes: [
    ...routesOf("/credit", () => import("./views/Account")),
    ...routesOf("/credit/pay", () => import("./views/Pay")),
    ...routesOf("/credit/vouch", () => import("./views/Vouch")),
    ...routesOf("/credit/scan", () => import("./views/Scan")),
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
