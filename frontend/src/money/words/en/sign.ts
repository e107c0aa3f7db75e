import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "Money",
  tile: "Pay and get paid",
  note: "In local money, free of charge",
};
