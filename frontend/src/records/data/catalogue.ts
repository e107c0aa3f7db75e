/** The catalogue of the site (`catalogue.jsonld`), read by its fixed keys, and where it says what no paper does. */
import { safeParse } from "valibot";
import type { Home } from "../paper/paper";
import { CONTEXT } from "./context";
import { type History, refKey } from "./history";
import { CATALOGUE } from "./shape";
import { type Version, placeOf } from "./version";

const STATUS = "http://publications.europa.eu/resource/authority/distribution-status/";
const MEDIA = "https://www.iana.org/assignments/media-types/";

export type CatalogueProblem =
  | { kind: "context" } // another than ours: its words may mean anything
  | { kind: "untold"; identifier: string; version: string | null } // the catalogue does not tell of it
  | { kind: "paperless"; identifier: string; version: string } // no paper says so
  | { kind: "shape" } // keys that are none of ours, or too many: they may tell anything beside what is compared
  | { kind: "twice"; identifier: string } // a data set, or a version of it
  | { kind: "title"; identifier: string; said: string; paper: string }
  | { kind: "sha256" | "size" | "mediaType" | "paper" | "status" | "link"; identifier: string; version: string };

/** What the catalogue says of a data set that no paper does: the site's word. */
export interface Listed {
  identifier: string;
  title: string;
  description: string;
  publisher: string;
  theme: string;
  /** Where it is to be read; empty where there is no such page. */
  page: string;
  modified: string;
}

type Json = Readonly<Record<string, unknown>>;

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Json)[key] : undefined;

function list(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key);
  return Array.isArray(found) ? (found as unknown[]) : [];
}

function text(value: unknown, key: string): string {
  const found = at(value, key);
  return typeof found === "string" ? found : "";
}

/** The text in whatever language there is one. */
function said(value: unknown, key: string): string {
  const found = at(value, key);
  const [first] = typeof found === "object" && found !== null ? Object.values(found) : [];
  return typeof first === "string" ? first : "";
}

const dataSets = (catalogue: unknown): ReadonlyMap<string, unknown> =>
  new Map(list(catalogue, "dcat:dataset").map((it) => [text(it, "dct:identifier"), it] as const));

/** Every data set of the catalogue. */
export const listedIn = (catalogue: unknown): Listed[] =>
  [...dataSets(catalogue)].map(([identifier, it]) => ({
    identifier,
    title: said(it, "dct:title"),
    description: said(it, "dct:description"),
    publisher: text(at(it, "dct:publisher"), "foaf:name"),
    theme: said(at(it, "dcat:theme"), "skos:prefLabel"),
    page: webPage(text(it, "dcat:landingPage")),
    modified: text(it, "dct:modified"),
  }));

/** No other scheme, which a click might run. */
const webPage = (url: string): string => (/^https?:\/\/[^/]/.test(url) ? url : "");

/** Problems of a catalogue, where each version's batch stands at `places` by its paper's key. */
export function catalogueProblems(
  catalogue: unknown,
  known: readonly History[],
  home: Home,
  places: ReadonlyMap<string, string>,
): CatalogueProblem[] {
  const told = dataSets(catalogue);
  const own = new Set(known.map(({ identifier }) => identifier));
  const isOurs = JSON.stringify(at(catalogue, "@context")) === JSON.stringify(CONTEXT);
  const base = text(catalogue, "@id").replace(/catalogue\.jsonld$/, "");
  return [
    ...(isOurs ? [] : [{ kind: "context" } as const]),
    ...(safeParse(CATALOGUE, catalogue).success ? [] : [{ kind: "shape" } as const]),
    ...repeated(list(catalogue, "dcat:dataset"), "dct:identifier"),
    ...known.flatMap((history) => ofDataSet(told.get(history.identifier), history, { home, base, places })),
    ...[...told].flatMap(([identifier, it]) =>
      own.has(identifier)
        ? []
        : list(it, "dcat:hasVersion").map(
            (version) => ({ kind: "paperless", identifier, version: text(version, "dcat:version") }) as const,
          ),
    ),
  ];
}

function repeated(all: readonly unknown[], key: string, of = ""): CatalogueProblem[] {
  const names = all.map((it) => text(it, key));
  return [...new Set(names.filter((it, place) => names.indexOf(it) !== place))].map((it) => ({
    kind: "twice",
    identifier: `${of}${it}`,
  }));
}

