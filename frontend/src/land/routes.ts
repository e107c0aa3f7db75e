import type { Route } from "../route";

const needs = "LandRegister";

export const land: readonly Route[] = [
  { path: "/land", load: () => import("./views/LandMap"), needs, nav: { section: "land", order: 40 } },
  { path: "/land/parcel/:id", load: () => import("./views/Parcel"), needs },
  { path: "/land/mine", load: () => import("./views/Mine"), needs },
  { path: "/land/deed/:id", load: () => import("./views/DeedView"), needs },
  { path: "/land/sale/:number", load: () => import("./views/SaleView"), needs },
  { path: "/land/tax/:year/:index", load: () => import("./views/Bill"), needs },
];
