import type { Sign } from "../../../module";

export const sign = {
  name: "Votes",
  tile: "Voter",
  note: "Bulletin secret, résultat que chacun vérifie",
} satisfies Sign;
