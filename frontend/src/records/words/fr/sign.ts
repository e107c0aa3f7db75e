import type { Sign } from "../../../module";

export const sign = {
  name: "Papiers",
  tile: "Papiers et actes",
  note: "Montrer un papier, en vérifier un, lire les actes",
} satisfies Sign;
