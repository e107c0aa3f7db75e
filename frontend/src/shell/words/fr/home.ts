/** The home page. */
export const home = {
  lead: "Le guichet de la commune : la monnaie locale, les votes, les promesses des élus, les titres de propriété.",
  figures: "La commune en chiffres",
  allFigures: "Tous les chiffres de la commune",
  residents: "Habitants inscrits",
  professionals: "Professionnels",
  asOf: (when: string) => `Lu sur la chaîne, dernier bloc : ${when}.`,
  newHere: "C’est quoi, Beffroi ?",
};
