import type { Module } from "../module";
import { routesOf } from "./pages";
import { sign } from "./words/sign";

export const money: Module = {
  name: "money",
  routes: [
    ...routesOf("", () => import("./views/Money")),
    ...routesOf("/pay", () => import("./views/Pay")),
    ...routesOf("/pay/request", () => import("./views/PayRequest")),
    ...routesOf("/scan", () => import("./views/Scan")),
    ...routesOf("/request", () => import("./views/Collect")),
    ...routesOf("/till", () => import("./views/Collect")),
    ...routesOf("/history", () => import("./views/History")),
    ...routesOf("/takings", () => import("./views/Takings")),
    ...routesOf("/redeem", () => import("./views/Redeem")),
    ...routesOf("/contacts", () => import("./views/Contacts")),
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
