import type { Module } from "../module";
import { sign } from "./words/sign";

const needs = "Promises";

export const cred: Module = {
  name: "cred",
  routes: [
    { path: "/cred", load: () => import("./views/List"), needs },
    { path: "/cred/:mandate", load: () => import("./views/Mandate"), needs },
    { path: "/cred/:mandate/:promise", load: () => import("./views/Promise"), needs },
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
