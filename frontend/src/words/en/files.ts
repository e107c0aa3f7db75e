import type { files as fr } from "../fr/files";

export const files: typeof fr = {
  choose: "Choose a file",
  none: "no file",
};
