import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "Aid",
  tile: "My aid",
  note: "What is left, until when, and where",
};
