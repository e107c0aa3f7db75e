import { formatDay } from "../../../words/format";
import type { lots as fr } from "../fr/lots";

const doubts: (typeof fr)["doubts"] = {
  nowhere: ({ what }) => `${what}: nobody says where it comes from.`,
  origin: ({ what }) => `${what}: said to come from nowhere, though this product is made of another. A second name?`,
  cycle: ({ what }) => `${what}: said to be made of itself.`,
  early: ({ what }) => `${what}: used before it existed.`,
  invented: ({ what, said, had }) => `${what}: ${said} leave, and there were only ${had}.`,
  elsewhere: ({ what }) => `${what}: this box was not where it is said to be.`,
  unit: ({ what }) => `${what}: counted in units that do not convert.`,
  yield: ({ what, said, had }) =>
    said
      ? `${what}: ${said} come out, and only ${had} can.`
      : `${what}: more comes out, all kinds together, than what goes in can give.`,
  late: ({ what }) => `${what}: told more than a month later, or before it happened.`,
  alike: ({ what }) => `${what}: names that are taken for one another.`,
  twice: ({ what }) => `${what}: the same thing is declared twice.`,
  same_hash: ({ what }) => `${what}: two papers say different things of the same event.`,
  spoken: ({ what }) => `${what}: who speaks there is not who speaks in its name.`,
  one_key: ({ what }) => `${what}: these declarants sign with one key, they are one.`,
  parents: ({ what }) => `${what}: what it comes from is not published as it says.`,
  taken_back: ({ what }) => `${what}: what is said of it was taken back.`,
  unsealed: ({ what }) => `${what}: what is said of it is not on the chain.`,
  stranger: ({ what }) => `${what}: what is said of it is NOT of the town.`,
};

const UNITS: Readonly<Record<string, string>> = {
  KGM: "kg",
  GRM: "g",
  MGM: "mg",
  TNE: "t",
  LBR: "lb",
  ONZ: "oz",
  LTR: "l",
  MLT: "ml",
  CLT: "cl",
  DLT: "dl",
  HLT: "hl",
  MTQ: "m³",
  C62: "units",
  EA: "units",
  H87: "pieces",
  PCE: "pieces",
  DZN: "dozen",
  MTR: "m",
  MMT: "mm",
  CMT: "cm",
  KMT: "km",
};

const events: (typeof fr)["events"] = {
  commission: "Begins",
  transform: "Made",
  pack: "Packed",
  unpack: "Unpacked",
  ship: "Shipped",
  receive: "Received",
  consume: "Used up",
  observe: "Seen",
};

const states: (typeof fr)["states"] = {
  held: (who) => `at ${who}`,
  transit: (who) => (who ? `on the way to ${who}` : "on the way, nobody says to whom"),
  consumed: (who) => `used up at ${who}`,
  packed: (who) => `packed in ${who}`,
  claimed: (who) => `${who} says it had it, and it was not there`,
};

const standings: (typeof fr)["standings"] = {
  revoked: (what) => `${what}: what is said of it was revoked`,
  disowned: (what) => `${what}: what is said of it was disowned`,
  unsealed: (what) => `${what}: what is said of it is not on the chain`,
  stranger: (what) => `${what}: what is said of it is not of the town`,
};

const certificate: (typeof fr)["certificate"] = (problem, revoked_s) => {
  switch (problem.kind) {
    case "revoked":
      return revoked_s === null
        ? "its certificate is revoked"
        : `its certificate was revoked on ${formatDay(revoked_s)}`;
    case "disowned":
      return "its certificate is disowned: it never held";
    case "unsealed":
      return "its certificate is not on the chain";
    case "stranger":
      return "its label is not of the town";
    case "issuedLater":
      return `its certificate was issued on ${formatDay(problem.at_s)} only, after the declaration`;
    case "ended":
      return `its certificate had ended, on ${formatDay(problem.at_s)}`;
    case "notBegun":
      return `its certificate begins on ${formatDay(problem.at_s)} only`;
    case "unaccredited":
      return `its certifier’s accreditation was over, on ${formatDay(problem.at_s)}`;
  }
};

