import type { sign as fr } from "../fr/sign";

export const sign: typeof fr = {
  name: "Votes",
  tile: "Vote",
  note: "Secret ballot, a result that anyone checks",
};
