import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "My desk",
  tile: "My desk",
  note: "What my office awaits from me",
};
