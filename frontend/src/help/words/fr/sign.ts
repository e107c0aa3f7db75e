import type { Sign } from "../../../module";

export const sign = {
  name: "Aide",
} satisfies Sign;
