/** A batch of papers under one root: sealed from drafts, written as a file, read again. */
import { literal, strictObject } from "valibot";
import { type Bytes, type Hex, fromHex, random, same, toHex } from "../../vote/ballot/bytes";
import { ClaimTree } from "./claims";
import { type Definition, valuesOf } from "./definition";
import { PaperError } from "./faults";
import { DEFINITION, PAPERS, account, parsed, values, whole, word32 } from "./files";
import { type Home, type OwnPaper, type Paper, leafMade, parentsRoot } from "./paper";
import { nodesOver, proofOf } from "./tree";

const BATCH = "beffroi-batch-1";
const LATEST_S = 2 ** 40 - 1;

/** A paper before it is sealed. */
export interface Draft {
  values: Readonly<Record<string, string | null>>;
  subject: Hex;
  from: number;
  until: number;
  parents: readonly Paper[];
}

/** Where a batch is to stand. */
export interface Series extends Home {
  schema: number;
  issuer: Hex;
}

/** Papers under one root, with what they say: the issuer's own. */
export interface Batch extends Series {
  definition: Definition;
  first: number;
  root: Hex;
  drafts: readonly Draft[];
  /** 32 bytes each. */
  seeds: readonly Hex[];
  claims: readonly Bytes[];
  nodes: readonly Bytes[];
}

const HEAD = strictObject({
  format: literal(BATCH),
  chain: whole,
  contract: account,
  definition: DEFINITION,
  schema: whole,
  issuer: account,
  first: whole,
  count: whole,
  root: word32,
});
const LINE = strictObject({
  values,
  subject: account,
  from: whole,
  until: whole,
  parents: PAPERS,
  seed: word32,
});

/** Seeds that nobody used before. */
export const freshSeeds = (count: number): Hex[] => Array.from({ length: count }, () => toHex(random(32)));

/**
 * Seals papers in their order, from a series' next number on, a step for each.
 *
 * @throws PaperError where there is none, a value is of another type, one ends before it begins, or two are salted
 *   alike
 */
export function* sealing(
  series: Series,
  definition: Definition,
  first: number,
  drafts: readonly Draft[],
  seeds: readonly Hex[],
): Generator<undefined, Batch> {
  if (drafts.length === 0) throw new PaperError({ kind: "noPaper" });
  requireFresh(seeds);
  const claims: Bytes[] = [];
  const leaves: Bytes[] = [];
  for (const [place, draft] of drafts.entries()) {
    requireTimed(draft, place);
    const tree = new ClaimTree(definition, valuesOf(definition, draft.values), fromHex(seeds[place] as Hex));
    claims.push(tree.root);
    const sealed = { number: first + place, claimsRoot: tree.root, parentsRoot: parentsRoot(draft.parents) };
    leaves.push(leafMade({ ...draft, ...sealed }));
    yield;
  }
  const nodes = nodesOver(leaves);
  const { chain, contract, schema, issuer } = series;
  const root = toHex(nodes[0] as Bytes);
  return { chain, contract, schema, issuer, definition, first, root, drafts, seeds, claims, nodes };
}

/** @throws PaperError where it ends before it begins, or later than a contract can tell */
export function requireTimed({ from, until }: Pick<Draft, "from" | "until">, place: number): void {
  const isTimed = from <= LATEST_S && (until === 0 || (from < until && until <= LATEST_S));
  if (!isTimed) throw new PaperError({ kind: "wrongTimes", place: place + 1 });
}

/** @throws PaperError where two are salted alike */
export function requireFresh(seeds: readonly Hex[]): void {
  const seen = new Set<Hex>();
  for (const [place, seed] of seeds.entries()) {
    if (seen.has(seed)) throw new PaperError({ kind: "saltTwice", place: place + 1 });
    seen.add(seed);
  }
}

/** The same at once, for a batch of few. */
export function seal(...given: Parameters<typeof sealing>): Batch {
  const work = sealing(...given);
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

/** The paper at a place of a batch, from 0, to be handed to its holder. */
export function paperAt(batch: Batch, place: number): OwnPaper {
  const { chain, contract, definition, schema, issuer, root, first, drafts, seeds } = batch;
  const { values: given, subject, from, until, parents } = drafts[place] as Draft;
  const paper: Paper = {
    schema,
    issuer,
    root,
    first,
    count: drafts.length,
    number: first + place,
    subject,
    claimsRoot: toHex(batch.claims[place] as Bytes),
    parents,
    from,
    until,
    proof: proofOf(batch.nodes, place).map(toHex),
  };
  return { chain, contract, definition, paper, values: valuesOf(definition, given), seed: seeds[place] as Hex };
}

/** A batch's file: its head, then a line for each paper. Secret as the papers are. */
export function batchText(batch: Batch): string {
  const { chain, contract, definition, schema, issuer, first, root, drafts, seeds } = batch;
  const head = { format: BATCH, chain, contract, definition, schema, issuer, first, count: drafts.length, root };
  const lines = drafts.map(({ values: said, subject, from, until, parents }, place) => ({
    values: said,
    subject,
    from,
    until,
    parents,
    seed: seeds[place],
  }));
  return `${[head, ...lines].map((line) => JSON.stringify(line)).join("\n")}\n`;
}

/** A batch, sealed again: its root is the one that it states. @throws PaperError naming the line that is wrong */
export function readBatch(text: string): Batch {
  const [top = "", ...rest] = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const head = onLine(1, () => parsed(HEAD, top));
  const lines = rest.map((line, place) => onLine(place + 2, () => parsed(LINE, line)));
  const drafts = lines.map(({ seed: _, ...draft }) => draft);
  const batch = seal(
    head,
    head.definition,
    head.first,
    drafts,
    lines.map(({ seed }) => seed),
  );
  const isAsStated = lines.length === head.count && same(fromHex(batch.root), fromHex(head.root));
  if (!isAsStated) throw new PaperError({ kind: "otherRoot" });
  return batch;
}

/** What is wrong, with its line. */
export function onLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    throw new PaperError({ kind: "wrongLine", line, reason: error.fault });
  }
}
