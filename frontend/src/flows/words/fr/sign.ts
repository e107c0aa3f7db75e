import type { Sign } from "../../../module";

export const sign = {
  name: "Énergie",
  tile: "Énergie partagée",
  note: "Mon mois, ma facture, mon mandat",
} satisfies Sign;
