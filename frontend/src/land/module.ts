import type { Module } from "../module";
import { sign } from "./words/sign";

const needs = "LandRegister";

export const land: Module = {
  name: "land",
  routes: [
    { path: "/land", load: () => import("./views/LandMap"), needs },
    { path: "/land/parcel/:id", load: () => import("./views/Parcel"), needs },
    { path: "/land/mine", load: () => import("./views/Mine"), needs },
    { path: "/land/deed/:id", load: () => import("./views/DeedView"), needs },
    { path: "/land/sale/:number", load: () => import("./views/SaleView"), needs },
    { path: "/land/tax/:year/:index", load: () => import("./views/Bill"), needs },
  ],
  way: { sign },
  refusals: () => import("./words/refusals"),
};
