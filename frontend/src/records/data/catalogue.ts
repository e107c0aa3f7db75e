/** The catalogue of the site (`catalogue.jsonld`), read by its fixed keys, and where it says what no paper does. */
import type { Home } from "../paper/paper";
import { CONTEXT } from "./context";
import type { History } from "./history";
import type { Version } from "./version";

const MEDIA = "https://www.iana.org/assignments/media-types/";

export type CatalogueProblem =
  | { kind: "context" } // another than ours: its words may mean anything
  | { kind: "untold"; identifier: string; version: string | null } // the catalogue does not tell of it
  | { kind: "paperless"; identifier: string; version: string } // no paper says so
  | { kind: "title"; identifier: string; said: string; paper: string }
  | { kind: "sha256" | "size" | "mediaType" | "paper"; identifier: string; version: string };

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

export function catalogueProblems(catalogue: unknown, known: readonly History[], home: Home): CatalogueProblem[] {
  const told = dataSets(catalogue);
  const own = new Set(known.map(({ identifier }) => identifier));
  const isOurs = JSON.stringify(at(catalogue, "@context")) === JSON.stringify(CONTEXT);
  return [
    ...(isOurs ? [] : [{ kind: "context" } as const]),
    ...known.flatMap((history) => ofDataSet(told.get(history.identifier), history, home)),
    ...[...told].flatMap(([identifier, it]) =>
      own.has(identifier)
        ? []
        : list(it, "dcat:hasVersion").map(
            (version) => ({ kind: "paperless", identifier, version: text(version, "dcat:version") }) as const,
          ),
    ),
  ];
}

function ofDataSet(told: unknown, { identifier, head, versions }: History, home: Home): CatalogueProblem[] {
  if (told === undefined) return [{ kind: "untold", identifier, version: null }];
  const problems: CatalogueProblem[] = [];
  if (head && head.title !== said(told, "dct:title")) {
    problems.push({ kind: "title", identifier, said: said(told, "dct:title"), paper: head.title });
  }
  const listed = new Map(list(told, "dcat:hasVersion").map((it) => [text(it, "dcat:version"), it] as const));
  for (const version of versions) {
    const it = listed.get(version.name);
    listed.delete(version.name);
    if (it === undefined) problems.push({ kind: "untold", identifier, version: version.name });
    else problems.push(...differences(it, version, home));
  }
  return [...problems, ...[...listed.keys()].map((it) => ({ kind: "paperless", identifier, version: it }) as const)];
}

function differences(told: unknown, version: Version, { chain, contract }: Home): CatalogueProblem[] {
  const { identifier, name, ref } = version;
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
  const facts = {
    sha256: `0x${text(at(file, "spdx:checksum"), "spdx:checksumValue")}` === version.sha256,
    size: text(file, "dcat:byteSize") === String(version.size_bytes),
    mediaType: text(file, "dcat:mediaType") === MEDIA + version.mediaType,
    paper: isIts,
  };
  for (const [kind, isSo] of Object.entries(facts)) {
    if (!isSo) problems.push({ kind: kind as keyof typeof facts, identifier, version: name });
  }
  return problems;
}
