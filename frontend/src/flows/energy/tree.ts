/** Trees of places over a million leaves, in one buffer: the layout of `Position.sol`, leaves hashed once. */
import { type Bytes, keccak } from "../../vote/ballot/bytes";

const WORD = 32;

/** The root over leaves that stand one after another, 32 bytes each; at least one. */
function rootOver(leaves: Uint8Array): Bytes {
  const count = leaves.length / WORD;
  if (count < 1 || !Number.isInteger(count)) throw new RangeError("no leaves");
  // Leaf i is node 2n − 2 − i; whoever wants no proofs needs n − 1 nodes above, from the last to the first.
  const nodes = new Uint8Array((2 * count - 1) * WORD);
  for (let place = 0; place < count; place++) {
    nodes.set(leaves.subarray(place * WORD, (place + 1) * WORD), (2 * count - 2 - place) * WORD);
  }
  for (let at = count - 2; at >= 0; at--) {
    nodes.set(keccak(nodes.subarray((2 * at + 1) * WORD, (2 * at + 3) * WORD)), at * WORD);
  }
  return nodes.slice(0, WORD);
}

/** Leaves as they come. */
export class Leaves {
  readonly #all: Uint8Array<ArrayBuffer>;
  #count = 0;

  constructor(count: number) {
    this.#all = new Uint8Array(count * WORD);
  }

  push(leaf: Uint8Array): void {
    this.#all.set(leaf, this.#count * WORD);
    this.#count += 1;
  }

  /** @throws RangeError while leaves are missing */
  get root(): Bytes {
    if (this.#count * WORD !== this.#all.length) throw new RangeError("leaves are missing");
    return rootOver(this.#all);
  }
}
