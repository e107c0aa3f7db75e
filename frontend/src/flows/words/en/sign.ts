import type { Sign } from "../../../module";

export const sign = {
  name: "Energy",
  tile: "Shared energy",
  note: "My month, my bill, my mandate",
} satisfies Sign;
