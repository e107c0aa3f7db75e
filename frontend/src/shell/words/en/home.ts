import type { home as fr } from "../fr/home";

export const home: typeof fr = {
  lead: "The town’s counter: local money, votes, officials’ promises, land titles.",
  figures: "The town in figures",
  allFigures: "All the town’s figures",
  residents: "Enrolled residents",
  professionals: "Professionals",
  asOf: (when: string) => `Read from the chain, last block: ${when}.`,
  newHere: "What is Beffroi?",
};
