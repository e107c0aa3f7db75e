import type { home as fr } from "../fr/home";

export const home: typeof fr = {
  lead: "The town’s counter: local money, votes, officials’ promises, land titles.",
  money: "Pay and get paid",
  moneyNote: "In local money, free of charge",
  vote: "Vote",
  voteNote: "Secret ballot, a result that anyone checks",
  cred: "Officials’ promises",
  credNote: "What is promised, what is kept",
  land: "Parcels and titles",
  landNote: "The map, titles, sales",
  desk: "My desk",
  deskNote: "What my office awaits from me",
  figures: "The town in figures",
  allFigures: "All the town’s figures",
  residents: "Enrolled residents",
  professionals: "Professionals",
  asOf: (when: string) => `Read from the chain, last block: ${when}.`,
  newHere: "What is Beffroi?",
  accessibility: "Accessibility: partially conforming",
};
