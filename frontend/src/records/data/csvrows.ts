/** The rows of a CSV under one root: what Python's `csvrows` makes. Rows: docs/open-data.md. */
import { type Hex, fromHex, keccak, toHex, utf8 } from "../../vote/ballot/bytes";
import { hashLeaf, standsAt } from "../paper/tree";

const BOM = [0xef, 0xbb, 0xbf];
const [QUOTE, LF, CR] = [0x22, 0x0a, 0x0d];
/** What parts fields: comma, semicolon, tab, bar. */
const SEPARATORS = new Set([0x2c, 0x3b, 0x09, 0x7c]);
const MOST_ROWS = 2 ** 24;
const WORD = 32;

/** A row with what proves it, as files have it. */
export interface RowProof {
  /** 0 is the header. */
  place: number;
  text: string;
  proof: readonly Hex[];
}

/** What stands around the rows of a file, and is no part of them. */
export interface Marks {
  hasBom: boolean;
  hasCrLf: boolean;
}

const isEnd = (byte: number | undefined): boolean =>
  byte === undefined || byte === LF || byte === CR || SEPARATORS.has(byte);

const startsWithBom = (data: Uint8Array): boolean => BOM.every((byte, place) => data[place] === byte);

export const marksOf = (data: Uint8Array): Marks => ({
  hasBom: startsWithBom(data),
  hasCrLf: data.some((byte, place) => byte === LF && data[place - 1] === CR),
});

/** The rows of a file's bytes, the header first; null where it is no text of a byte a letter, a quote stays open or
 * stands within a field, or a line ends in CR alone: readers part those in other ways. */
export function rowsOf(data: Uint8Array): Uint8Array[] | null {
  const rows: Uint8Array[] = [];
  let begun = startsWithBom(data) ? BOM.length : 0;
  let isQuoted = false;
  const end = (at: number): void => {
    const last = data[at - 1] === CR && at > begun ? at - 1 : at;
    if (last > begun) rows.push(data.subarray(begun, last));
    begun = at + 1;
  };
  for (let at = begun; at < data.length; at++) {
    const byte = data[at];
    const next = data[at + 1];
    if (byte === 0) return null;
    if (byte === QUOTE && isQuoted && next === QUOTE) at++;
    else if (byte === QUOTE) {
      if (isQuoted ? !isEnd(next) : at !== begun && !SEPARATORS.has(data[at - 1] as number)) return null;
      isQuoted = !isQuoted;
    } else if (isQuoted) continue;
    else if (byte === LF) end(at);
    else if (byte === CR && next !== LF && next !== undefined) return null;
  }
  if (isQuoted) return null;
  end(data.length);
  return rows.length > 0 && rows.length <= MOST_ROWS ? rows : null;
}

/** Rows in a tree of places, its nodes one after another: a million of them are 64 MB, and no million objects. */
export class RowTree {
  readonly rows: readonly Uint8Array[];
  readonly #nodes: Uint8Array<ArrayBuffer>;

  /** `rows` are at least one. */
  constructor(rows: readonly Uint8Array[]) {
    this.rows = rows;
    const nodes = new Uint8Array((2 * rows.length - 1) * WORD);
    for (const [place, row] of rows.entries()) nodes.set(keccak(keccak(row)), (2 * rows.length - 2 - place) * WORD);
    for (let at = rows.length - 2; at >= 0; at--) {
      nodes.set(keccak(nodes.subarray((2 * at + 1) * WORD, (2 * at + 3) * WORD)), at * WORD);
    }
    this.#nodes = nodes;
  }

  get root(): Hex {
    return toHex(this.#node(0));
  }

  /** Of the rows in any order. */
  get unordered(): Hex {
    const sorted = new Uint8Array(this.rows.length * WORD);
    const leaves = this.rows.map((_, place) => this.leaf(place)).sort(byBytes);
    for (const [place, leaf] of leaves.entries()) sorted.set(leaf, place * WORD);
    return toHex(keccak(sorted));
  }

  leaf(place: number): Uint8Array {
    return this.#node(2 * this.rows.length - 2 - place);
  }

  /** @throws RangeError where there is no such row */
  proof(place: number): RowProof {
    const row = this.rows[place];
    if (!row) throw new RangeError(`no row ${place}`);
    const proof: Hex[] = [];
    for (let at = 2 * this.rows.length - 2 - place; at > 0; at = Math.floor((at - 1) / 2)) {
      proof.push(toHex(this.#node(at % 2 ? at + 1 : at - 1)));
    }
    return { place, text: new TextDecoder().decode(row), proof };
  }

  #node(at: number): Uint8Array {
    return this.#nodes.subarray(at * WORD, (at + 1) * WORD);
  }
}

function byBytes(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < WORD; at++) {
    const difference = (one[at] as number) - (other[at] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a row stands at its place among `count` of that root, the header counted. */
export const rowStands = ({ place, text, proof }: RowProof, root: Hex, count: number): boolean =>
  standsAt(fromHex(root), count, place, hashLeaf(utf8(text)), proof.map(fromHex));

/** How rows differ from others, their order apart. */
export interface RowsDifference {
  changed: number;
  added: number;
  missing: number;
  /** Of those that the others have not. */
  places: readonly number[];
}

/** Null where they have less than half in common. */
export function difference(mine: RowTree, others: RowTree): RowsDifference | null {
  const left = new Map<string, number>();
  for (let place = 0; place < others.rows.length; place++) {
    const key = toHex(others.leaf(place));
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const places: number[] = [];
  for (let place = 0; place < mine.rows.length; place++) {
    const key = toHex(mine.leaf(place));
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    else places.push(place);
  }
  const missing = [...left.values()].reduce((sum, count) => sum + count, 0);
  if (places.length > Math.floor(mine.rows.length / 2) || missing > Math.floor(others.rows.length / 2)) return null;
  const changed = Math.min(places.length, missing);
  return { changed, added: places.length - changed, missing: missing - changed, places };
}
