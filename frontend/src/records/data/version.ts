/** A version of a data set, as its paper says: docs/open-data.md. */
import type { Hex } from "../../vote/ballot/bytes";
import type { Definition, SchemaField } from "../paper/definition";
import { PaperError } from "../paper/faults";
import type { OpenBatch, OpenPaper } from "../paper/openbatch";
import type { PaperRef } from "../paper/paper";

const field = (name: string, type: SchemaField["type"] = "text", required = true): SchemaField => ({
  name,
  type,
  required,
});

export const VERSION: Definition = {
  format: "beffroi-schema-1",
  name: "dataset version",
  fields: [
    field("identifier"),
    field("version"),
    field("title"),
    field("media_type"),
    field("bytes", "integer"),
    field("sha256", "hash"),
    field("rows", "integer", false),
    field("rows_root", "hash", false),
    field("rows_unordered", "hash", false),
  ],
};
const IDENTIFIER = /^(?=.{1,100}$)[a-z0-9]+([-_.][a-z0-9]+)*$/;
const NAME = /^(?=.{1,40}$)[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/;
const ENDINGS: Readonly<Record<string, string>> = {
  "text/csv": "csv",
  "application/json": "json",
  "application/geo+json": "geojson",
  "application/ld+json": "jsonld",
  "application/xml": "xml",
  "text/plain": "txt",
  "application/pdf": "pdf",
  "application/zip": "zip",
  "application/geopackage+sqlite3": "gpkg",
  "application/vnd.apache.parquet": "parquet",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
};

interface Rows {
  /** The header counted. */
  count: number;
  root: Hex;
  /** Of them in any order. */
  unordered: Hex;
}

export interface Version {
  ref: PaperRef;
  parents: readonly PaperRef[];
  identifier: string;
  /** As `2` or `2026-03`. */
  name: string;
  title: string;
  mediaType: string;
  size_bytes: number;
  sha256: Hex;
  /** Of a CSV. */
  rows: Rows | null;
}

/** @throws PaperError where its names are none, which are part of addresses, or a number is out of bounds */
export function versionOf({ ref, values, parents }: OpenPaper): Version {
  const said = (name: string): string => values.get(name) ?? "";
  const count = values.has("rows") ? bounded(said("rows")) : 0;
  const [root, unordered] = [values.get("rows_root"), values.get("rows_unordered")];
  const [identifier, name] = [said("identifier"), said("version")];
  if (!IDENTIFIER.test(identifier)) throw new PaperError({ kind: "unreadable", where: "identifier" });
  if (!NAME.test(name)) throw new PaperError({ kind: "unreadable", where: "version" });
  return {
    ref,
    parents,
    identifier,
    name,
    title: said("title"),
    mediaType: said("media_type"),
    size_bytes: bounded(said("bytes")),
    sha256: said("sha256") as Hex,
    rows: count && root && unordered ? { count, root: root as Hex, unordered: unordered as Hex } : null,
  };
}

function bounded(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new PaperError({ kind: "unreadable", where: text.slice(0, 40) });
  return value;
}

/** The versions of a batch of this schema. @throws PaperError as `versionOf` */
export const versionsOf = (batch: OpenBatch): Version[] => batch.papers.map(versionOf);

/** Where its file is published, below `town/`: by checked names alone. */
export const placeOf = ({ identifier, name, mediaType }: Version): string =>
  `data/${identifier}/${name}.${ENDINGS[mediaType] ?? "bin"}`;
