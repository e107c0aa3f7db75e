/** What is done with a file away from the page: it may have hundreds of megabytes. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Progress, Work } from "../../labour";
import { type Hex, toHex, utf8 } from "../../vote/ballot/bytes";
import { type Marks, type RowProof, type RowsDifference, RowTree, difference, marksOf, rowsOf } from "./csvrows";

/** A file by its bytes. */
export interface Fingerprint {
  sha256: Hex;
  size_bytes: number;
}

/** The rows of a CSV, and what stands around them. */
export interface FoundRows extends Marks {
  count: number;
  root: Hex;
  unordered: Hex;
}

/** Another file's text, with the root that its rows should have. */
interface Other {
  text: string;
  root: Hex;
}

export interface Jobs {
  fingerprint: { ask: { file: Blob }; answer: Fingerprint };
  rows: { ask: { file: Blob }; answer: FoundRows | null };
  row: { ask: { file: Blob; place: number }; answer: { header: RowProof; row: RowProof } | null };
  compare: { ask: { file: Blob; others: readonly Other[] }; answer: (RowsDifference | null)[] };
}

async function fingerprint({ file }: { file: Blob }, progress: Progress): Promise<Fingerprint> {
  const digest = sha256.create();
  const reader = file.stream().getReader();
  let size_bytes = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    digest.update(piece.value);
    size_bytes += piece.value.length;
    progress(size_bytes / file.size);
  }
  return { sha256: toHex(digest.digest()), size_bytes };
}

async function treeOf(file: Blob): Promise<{ data: Uint8Array; tree: RowTree } | null> {
  const data = new Uint8Array(await file.arrayBuffer());
  const rows = rowsOf(data);
  return rows && { data, tree: new RowTree(rows) };
}

/** Each job, by name. */
export const jobs: Work<Jobs> = {
  fingerprint,
  rows: async ({ file }) => {
    const found = await treeOf(file);
    if (!found) return null;
    const { data, tree } = found;
    return { count: tree.rows.length, root: tree.root, unordered: tree.unordered, ...marksOf(data) };
  },
  row: async ({ file, place }) => {
    const found = await treeOf(file);
    if (!found || place < 1 || place >= found.tree.rows.length) return null;
    return { header: found.tree.proof(0), row: found.tree.proof(place) };
  },
  compare: async ({ file, others }) => {
    const mine = (await treeOf(file))?.tree;
    return others.map(({ text, root }) => {
      const rows = mine && rowsOf(utf8(text));
      const tree = rows && new RowTree(rows);
      return tree && tree.root === root ? difference(mine, tree) : null;
    });
  },
};
