import type { Route } from "./route";

const needs = "LandRegister";

export const land: readonly Route[] = [
  { path: "/land", load: () => import("../land/views/LandMap"), needs, nav: { section: "land", order: 40 } },
  { path: "/land/parcel/:id", load: () => import("../land/views/Parcel"), needs },
  { path: "/land/mine", load: () => import("../land/views/Mine"), needs },
  { path: "/land/deed/:id", load: () => import("../land/views/DeedView"), needs },
  { path: "/land/sale/:number", load: () => import("../land/views/SaleView"), needs },
  { path: "/land/tax/:year/:index", load: () => import("../land/views/Bill"), needs },
];
