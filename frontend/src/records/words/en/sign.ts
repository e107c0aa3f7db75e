import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "Papers",
  tile: "Papers and acts",
  note: "Show a paper, check one, read the acts",
};
