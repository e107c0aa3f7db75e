import type { Sign } from "../../../module";

export const sign = {
  name: "Promesses",
  tile: "Promesses des élus",
  note: "Ce qui est promis, ce qui est tenu",
} satisfies Sign;