/** What a catalogue is held against, beside papers. */
interface Around {
  home: Home;
  /** Below which its links lead. */
  base: string;
  places: ReadonlyMap<string, string>;
}

const nameOf = ({ base }: Around, identifier: string, version?: Version | null): string =>
  `${base}catalogue.jsonld#${identifier}${version ? `/${version.name}` : ""}`;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function ofDataSet(told: unknown, history: History, around: Around): CatalogueProblem[] {
  const { identifier, head, versions } = history;
  if (told === undefined) return [{ kind: "untold", identifier, version: null }];
  const problems = repeated(list(told, "dcat:hasVersion"), "dcat:version", `${identifier}/`);
  if (head && head.title !== said(told, "dct:title")) {
    problems.push({ kind: "title", identifier, said: said(told, "dct:title"), paper: head.title });
  }
  const current = head ? nameOf(around, identifier, head) : undefined;
  const links = [
    [at(told, "@id"), nameOf(around, identifier)],
    [at(told, "dcat:hasCurrentVersion"), current],
    [at(told, "dcat:distribution"), current && [{ "@id": `${current}/file` }]],
  ];
  if (!links.every(([one, other]) => isSame(one, other))) {
    problems.push({ kind: "link", identifier, version: head?.name ?? "" });
  }
  const listed = new Map(list(told, "dcat:hasVersion").map((it) => [text(it, "dcat:version"), it] as const));
  for (const version of versions) {
    const it = listed.get(version.name);
    listed.delete(version.name);
    if (it === undefined) problems.push({ kind: "untold", identifier, version: version.name });
    else problems.push(...differences({ told: it, page: at(told, "dcat:landingPage") }, version, history, around));
  }
  return [...problems, ...[...listed.keys()].map((it) => ({ kind: "paperless", identifier, version: it }) as const)];
}

function differences(
  { told, page }: { told: unknown; page: unknown },
  version: Version,
  { versions, takenBack }: History,
  around: Around,
): CatalogueProblem[] {
  const { identifier, name, ref } = version;
  const { chain, contract } = around.home;
  const files = list(told, "dcat:distribution");
  const file = files.length === 1 ? files[0] : null;
  const seal = at(file, "seal:paper");
  const problems: CatalogueProblem[] = [];
  const title = said(told, "dct:title");
  if (title !== version.title) problems.push({ kind: "title", identifier, said: title, paper: version.title });
  const isIts =
    text(seal, "seal:contract").toLowerCase() === `eip155:${chain}:${contract}`.toLowerCase() &&
    at(seal, "seal:schema") === ref.schema &&
    text(seal, "seal:issuer").toLowerCase() === ref.issuer.toLowerCase() &&
    at(seal, "seal:number") === ref.number;
  const before = version.parents.flatMap((parent) => versions.find((it) => refKey(it.ref) === refKey(parent)) ?? []);
  const links = [
    [at(told, "@id"), nameOf(around, identifier, version)],
    [at(told, "dcat:isVersionOf"), nameOf(around, identifier)],
    [at(told, "dcat:previousVersion") ?? [], before.map((it) => nameOf(around, identifier, it))],
    [at(file, "@id"), `${nameOf(around, identifier, version)}/file`],
    [at(file, "dcat:accessURL"), page],
    [at(file, "dcat:downloadURL"), around.base + placeOf(version).replace(/^data\//, "")],
    [at(seal, "seal:batch"), around.base + (around.places.get(refKey(ref)) ?? "")],
  ];
  const facts = {
    sha256: `0x${text(at(file, "spdx:checksum"), "spdx:checksumValue")}` === version.sha256,
    size: text(file, "dcat:byteSize") === String(version.size_bytes),
    mediaType: text(file, "dcat:mediaType") === MEDIA + version.mediaType,
    status: text(file, "adms:status") === STATUS + (takenBack.has(refKey(ref)) ? "WITHDRAWN" : "COMPLETED"),
    paper: isIts,
    link: links.every(([one, other]) => isSame(one, other)),
  };
  for (const [kind, isSo] of Object.entries(facts)) {
    if (!isSo) problems.push({ kind: kind as keyof typeof facts, identifier, version: name });
  }
  return problems;
}
