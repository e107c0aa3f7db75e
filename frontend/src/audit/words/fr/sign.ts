import type { Sign } from "../../../module";

export const sign = {
  name: "La commune",
} satisfies Sign;
