/** Choosing a file. */
export const files = {
  choose: "Choisir un fichier",
  none: "aucun fichier",
};
