import type { Module } from "../module";
import { sign } from "./words/sign";

const needs = "Programmes";

export const programmes: Module = {
  name: "programmes",
  routes: [
    { path: "/purse", load: () => import("./views/Purse"), needs },
    { path: "/purse/key", load: () => import("./views/Key"), needs },
    { path: "/purse/till", load: () => import("./views/Till"), needs },
    { path: "/programmes", load: () => import("./views/Programmes"), needs },
    { path: "/programmes/:name", load: () => import("./views/Sponsor"), needs },
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
