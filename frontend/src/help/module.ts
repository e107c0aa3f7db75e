import type { Module } from "../module";
import { sign } from "./words/sign";

export const help: Module = {
  name: "help",
  routes: [
    { path: "/help", load: () => import("./views/Help") },
    { path: "/accessibility", load: () => import("./views/Accessibility") },
  ],
  way: { sign },
};
