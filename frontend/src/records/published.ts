/** What the town publishes of papers and acts, as of a block: `records.json`, docs/papers-format.md. */
import { type GenericSchema, array, literal, nullable, object, safeParse, string, tuple } from "valibot";
import { townFile, townJson } from "../town/folder";
import { TownError } from "../town/town";
import type { Bytes, Hex } from "../vote/ballot/bytes";
import { type ChainDoubt, type TakenBack, backOf } from "./chain/attested";
import { type BatchNow, type SeriesNow, numbersIn, seriesKey } from "./chain/standing";
import { isOfThisTown } from "./kept";
import type { IssuedBatch, ListedCall } from "./paper/actaudit";
import { type PublishedActs, readActs } from "./paper/actsfile";
import type { Definition } from "./paper/definition";
import { DEFINITION, account, whole, word32 } from "./paper/files";
import { ofBase64url, through } from "./paper/packed";
import type { OpenBatch } from "./paper/openbatch";
import { type Paper, everyPaper } from "./paper/paper";

export interface PublishedSeries {
  schema: number;
  issuer: Hex;
  key: Hex;
  until: number;
  next: number;
  disowned: readonly [number, number];
  batches: readonly IssuedBatch[];
  /** A bit for each number, from the lowest of each byte: zlib, base64url. */
  revoked: { bits: 1; lst: string };
}

/** A register of acts, by its files. */
export interface PublishedRegister {
  schema: number;
  issuer: Hex;
  acts: readonly string[];
  scdl: string;
  /** That a council decides, each with the hash by which an act authorises it. */
  calls: readonly ListedCall[];
}

/** What is issued under a number; what its papers say, where its URI holds it. */
interface PublishedSchema {
  schema: number;
  accreditor: Hex;
  definition: Definition | null;
}

interface Published {
  chain: number;
  contract: Hex;
  block: number;
  /** Unix seconds of that block. */
  at: number;
  schemas: readonly PublishedSchema[];
  series: readonly PublishedSeries[];
  registers: readonly PublishedRegister[];
}

const SCHEMA = object({ schema: whole, accreditor: account, definition: nullable(DEFINITION) });
const BATCH = object({ root: word32, first: whole, count: whole, issued: whole });
const SERIES = object({
  schema: whole,
  issuer: account,
  key: account,
  until: whole,
  next: whole,
  disowned: tuple([whole, whole]),
  batches: array(BATCH),
  revoked: object({ bits: literal(1), lst: string() }),
});
const CALL = object({ what: string(), hash: word32, transaction: word32, at: whole });
const REGISTER = object({
  schema: whole,
  issuer: account,
  acts: array(string()),
  scdl: string(),
  calls: array(CALL),
});
const RECORDS: GenericSchema<unknown, Published> = object({
  format: literal("beffroi-records-1"),
  chain: whole,
  contract: account,
  block: whole,
  at: whole,
  schemas: array(SCHEMA),
  series: array(SERIES),
  registers: array(REGISTER),
});

let fetched: Promise<Published | null> | null = null;

/** What the town published; null where it published none, or of another chain. Fetched once, while one can. */
export function published(): Promise<Published | null> {
  fetched ??= read().catch((error: unknown) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

async function read(): Promise<Published | null> {
  const value = await townJson("records.json");
  if (value === null) return null;
  const records = safeParse(RECORDS, value);
  if (!records.success) throw new TownError("invalid", "town/records.json");
  return isOfThisTown(records.output) ? records.output : null;
}

/** A file of acts; null where the town does not have it, or it is none. */
export async function publishedActs(path: string): Promise<PublishedActs | null> {
  const text = await townFile(path);
  return text === null ? null : readActs(text);
}

/** What the published state says of a paper: since when, and why it does not hold. */
export interface Listed {
  at_s: number;
  /** Whether all its batches are known there, and their numbers on its lists: those of later ones are not. */
  isKnown: boolean;
  doubts: readonly ChainDoubt[];
}

/** What was published of a paper, and of those that it rests on; null where nothing was. */
export async function listedState(paper: Paper): Promise<Listed | null> {
  const all = await published();
  if (!all) return null;
  const states = await Promise.all([...everyPaper(paper)].map((it) => stateOf(it, all.series)));
  return {
    at_s: all.at,
    isKnown: states.every((state) => state !== "unknown"),
    doubts: states.flatMap((state) => (state === "unknown" || state === null ? [] : [state])),
  };
}

async function stateOf(paper: Paper, series: readonly PublishedSeries[]): Promise<ChainDoubt | "unknown" | null> {
  const { schema, issuer, root, number: at } = paper;
  const isIts = (it: PublishedSeries): boolean =>
    it.schema === schema && it.issuer.toLowerCase() === issuer.toLowerCase();
  const own = series.find(isIts);
  const batch = own?.batches.find((it) => it.root.toLowerCase() === root.toLowerCase());
  if (!own || !batch) return "unknown";
  const { first, count } = batch;
  if (first !== paper.first || count !== paper.count) {
    return { paper, kind: "otherPlaces", first, last: first + count - 1 };
  }
  const [from, to] = own.disowned;
  if (at >= from && at < to) return { paper, kind: "disowned" };
  const bits = await bitsOf(own);
  if (at >= bits.length * 8) return "unknown"; // a list cut short tells nothing of it
  return bitAt(bits, at) ? { paper, kind: "revoked" } : null;
}

/** Which of a series' papers are revoked or disowned there; what its list does not reach counts as revoked. */
export async function listedBack(own: PublishedSeries, numbers: readonly number[]): Promise<Map<number, TakenBack>> {
  const bits = await bitsOf(own);
  return backOf(numbers, (at) => at >= bits.length * 8 || bitAt(bits, at), own.disowned);
}

/** What was published of batches published whole, as a node would tell it. */
export async function listedNow(
  { schemas, series }: Pick<Published, "schemas" | "series">,
  batches: readonly OpenBatch[],
): Promise<BatchNow[]> {
  const listed = new Map(series.map((it) => [seriesKey(it), it] as const));
  const opened = new Map(schemas.map((it) => [it.schema, it] as const));
  const known = new Map<string, SeriesNow>();
  for (const [key, { numbers }] of numbersIn(batches)) {
    const own = listed.get(key);
    if (own) known.set(key, { ...own, until_s: own.until, back: await listedBack(own, numbers) });
  }
  const issued = batches.map((batch) => issuedIn(batch, listed.get(seriesKey(batch))));
  return batches.map((batch, place) => ({
    isIssued: (issued[place] ?? null) !== null,
    issued_s: issued[place] ?? null,
    definition: opened.get(batch.schema)?.definition ?? null,
    accreditor: opened.get(batch.schema)?.accreditor ?? null,
    series: known.get(seriesKey(batch)) ?? null,
  }));
}

/** When a batch was issued, unix seconds; null where it is not listed. */
const issuedIn = ({ root, first, papers }: OpenBatch, series: PublishedSeries | undefined): number | null =>
  series?.batches.find(
    (it) => it.root.toLowerCase() === root.toLowerCase() && it.first === first && it.count === papers.length,
  )?.issued ?? null;

const bitsOf = ({ revoked }: PublishedSeries): Promise<Bytes> =>
  through(ofBase64url(revoked.lst), new DecompressionStream("deflate"));

/** Whether a number is revoked, by a list of a bit for each. */
const bitAt = (bits: Bytes, at: number): boolean => (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
