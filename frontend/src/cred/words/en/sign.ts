import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "Promises",
  tile: "Officials’ promises",
  note: "What is promised, what is kept",
};
