import type { Sign } from "../../../module";

export const sign = {
  name: "Mon bureau",
  tile: "Mon bureau",
  note: "Ce que ma fonction attend de moi",
} satisfies Sign;
