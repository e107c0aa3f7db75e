import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "Credit",
  tile: "Pay in credit",
  note: "Among members of a circle, without money",
};
