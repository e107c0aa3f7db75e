import type { Sign } from "../../../module";

export const sign = {
  name: "Aides",
  tile: "Mon aide",
  note: "Ce qu’il me reste, jusqu’à quand, et où",
} satisfies Sign;
