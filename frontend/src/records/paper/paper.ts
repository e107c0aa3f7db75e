/** A paper: its leaf in a batch, the papers that it rests on, and what its holder alone has. */
import { type Bytes, type Hex, concat, fromHex, same, toHex, word } from "../../vote/ballot/bytes";
import { type Claim, ClaimTree } from "./claims";
import type { Definition, Values } from "./definition";
import { PaperError } from "./faults";
import { hashLeaf, nodesOver, standsAt } from "./tree";

export const NOBODY: Hex = `0x${"0".repeat(40)}`;
const NO_PARENTS: Bytes = new Uint8Array(32);
/** How many papers may stand one on another. */
export const DEEPEST = 32;
/** How many a paper may rest on in all: a node is asked of each. */
const MOST_UNDER = 256;

/** The contract that papers are of, as files name it. */
export interface Home {
  chain: number;
  contract: Hex;
}

/** A paper as it is shown, without what it says; as files have it. */
export interface Paper {
  schema: number;
  /** By the name of the series. */
  issuer: Hex;
  root: Hex;
  /** The number of its batch's first paper. */
  first: number;
  count: number;
  number: number;
  /** `NOBODY` where it is about none. */
  subject: Hex;
  claimsRoot: Hex;
  parents: readonly Paper[];
  /** Unix seconds from which it holds. */
  from: number;
  /** Unix seconds at which it ends; 0 when it does not. */
  until: number;
  proof: readonly Hex[];
}

const accountWord = (account: Hex): Bytes => concat(new Uint8Array(12), fromHex(account));

/** What a leaf is made of. */
export type Sealed = Pick<Paper, "number" | "subject" | "from" | "until"> & { claimsRoot: Bytes; parentsRoot: Bytes };

export const leafMade = ({ number, subject, claimsRoot, parentsRoot, from, until }: Sealed): Bytes =>
  hashLeaf(concat(word(number), accountWord(subject), claimsRoot, parentsRoot, word(from), word(until)));

/** What stands at its place of the batch's tree. */
export function leafOf(paper: Paper): Bytes {
  return leafMade({ ...paper, claimsRoot: fromHex(paper.claimsRoot), parentsRoot: parentsRoot(paper.parents) });
}

/** A paper, as one that rests on it names it. */
export interface PaperRef {
  schema: number;
  /** By the name of the series. */
  issuer: Hex;
  number: number;
  leaf: Hex;
}

const refLeaf = ({ schema, issuer, number, leaf }: PaperRef): Bytes =>
  hashLeaf(concat(word(schema), accountWord(issuer), word(number), fromHex(leaf)));

/** Over the papers that one rests on, in order, by their hashes. */
export const refsRoot = (refs: readonly PaperRef[]): Bytes =>
  refs.length ? (nodesOver(refs.map(refLeaf))[0] as Bytes) : NO_PARENTS;

const refOf = (paper: Paper): PaperRef => ({ ...paper, leaf: toHex(leafOf(paper)) });

/** The same of papers that are shown. None can rest on the paper itself: its hash would hold itself. */
export const parentsRoot = (parents: readonly Paper[]): Bytes => refsRoot(parents.map(refOf));

/** Whether it stands at its number's place under its batch's root. */
export function isSealed(paper: Paper): boolean {
  const { root, count, number, first, proof } = paper;
  return standsAt(fromHex(root), count, number - first, leafOf(paper), proof.map(fromHex));
}

/** It and all that it rests on. @throws PaperError where they stand too deep */
export function* everyPaper(paper: Paper, depth = 0): Generator<Paper> {
  if (depth > DEEPEST) throw new PaperError({ kind: "tooDeep" });
  yield paper;
  for (const parent of paper.parents) yield* everyPaper(parent, depth + 1);
}

/** @throws PaperError where too many papers stand one on another */
export function requireFew(paper: Paper): void {
  let count = 0;
  for (const _ of everyPaper(paper)) {
    if (++count > MOST_UNDER) throw new PaperError({ kind: "tooDeep" });
  }
}

/** A paper with what its holder alone has: what it says, and the seed that salts it. */
export interface OwnPaper extends Home {
  definition: Definition;
  paper: Paper;
  values: Values;
  /** 32 bytes, never shown. */
  seed: Hex;
}

const treeOf = ({ definition, values, seed }: OwnPaper): ClaimTree => new ClaimTree(definition, values, fromHex(seed));

/** @throws PaperError where it is not what was sealed */
export function requireSealed(own: OwnPaper): OwnPaper {
  const { paper } = own;
  requireFew(paper);
  if (!same(treeOf(own).root, fromHex(paper.claimsRoot))) throw new PaperError({ kind: "notSealed" });
  for (const it of everyPaper(paper)) {
    if (!isSealed(it)) throw new PaperError({ kind: "notInBatch", number: it.number, count: it.count });
  }
  return own;
}

/** What a showing needs of one's own paper. @throws PaperError where its schema has no such field */
export function claimsShown(own: OwnPaper, names: readonly string[]): { schemaProof: Hex[]; claims: Claim[] } {
  const tree = treeOf(own);
  return { schemaProof: tree.schemaProof, claims: tree.claims(names) };
}

/** A key of a paper: two files of the same paper are one. */
export const paperKey = ({ paper }: OwnPaper): Hex => toHex(leafOf(paper));
