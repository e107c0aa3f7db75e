import type { Sign } from "../../../module";

export const sign = {
  name: "Crédit",
  tile: "Payer en crédit",
  note: "Entre membres d’un cercle, sans argent",
} satisfies Sign;
