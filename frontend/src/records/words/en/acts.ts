import { formatDay, formatHash } from "../../../words/format";
import type { acts as fr } from "../fr/acts";

const register: (typeof fr)["told"]["register"] = {
  unpublished: ({ first, last, issued_s }) =>
    `Acts ${first} to ${last}, issued on ${formatDay(issued_s)}, are published nowhere.`,
  notOnChain: ({ root, count }) =>
    `A published batch of ${count} acts, ${formatHash(root)}, is not on the chain, or was changed.`,
  missing: ({ number }) => `${number} is missing`,
  twice: ({ number }) => `${number} is given twice.`,
  noNumber: ({ number }) => `“${number.slice(0, 60)}” is no number: nobody can see what is missing around it.`,
  unauthorised: ({ call }) => `No act authorises ${call.what}, ${formatHash(call.transaction)}.`,
};

const act: (typeof fr)["told"]["act"] = {
  late: ({ days }) => `published ${days} days after the vote, 7 at most`,
  early: ({ day }) => `dated ${day}, after it was published`,
  notDone: () => "what it authorises was not done",
  doneTwice: ({ times }) => `what it authorises was done ${times} times`,
};

export const acts: typeof fr = {
  title: "The register of acts",
  lead: "The council’s decisions, numbered without a gap: what is missing, or came late, is in red.",
  none: "The town has published no register of acts.",
  unreadable: "A file of acts was changed, or is none:",
  of: (issuer: string) => `Register of ${issuer}`,
  clean: "No number is missing, nothing came late.",
  problems: "What is wrong",
  byNode: "Compared with the chain, just now.",
  byList: (when: string) => `The node does not answer: compared with what the town published on ${when}.`,
  filter: "Find an act",
  filterHint: "Number, day, subject or matter.",
  found: (found: number, of: number) => `Acts shown: ${found} of ${of}`,
  voted: "Voted on",
  published: "Published on",
  matter: "Matter",
  votes: "Votes",
  voteCounts: (yes: string, no: string, abstained: string) => `${yes} for, ${no} against, ${abstained} abstained`,
  individual: "An individual act: its subject and names are not published.",
  proven: "proof checked",
  document: "Hash of the text",
  executedBy: "Executed by",
  scdl: "Open data (SCDL)",
  limit: "The chain proves when and by whom, not that it is true.",
  told: { register, act },
};
