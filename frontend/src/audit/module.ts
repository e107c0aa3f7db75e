import type { Module } from "../module";
import { sign } from "./words/sign";

export const audit: Module = {
  name: "audit",
  routes: [
    { path: "/town", load: () => import("./views/Town") },
    { path: "/audit", load: () => import("./views/Audit") },
  ],
  way: { sign },
};
