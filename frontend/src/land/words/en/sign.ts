import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "Land",
  tile: "Parcels and titles",
  note: "The map, titles, sales",
};
