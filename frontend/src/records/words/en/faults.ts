import { formatAddress, formatNumber } from "../../../words/format";
import type { faults as fr } from "../fr/faults";

const TYPES = {
  text: "text, not empty, without a sign that moves or turns what is shown",
  integer: "a whole number without spaces or leading zeros",
  date: "a day, as 2026-01-31",
  boolean: "true or false",
  address: "an address in small letters, 0x and 40 hexadecimal digits",
  hash: "0x and 64 hexadecimal digits in small letters",
} as const;

const papers: (typeof fr)["papers"] = {
  unreadable: ({ where }) => `This file is not of the form that is needed here${where && ` (${where})`}.`,
  noSchema: () => "This is no schema: it has a name of one line, and 1 to 64 fields each of its own name.",
  unknownField: ({ field }) => `The schema has no field “${field}”.`,
  missingValue: ({ field }) => `The field “${field}” needs a value.`,
  wrongValue: ({ field, value, type }) => `${field}: “${value.slice(0, 60)}” is not ${TYPES[type]}.`,
  fieldTwice: ({ field }) => `The field “${field}” is named twice.`,
  notSealed: () => "This paper was changed: a value, its salt or its schema is not what was sealed.",
  notInBatch: ({ number, count }) =>
    `Paper ${number} does not stand in its batch of ${count}: number, subject or dates were changed.`,
  tooDeep: () => "Too many papers stand one on another.",
  otherTown: () => "This paper is of another town, or of another chain.",
  otherRoot: () => "This batch was changed: its papers do not have the root that it states.",
  saltTwice: ({ place }) => `Paper ${place} of the batch has another's salt: whoever sees both would compare them.`,
  wrongTimes: ({ place }) => `Paper ${place} of the batch ends before it begins.`,
  tooLarge: ({ most_bytes }) => `This file is too large: ${formatNumber(most_bytes / 2 ** 20)} MB at most.`,
  noPaper: () => "There is no paper.",
  noColumn: ({ column }) => `The column “${column}” is missing.`,
  unknownColumn: ({ column }) => `The column “${column}” is unknown, or there twice.`,
  wrongCells: () => "There are not as many cells as columns.",
  wrongAccount: ({ value }) => `“${value.slice(0, 60)}” is no address.`,
  wrongDay: ({ value }) => `“${value.slice(0, 40)}” is no day, as 2026-01-31.`,
  wrongCopies: ({ value }) => `“${value.slice(0, 40)}” copies: 1 to 100.`,
  wrongKey: ({ account }) => `This paper is about ${account}: that account signs.`,
  notOfLots: () => "Its papers do not tell what happened to lots.",
  noLotEvent: ({ number, field }) => `Paper ${number} tells no event of a lot: its field “${field}” is wrong.`,
  noLabel: () => "Its papers are no certificates of a label.",
};

const shown: (typeof fr)["shown"] = {
  shownTwice: ({ field }) => `The field “${field}” is shown twice.`,
  otherSchema: ({ name }) => `The paper is not of the schema “${name}”, or its words were changed.`,
  unsaid: ({ field, value }) => `The paper does not say “${field}: ${(value ?? "nothing").slice(0, 80)}”.`,
  notInBatch: ({ number, count }) =>
    `Paper ${number} does not stand in its batch of ${count}: number, subject or dates were changed.`,
  otherVerifier: ({ verifier }) =>
    `It was shown to “${verifier.slice(0, 80)}”, or for another question than yours: somebody passes it on.`,
  stale: () => "It was not signed just now: ask for it again, and see that both clocks are right.",
  aboutNobody: () => "This paper is about nobody: whoever has its file can show it.",
  unsigned: ({ subject }) => `${formatAddress(subject)}, whom this paper is about, did not sign it.`,
  notYet: () => "The paper does not hold yet.",
  ended: () => "The paper holds no more: its end has passed.",
  otherTown: () => "This paper is of another town, or of another chain.",
};

const chain: (typeof fr)["chain"] = {
  noBatch: ({ paper }) => `Paper ${paper.number} was never issued: its batch is not on the chain.`,
  otherPlaces: ({ paper, first, last }) =>
    `Paper ${paper.number} is not of its batch, which goes from ${first} to ${last}.`,
  revoked: ({ paper }) => `Paper ${paper.number} is revoked.`,
  disowned: ({ paper }) => `Paper ${paper.number} is disowned: it never held.`,
  holdsNot: ({ paper }) => `Paper ${paper.number} has not begun, has ended, or was changed.`,
  schemaElsewhere: ({ paper }) =>
    `The chain does not say what papers of schema ${paper.schema} say: ask whoever opened it.`,
  schemaDiffers: ({ paper, name }) => `Schema ${paper.schema} is “${name.slice(0, 80)}”, which says something else.`,
};

export const faults: typeof fr = {
  papers,
  shown,
  chain,
  onLine: (line: number, reason: string) => `Line ${line}: ${reason}`,
};
