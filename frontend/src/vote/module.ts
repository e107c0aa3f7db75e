import type { Module } from "../module";
import { sign } from "./words/sign";

const needs = "Consultations";

export const vote: Module = {
  name: "vote",
  routes: [
    { path: "/vote", load: () => import("./views/List"), needs },
    { path: "/vote/keys", load: () => import("./views/Keys"), needs },
    { path: "/vote/:id", load: () => import("./views/One"), needs },
    { path: "/vote/:id/audit", load: () => import("./views/Audit"), needs },
    { path: "/vote/:id/count", load: () => import("./views/Count"), needs },
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
