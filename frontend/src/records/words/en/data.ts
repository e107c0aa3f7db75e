import { formatNumber } from "../../../words/format";
import type { CatalogueProblem } from "../../data/catalogue";
import type { RowsDifference } from "../../data/csvrows";
import type { HistoryProblem } from "../../data/history";
import type { Likeness } from "../../data/verdict";
import type { data as fr } from "../fr/data";

type Told<Of extends { kind: string }> = { [Kind in Of["kind"]]: (it: Extract<Of, { kind: Kind }>) => string };

const history: Told<HistoryProblem> = {
  noParent: ({ name, first }) => `Version ${name} follows none, and is not the first, which is ${first}.`,
  manyParents: ({ name, count }) => `Version ${name} follows ${count}, one at most.`,
  gap: ({ name, number }) => `Version ${name} follows paper ${number}, which is published nowhere.`,
  otherParent: ({ name, parent, identifier }) => `Version ${name} follows version ${parent} of ${identifier}.`,
  laterParent: ({ name, parent }) => `Version ${name} follows version ${parent}, which came later.`,
  sameName: ({ name, count }) => `${count} versions are called ${name}.`,
  fork: ({ name, after }) => `Versions ${after.join(", ")} all follow version ${name}.`,
  heads: ({ names }) => `Several versions could be the latest: ${names.join(", ")}.`,
  noHead: () => "No version holds: all are revoked or disowned.",
  claimed: ({ count }) => `${count} publishers have a data set of this name.`,
};

const catalogue: Told<CatalogueProblem> = {
  context: () => "The catalogue’s context is another: its words may mislead.",
  shape: () => "The catalogue says more than a catalogue of ours does: none of that is on paper.",
  twice: ({ identifier }) => `${identifier} stands in the catalogue more than once.`,
  status: ({ identifier, version }) =>
    `${identifier}, version ${version}: revoked or not, the catalogue says otherwise.`,
  link: ({ identifier, version }) => `${identifier}, version ${version}: links lead elsewhere than to its own.`,
  untold: ({ identifier, version }) =>
    `The catalogue does not tell of ${identifier}${version === null ? "" : `, version ${version}`}.`,
  paperless: ({ identifier, version }) => `${identifier}, version ${version}: no paper says so.`,
  title: ({ identifier, said, paper }) =>
    `${identifier}: the catalogue writes “${said.slice(0, 80)}”, the paper “${paper.slice(0, 80)}”.`,
  sha256: ({ identifier, version }) => `${identifier}, version ${version}: the hash is not that of the paper.`,
  size: ({ identifier, version }) => `${identifier}, version ${version}: the size is not that of the paper.`,
  mediaType: ({ identifier, version }) => `${identifier}, version ${version}: the format is not that of the paper.`,
  paper: ({ identifier, version }) => `${identifier}, version ${version}: the paper it names is another.`,
};

function rowsTold({ changed, added, missing, places }: RowsDifference): string {
  const counts = [
    [changed, "changed"],
    [added, "added"],
    [missing, "missing"],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${formatNumber(count)} ${word}`);
  const shown = places.slice(0, 5).map((place) => (place === 0 ? "the header" : `row ${place}`));
  return `${told.join(", ")}${shown.length ? ` (${shown.join(", ")}${places.length > 5 ? "…" : ""})` : ""}`;
}

const like: Told<Likeness> = {
  sameRows: ({ version, hasBom, hasCrLf }) => {
    const marks = [hasBom ? "a byte order mark" : "", hasCrLf ? "lines that end in CR LF" : ""].filter(Boolean);
    const around = marks.length ? `this file has ${marks.join(" and ")}` : "what stands around the rows differs";
    return `It has the same rows as version ${version.name} of ${version.identifier}, and is not the same file: ${around}.`;
  },
  reordered: ({ version }) =>
    `It has the same rows as version ${version.name} of ${version.identifier}, in another order.`,
  near: ({ version, how }) =>
    `It has most rows of version ${version.name} of ${version.identifier}, not all: ${rowsTold(how)}.`,
};

export const data: typeof fr = {
  title: "Open data",
  lead: "The files that the town publishes, each with its proof: where it comes from, and whether yours is that one.",
  none: "This site publishes no data.",
  limit: "The chain proves when and by whom, not that it is true.",
  check: {
    title: "Check a file",
    lead: "It stays in this browser: only its hash is compared.",
    label: "Choose a file",
    drop: "or drop it here",
    busy: (share: string) => `Reading the file: ${share}`,
    unreadable: "This file cannot be read.",
    version: (name: string, title: string) => `It is version ${name} of “${title}”.`,
    latest: "It is the latest.",
    older: (name: string) => `It is not the latest any more: that is version ${name}.`,
    doubtful: "Which version is the latest is not known.",
    back: "This version is revoked or disowned.",
    noTowns: "It is not of the town: no office opened that schema.",
    none: (count: number) => `It is none of the published versions (${count}).`,
    hash: "Hash (SHA-256)",
    size: "Size",
    bytes: (count: string) => `${count} bytes`,
    paper: "Paper",
    paperOf: (number: number, schema: number) => `no. ${number}, schema ${schema}`,
    issuer: "By",
    issued: "Issued on",
    asListed: "as this site says",
  },
  row: {
    title: "Show a row",
    lead: "A row with its proof, without the rest of the file.",
    number: "Number of the row",
    hint: (last: number) => `From 1 to ${last}, after the header.`,
    fault: "This file has no row of that number.",
    show: "Show",
    save: "Save the proof",
    fileName: (identifier: string, version: string, place: number) => `${identifier}-${version}-row-${place}.json`,
    good: (place: number, name: string, title: string) =>
      `Row ${place} of version ${name} of “${title}”: the proof is good.`,
    caption: "The row, under its header",
    unknown: "Its paper is not among those that are published and issued.",
  },
  reading: {
    good: "A reading, signed by its sensor: the proof is good.",
    value: "Reading",
    sensor: "Sensor",
    when: "Read on",
    group: "Sensors",
  },
  catalogue: {
    title: "The catalogue",
    byNode: "Compared with the chain, just now.",
    byList: (when: string) => `The node does not answer: all of this is what this site says of ${when}.`,
    word: "Descriptions and publishers are the catalogue’s word.",
    problems: "What is wrong",
    unreadable: (path: string, why: string) => `${path}: ${why}`,
    unsealed: (path: string) => `${path} is not on the chain, or was changed.`,
    unshown: (count: number, issuer: string) =>
      `${count} paper${count > 1 ? "s" : ""} of ${issuer} ${count > 1 ? "are" : "is"} not on this site: perhaps a later version.`,
    unlisted: "not in the catalogue",
    sealless: "without proof",
    publisher: "Publisher",
    theme: "Theme",
    page: "Read more",
    versions: "Versions, the latest first",
    version: "Version",
    rows: "Rows",
    size: "Bytes",
    state: "State",
    latest: "the latest",
    older: "replaced",
    back: "revoked",
    save: (file: string) => `Download ${file}`,
    file: "File",
  },
  days: {
    title: "Sensors’ days",
    lead: "What a group read together, never one person alone.",
    group: "Sensors",
    day: "Day",
    sum: "Sum",
    people: "People",
    readings: "Readings",
    readingsOf: (count: string, of: string) => `${count} of ${of}`,
    back: "revoked",
    repeated: "told more than once: the difference may be one person’s",
    unsaid: "not told",
  },
  told: { history, catalogue, like },
};
