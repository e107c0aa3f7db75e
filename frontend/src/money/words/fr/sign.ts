import type { Sign } from "../../../module";

export const sign = {
  name: "Monnaie",
  tile: "Payer et être payé",
  note: "En monnaie locale, sans frais",
} satisfies Sign;
