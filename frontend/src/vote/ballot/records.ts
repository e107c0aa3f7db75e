/** Slips, records, batches and the roll: what travels around a ballot (docs/ballot-format.md). */
import { before, type Bytes, concat, fromInteger, itemAt, keccak, same, toInteger } from "./bytes";
import { digest } from "./transcript";

/** Bytes of a record before its signature. */
export const HEADER = 30;
/** What stands for a refused record in its batch's root. */
export const EMPTY_LEAF: Bytes = new Uint8Array(32);

/** Why a record of a batch was left out, in the contract's order. */
export const REFUSALS = ["none", "sequence", "already-voted", "signature", "proof"] as const;
export type Refusal = (typeof REFUSALS)[number];

/** The bytes of a batch are not whole records. */
export class RecordError extends Error {}

/** A ballot as it is posted and logged; the signature is empty when the voter posted it herself. */
export interface Record {
  readonly index: number;
  readonly seq: number;
  readonly voter: Bytes;
  readonly signature: Bytes;
  readonly ballot: Bytes;
}

/** `u4 index ‖ u4 seq ‖ voter ‖ u2 signatureLength ‖ signature ‖ ballot`. */
export function encodeRecord({ index, seq, voter, signature, ballot }: Record): Bytes {
  const header = concat(fromInteger(index, 4), fromInteger(seq, 4), voter, fromInteger(signature.length, 2));
  return concat(header, signature, ballot);
}

/** The records of a batch, in order.
 * @throws RecordError when the bytes end inside a record. */
export function* recordsOf(data: Bytes, ballotLength: number): Generator<Record> {
  for (let at = 0; at < data.length;) {
    const start = at + HEADER + Number(toInteger(data.subarray(at + 28, at + HEADER)));
    const end = start + ballotLength;
    if (end > data.length) throw new RecordError("a batch ends inside a record");
    yield {
      index: Number(toInteger(data.subarray(at, at + 4))),
      seq: Number(toInteger(data.subarray(at + 4, at + 8))),
      voter: data.slice(at + 8, at + 28),
      signature: data.slice(at + HEADER, start),
      ballot: data.slice(start, end),
    };
    at = end;
  }
}

/** keccak256 of two nodes in sorted order (OpenZeppelin's commutative hash). */
function parent(a: Bytes, b: Bytes): Bytes {
  return before(a, b) ? keccak(a, b) : keccak(b, a);
}

function above(level: readonly Bytes[]): Bytes[] {
  const pairs = Array.from({ length: level.length >> 1 }, (_, i) =>
    parent(itemAt(level, 2 * i), itemAt(level, 2 * i + 1)),
  );
  return level.length % 2 ? [...pairs, itemAt(level, level.length - 1)] : pairs;
}

/** The root over a batch's leaves: neighbours paired level by level, an odd last node moving up unchanged. */
export function batchRoot(leaves: readonly Bytes[]): Bytes {
  let level = leaves;
  while (level.length > 1) level = above(level);
  return itemAt(level, 0);
}

/** The siblings from leaf `position` to the root, for a re-vote. */
export function batchProof(leaves: readonly Bytes[], position: number): Bytes[] {
  const proof: Bytes[] = [];
  for (let level = leaves, place = position; level.length > 1; level = above(level), place >>= 1) {
    const sibling = level[place ^ 1];
    if (sibling) proof.push(sibling);
  }
  return proof;
}

/** The root that a leaf and its siblings give. */
export function climb(leaf: Bytes, proof: readonly Bytes[]): Bytes {
  return proof.reduce(parent, leaf);
}

/** `keccak(keccak(abi.encode(index, voter)))`. */
function rollLeaf(index: number, voter: Bytes): Bytes {
  return keccak(digest(index, voter));
}

/**
 * A sealed roll with its whole tree: OpenZeppelin's StandardMerkleTree over [index, voter], unsorted leaves; node p has
 * the children 2p + 1 and 2p + 2, and voter i is node 2n − 2 − i.
 */
export class Roll {
  readonly size: number;
  readonly #tree: Bytes[];
  readonly #voters: readonly Bytes[];

  constructor(voters: readonly Bytes[]) {
    const n = voters.length;
    if (!n) throw new RecordError("a roll has at least one voter");
    this.size = n;
    this.#voters = voters;
    this.#tree = new Array<Bytes>(2 * n - 1);
    for (const [i, voter] of voters.entries()) this.#tree[2 * n - 2 - i] = rollLeaf(i, voter);
    for (let p = n - 2; p >= 0; p--)
      this.#tree[p] = parent(itemAt(this.#tree, 2 * p + 1), itemAt(this.#tree, 2 * p + 2));
  }

  get root(): Bytes {
    return itemAt(this.#tree, 0);
  }

  voter(index: number): Bytes {
    return itemAt(this.#voters, index);
  }

  /** The siblings from a voter's leaf to the root. */
  path(index: number): Bytes[] {
    const path: Bytes[] = [];
    for (let p = 2 * this.size - 2 - index; p > 0; p = (p - 1) >> 1)
      path.push(itemAt(this.#tree, p % 2 ? p + 1 : p - 1));
    return path;
  }

  /** The siblings that `castBatch` consumes for these indices, strictly increasing.
   * @throws RecordError when they are not. */
  proof(indices: readonly number[]): Bytes[] {
    const inOrder = indices.every(
      (index, i) => index >= 0 && index < this.size && (!i || index > itemAt(indices, i - 1)),
    );
    if (!indices.length || !inOrder) throw new RecordError("indices must be strictly increasing and on the roll");
    // In decreasing position: the deepest known node is always at the head.
    const queue = indices.map((index) => 2 * this.size - 2 - index);
    const proof: Bytes[] = [];
    for (let p = queue.shift(); p; p = queue.shift()) {
      const sibling = p % 2 ? p + 1 : p - 1;
      if (queue[0] === sibling) queue.shift();
      else proof.push(itemAt(this.#tree, sibling));
      queue.push((p - 1) >> 1);
    }
    return proof;
  }
}

/** Whether a voter stands at this place of a roll; her place is part of her leaf. */
export function onRoll(root: Bytes, size: number, index: number, voter: Bytes, path: readonly Bytes[]): boolean {
  return Number.isInteger(index) && index >= 0 && index < size && same(climb(rollLeaf(index, voter), path), root);
}
