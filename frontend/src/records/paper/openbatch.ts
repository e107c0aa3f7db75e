/** A batch of papers published whole, `beffroi-open-1`: the file is the batch. Format: docs/papers-format.md. */
import { array, literal, maxLength, minLength, pipe, strictObject } from "valibot";
import { type Bytes, type Hex, fromHex, toHex } from "../../vote/ballot/bytes";
import { requireFresh, requireTimed } from "./batch";
import { ClaimTree } from "./claims";
import { type Definition, requireSchema, valuesOf } from "./definition";
import { DEFINITION, account, parsed, values, whole, word32 } from "./files";
import { type Home, type PaperRef, leafMade, refsRoot } from "./paper";
import { nodesOver } from "./tree";

const MOST_PARENTS = 4096;

/** A paper as everybody may read it. */
export interface OpenPaper {
  /** As others that rest on it name it. */
  ref: PaperRef;
  /** By field; those that have one. */
  values: ReadonlyMap<string, string>;
  parents: readonly PaperRef[];
  subject: Hex;
  /** Unix seconds from which it holds. */
  from: number;
  /** Unix seconds at which it ends; 0 when it does not. */
  until: number;
  /** That salts it. */
  seed: Hex;
}

/** Papers under the root that they make. That it was issued, and of this schema, only the chain tells. */
export interface OpenBatch extends Home {
  definition: Definition;
  schema: number;
  issuer: Hex;
  first: number;
  root: Hex;
  papers: readonly OpenPaper[];
}

const PARENT = strictObject({ schema: whole, issuer: account, number: whole, leaf: word32 });
const PAPER = strictObject({
  values,
  subject: account,
  from: whole,
  until: whole,
  parents: pipe(array(PARENT), maxLength(MOST_PARENTS)),
  seed: word32,
});
const FILE = strictObject({
  format: literal("beffroi-open-1"),
  chain: whole,
  contract: account,
  definition: DEFINITION,
  schema: whole,
  issuer: account,
  first: whole,
  papers: pipe(array(PAPER), minLength(1)),
});

/**
 * Reads a batch and makes its root, a step for each paper.
 *
 * @throws PaperError where it is none, a value is of another type, or two papers are salted alike
 */
export function* readingOpen(text: string): Generator<undefined, OpenBatch> {
  const { format: _, papers: listed, ...home } = parsed(FILE, text);
  const { definition, schema, issuer, first } = home;
  requireSchema(definition);
  requireFresh(listed.map(({ seed }) => seed));
  const papers: OpenPaper[] = [];
  const leaves: Bytes[] = [];
  for (const [place, { values: given, ...paper }] of listed.entries()) {
    requireTimed(paper, place);
    const said = valuesOf(definition, given);
    const { root: claimsRoot } = new ClaimTree(definition, said, fromHex(paper.seed));
    const number = first + place;
    const leaf = leafMade({ ...paper, number, claimsRoot, parentsRoot: refsRoot(paper.parents) });
    leaves.push(leaf);
    papers.push({ ...paper, ref: { schema, issuer, number, leaf: toHex(leaf) }, values: named(definition, said) });
    yield;
  }
  return { ...home, root: toHex(nodesOver(leaves)[0] as Bytes), papers };
}

function named({ fields }: Definition, said: readonly (string | null)[]): ReadonlyMap<string, string> {
  return new Map(fields.flatMap(({ name }, place) => (said[place] == null ? [] : [[name, said[place]] as const])));
}

/** The same at once, for a batch of few. */
export function readOpen(text: string): OpenBatch {
  const work = readingOpen(text);
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}
