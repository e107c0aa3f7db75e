import { formatDay, formatHash } from "../../../words/format";
import type { acts as fr } from "../fr/acts";

const register: (typeof fr)["told"]["register"] = {
  unpublished: ({ first, last, issued_s }) =>
    `Acts ${first} to ${last}, issued on ${formatDay(issued_s)}, are published nowhere.`,
  notOnChain: ({ root, count }) =>
    `A published batch of ${count} acts, ${formatHash(root)}, is not on the chain, or was changed.`,
  missing: ({ number, last }) => (last === null ? `${number} is missing` : `${number} to ${last} are missing`),
  twice: ({ number }) => `${number} is given twice.`,
  noNumber: ({ number }) => `“${number.slice(0, 60)}” is no number: nobody can see what is missing around it.`,
  unauthorised: ({ call }) => `No act authorises ${call.what}, ${formatHash(call.transaction)}.`,
};

const act: (typeof fr)["told"]["act"] = {
  late: ({ days }) => `published ${days} days after the vote, 7 at most`,
  early: ({ day }) => `dated ${day}, after it was published`,
  noDay: () => "without a day of its vote: nobody knows whether it came in time",
  takenBack: () => "revoked or disowned: it authorises nothing",
  notDone: () => "what it authorises was not done",
  doneTwice: ({ times }) => `what it authorises was done ${times} times`,
  doneOnce: ({ acts: count }) => `what it authorises is authorised by ${count} acts`,
  doneBefore: ({ at_s }) => `what it authorises was done on ${formatDay(at_s)}, before it was published`,
};

export const acts: typeof fr = {
  title: "The register of acts",
  lead: "The council’s decisions, numbered without a gap: what is missing, or came late, is in red.",
  none: "This site shows no register of acts.",
  unshown: (count: number) =>
    `The chain holds ${count} register${count > 1 ? "s" : ""} of acts that this site does not show`,
  unshownOne: (schema: number, issuer: string) => `schema ${schema}, issued by ${issuer}`,
  unshownWhy: "Anybody can open one: ask the town hall which are its own.",
  unshownUnasked: "The node does not answer: this site may keep silent about a whole register.",
  unreadable: "A file of acts was changed, or is none:",
  of: (issuer: string) => `Register of ${issuer}`,
  clean: "No number is missing, nothing came late.",
  problems: "What is wrong",
  byNode: "Acts and calls compared with the chain, just now.",
  whose: "That this register is the town’s, this site alone says.",
  byWord: "What went through another contract is not read again here: “as this site says” marks it.",
  elsewhere: (what: string, transaction: string, issuer: string) =>
    `${what}, ${transaction}: authorised by an act of the register of ${issuer}.`,
  byList: (when: string) =>
    `The node does not answer: all that follows, gaps and calls too, is what this site says of ${when}.`,
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
  asListed: "as this site says",
  document: "Hash of the text",
  executedBy: "Executed by",
  executedByWord: "Executed by (as this site says)",
  scdl: "Open data (SCDL)",
  limit: "The chain proves when and by whom, not that it is true.",
  told: { register, act },
};
