/** A row, or a reading, shown with its proof alone: `beffroi-row-1`, `beffroi-reading-1`. */
import { array, literal, pipe, maxLength, regex, strictObject, string, custom } from "valibot";
import { type Hex, fromHex, toHex } from "../../vote/ballot/bytes";
import { ClaimTree } from "../paper/claims";
import { type Definition, valuesOf } from "../paper/definition";
import { PaperError } from "../paper/faults";
import { account, parsed, values, whole, word32 } from "../paper/files";
import type { OpenBatch, OpenPaper } from "../paper/openbatch";
import { type Home, leafMade, refsRoot } from "../paper/paper";
import { nodesOver, proofOf, standsAt } from "../paper/tree";
import { type RowProof, rowStands } from "./csvrows";
import { DAY, type Reading, isOnDay, isReadingSigned, readingLeaf } from "./day";
import { VERSION, type Version, versionOf } from "./version";

const ROW = "beffroi-row-1";
const READING = "beffroi-reading-1";
const MOST_PARENTS = 4096;

const PARENT = strictObject({ schema: whole, issuer: account, number: whole, leaf: word32 });
const PAPER = strictObject({
  values,
  subject: account,
  from: whole,
  until: whole,
  parents: pipe(array(PARENT), maxLength(MOST_PARENTS)),
  seed: word32,
});
const ALONE = {
  chain: whole,
  contract: account,
  schema: whole,
  issuer: account,
  root: word32,
  first: whole,
  count: whole,
  number: whole,
  proof: array(word32),
  paper: PAPER,
};
const PROOF = { place: whole, proof: array(word32) };
const ROW_SHOWN = strictObject({ place: whole, text: string(), proof: array(word32) });
const SHOWN_ROW = strictObject({ format: literal(ROW), ...ALONE, header: ROW_SHOWN, row: ROW_SHOWN });
const signature = custom<Hex>((value) => typeof value === "string" && /^0x([0-9a-fA-F]{2})*$/.test(value));
const value = pipe(string(), regex(/^-?[0-9]{1,12}(\.[0-9]{1,9})?$/));
const SHOWN_READING = strictObject({
  format: literal(READING),
  ...ALONE,
  reading: strictObject({ sensor: account, at: whole, value, signature, ...PROOF }),
});

/** A paper that was published whole, by itself, in its batch. */
interface ShownPaper extends Home {
  schema: number;
  issuer: Hex;
  root: Hex;
  first: number;
  count: number;
  paper: OpenPaper;
}

type Alone = ShownPaper & { number: number; proof: readonly Hex[] };
interface Told extends Omit<Alone, "paper"> {
  paper: Omit<OpenPaper, "ref" | "values"> & { values: Record<string, string | null> };
}

/** @throws PaperError where it does not stand in its batch */
function inBatch({ paper: told, number, proof, ...home }: Told, definition: Definition): ShownPaper {
  const { values: given, ...paper } = told;
  const said = valuesOf(definition, given);
  const { root: claimsRoot } = new ClaimTree(definition, said, fromHex(paper.seed));
  const leaf = leafMade({ ...paper, number, claimsRoot, parentsRoot: refsRoot(paper.parents) });
  if (!standsAt(fromHex(home.root), home.count, number - home.first, leaf, proof.map(fromHex))) {
    throw new PaperError({ kind: "notInBatch", number, count: home.count });
  }
  const named = new Map(
    definition.fields.flatMap(({ name }, at) => (said[at] == null ? [] : [[name, said[at]] as const])),
  );
  const { schema, issuer } = home;
  return { ...home, paper: { ...paper, values: named, ref: { schema, issuer, number, leaf: toHex(leaf) } } };
}

export interface ShownRow {
  kind: "row";
  paper: ShownPaper;
  version: Version;
  header: RowProof;
  row: RowProof;
}

export interface ShownReading {
  kind: "reading";
  paper: ShownPaper;
  reading: Reading;
}

/** What somebody shows alone; null where a text shows neither. @throws PaperError where it does not stand */
export async function readShown(text: string): Promise<ShownRow | ShownReading | null> {
  if (text.includes(`"${ROW}"`)) return readRow(text);
  return text.includes(`"${READING}"`) ? readReading(text) : null;
}

export function readRow(text: string): ShownRow {
  const { format: _, header, row, ...alone } = parsed(SHOWN_ROW, text);
  const paper = inBatch(alone as unknown as Told, VERSION);
  const version = versionOf(paper.paper);
  const { rows } = version;
  const stands = (it: RowProof): boolean => rows !== null && rowStands(it, rows.root, rows.count);
  if (header.place !== 0 || !stands(header) || !stands(row)) throw new PaperError({ kind: "notSealed" });
  return { kind: "row", paper, version, header, row };
}

export async function readReading(text: string): Promise<ShownReading> {
  const { format: _, reading: told, ...alone } = parsed(SHOWN_READING, text);
  const paper = inBatch(alone as unknown as Told, DAY);
  const { place, proof, ...reading } = told;
  const said = (name: string): string => paper.paper.values.get(name) ?? "";
  const count = Number(said("readings"));
  const stands = standsAt(fromHex(said("root")), count, place, readingLeaf(reading), proof.map(fromHex));
  const isSigned = await isReadingSigned(reading, paper, { quantity: said("quantity"), unit: said("unit") });
  if (!stands || !isSigned || !isOnDay(reading.at, said("day"))) throw new PaperError({ kind: "notSealed" });
  return { kind: "reading", paper, reading };
}

/** A row's file, byte for byte as `beffroi.records` writes it. */
export function rowText(batch: OpenBatch, number: number, header: RowProof, row: RowProof): string {
  const place = number - batch.first;
  const paper = batch.papers[place] as OpenPaper;
  const nodes = nodesOver(batch.papers.map(({ ref }) => fromHex(ref.leaf)));
  const { chain, contract, schema, issuer, root, first, papers } = batch;
  const proof = proofOf(nodes, place).map(toHex);
  const { subject, from, until, parents, seed } = paper;
  const told = { values: Object.fromEntries(paper.values), subject, from, until, parents, seed };
  const alone = { chain, contract, schema, issuer, root, first, count: papers.length, number, proof, paper: told };
  return `${JSON.stringify({ format: ROW, ...alone, header, row }, null, 1)}\n`;
}
