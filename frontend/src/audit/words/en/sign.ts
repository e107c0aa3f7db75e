import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "The town",
};
