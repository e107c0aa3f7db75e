import type { grounds as fr } from "../fr/grounds";

export const grounds: typeof fr = {
  title: "What it stands on",
  compareTown:
    "Only the node says that this contract, these trustees and this roll are the town's: compare them with what it has published.",
  node: "Node asked",
  chain: "Chain, and its first block",
  contract: "Contract",
  closed: "Closed in block",
  notClosed: "not closed yet",
  trustees: (needed, all) => `Trustees: ${needed} of ${all} open`,
  key: "Key h of the ballots",
  roll: (size) => `Root of the roll of ${size} voters`,
  origin: "Where the roll comes from",
  drawn: ({ contract, block, date, kind }, isWhole) =>
    isWhole
      ? `Whole roll of ${kind}, at block ${block} (${date}) of register ${contract}: drawn again here.`
      : `Its file says that it is the whole roll of ${kind}, drawn of register ${contract}, at block ${block}, on ${date}; the register's events do not give it.`,
  notWhole: "Warning: nobody has shown that the roll is whole.",
  old: (days) => `Warning: the roll was ${days} days old. Who came, left or died since is not on it as such.`,
  noOrigin: "It is not published here: only the contract vouches for who is on it.",
  question: "Question",
  options: "Answers",
  noText: "only its hash is known here",
  terms: "Hash of the terms",
  batches: "Batches of ballots",
  batchesOf: (batches, outside) => `${batches}, of which ${outside} outside the time of the vote`,
  outside: (count) => `Warning: ${count} batches were cast outside the time of the vote.`,
  outsideNote: (opens, closes) => `People voted from ${opens} to ${closes}.`,
  totals: "End of the totals' hash",
  second: {
    label: "A second node, run by somebody else",
    hint: "Its address, https://…: this page asks it for the same number and compares by itself.",
    ask: "Compare",
    notUrl: "An address that begins with https:// or http://.",
    sameNode: "That is the node which this page asks already: it will say the same.",
    failed: "The second node could not be compared.",
    same: "The second node tells the same: the same block, the same ballots, the same totals.",
    differs: "The second node tells OTHERWISE. One of the two lies or lags: trust neither.",
    tells: (block, ballots) => `There the vote was closed in block ${block}, with ${ballots} ballots.`,
  },
};