export const lots: typeof fr = {
  title: "Where it comes from",
  lead: "From field to plate: what each lot is made of, by whom, which labels it bears, who has it now.",
  none: "This site shows no lots.",
  filter: "Find a lot",
  filterHint: "Its name, the printed code, an address, who made it.",
  found: (shown: number, of: number) => `Lots shown: ${shown} of ${of}`,
  byNode: "Compared with the chain, just now.",
  byList: (when: string) => `The node does not answer: all that follows is what this site says of ${when}.`,
  unreadable: "A file of lots is none, or was changed:",
  unsealed: "These files are not on the chain: do not rely on them",
  unsealedOne: (path: string, count: number) => `${path} (${count} declaration${count > 1 ? "s" : ""})`,
  strange: "These files are NOT of the town: they do not count",
  towns: "of the town",
  noTowns: "NOT of the town",
  ownWord: {
    body: (who: string) => `Who keeps this label also makes it: ${who}.`,
    certifier: (who: string) => `Who certifies also makes it: ${who}.`,
  },
  yields: (told: string) => `stated yield: at most ${told}`,
  yield: (quantity: string, of: string) => `${quantity} for 1\u00a0${of}`,
  unheard: "nobody who is heard made it",
  packed: "What was packed in it",
  unshown: (who: string, count: number) =>
    `${who} sealed ${count} declaration${count > 1 ? "s" : ""} that this site does not show: a recall may miss some.`,
  wrong: "What is wrong",
  clean: "It adds up: nothing comes out of nothing.",
  limit: "The chain proves when and by whom, not that it is true.",
  hash: "Each declaration holds the hash of its EPCIS event; this page does not compute it again.",
  missing: "This site says nothing of this lot.",
  all: "All lots",
  lot: (name: string, number: string) => `${name}, lot ${number}`,
  begins: (who: string, when: string) => `From ${who}, on ${when}.`,
  made: (who: string, when: string, of: string) => `Made by ${who} on ${when}, from: ${of}.`,
  from: (what: string, who: string) => `${what} (${who})`,
  others: (count: number) => `and ${count} other${count > 1 ? "s" : ""}`,
  unknown: "Nobody says where it comes from.",
  labels: "Labels",
  labelsNone: "This site shows no labels.",
  holds: "holds",
  holdsNot: "does not hold for this lot",
  behind: "Label kept by",
  labelWhy: (lot: string, why: string) => `${lot}: ${why}`,
  uncertified: "no certificate for this product of this maker",
  tree: "What is in it",
  by: (what: string, who: string, when: string) => `${what} at ${who}, on ${when}`,
  cut: "the rest",
  now: "Where it is now",
  nowNone: "Nothing of it is left: all went into something else.",
  where: "Where",
  quantity: "Quantity",
  code: "Code that opens this page",
  codeLead: "To put on the lot: whoever scans it opens this page.",
  recall: "Recall this lot",
  recallTitle: (lot: string) => `Recall: ${lot}`,
  recallLead: "This lot, all that was made of it, and who has it.",
  reached: (count: number) => `${count} lot${count > 1 ? "s" : ""}, this one among them.`,
  recallNone: "nothing of it is left",
  print: "Print",
  sheet: "Save (CSV)",
  sheetName: (lot: string) => `recall-${lot}.csv`,
  back: "This lot",
  columns: { name: "Name", uri: "Lot", where: "Where", holder: "Holder", quantity: "Quantity", unit: "Unit" },
  unit: (code: string) => UNITS[code] ?? code,
  about: (quantity: string) => `about ${quantity}`,
  doubts,
  events,
  states,
  standings,
  certificate,
};
