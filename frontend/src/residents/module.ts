import type { Module } from "../module";

export const residents: Module = {
  name: "residents",
  routes: [{ path: "/recovery", load: () => import("./views/Recovery"), needs: "Residents" }],
  refusals: () => import("./words/refusals"),
};
