import type { Module } from "../module";
import { sign } from "./words/sign";

const needs = "Attestations";

export const records: Module = {
  name: "records",
  routes: [
    { path: "/papers", load: () => import("./views/Papers"), needs },
    { path: "/papers/one/:key", load: () => import("./views/One"), needs },
    { path: "/papers/show/:key", load: () => import("./views/Show"), needs },
    { path: "/papers/acts", load: () => import("./views/Acts"), needs },
    { path: "/papers/desk", load: () => import("./views/Desk"), needs },
    { path: "/papers/desk/:schema/:issuer", load: () => import("./views/Series"), needs },
    { path: "/lots", load: () => import("./views/Lots"), needs },
    { path: "/lots/:id", load: () => import("./views/Lot"), needs },
    { path: "/lots/:id/recall", load: () => import("./views/Recall"), needs },
    { path: "/data", load: () => import("./views/Data"), needs },
    { path: "/papers/check", load: () => import("./views/Check"), needs },
    { path: "/facts", load: () => import("./views/Facts"), needs: "Facts" },
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
