import type { Module } from "../module";
import { sign } from "./words/sign";

const needs = "Clearing";

export const flows: Module = {
  name: "flows",
  routes: [
    { path: "/energy", load: () => import("./views/Operations"), needs },
    { path: "/energy/:op", load: () => import("./views/Mandate"), needs },
    { path: "/energy/:op/month", load: () => import("./views/Month"), needs },
    { path: "/energy/:op/street", load: () => import("./views/Street"), needs },
    { path: "/energy/:op/desk", load: () => import("./views/Desk"), needs },
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
