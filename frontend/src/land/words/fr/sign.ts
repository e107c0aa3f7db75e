import type { Sign } from "../../../module";

export const sign = {
  name: "Foncier",
  tile: "Parcelles et titres",
  note: "La carte, les titres, les ventes",
} satisfies Sign;
