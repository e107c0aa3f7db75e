/** Trees of places, as `Position.sol` and `beffroi.roll.merkle` have them: a place has one leaf, whatever it says. */
import { type Bytes, keccak, same } from "../../vote/ballot/bytes";

/** Hashed twice, so that no inner node passes for a leaf. */
export const hashLeaf = (encoded: Uint8Array): Bytes => keccak(keccak(encoded));

/** Every node over these leaves, the root first: leaf i of n stands at node 2n − 2 − i. */
export function nodesOver(leaves: readonly Bytes[]): readonly Bytes[] {
  const nodes = [...new Array<Bytes>(leaves.length - 1), ...leaves.toReversed()];
  for (let at = leaves.length - 2; at >= 0; at--) {
    nodes[at] = keccak(nodes[2 * at + 1] as Bytes, nodes[2 * at + 2] as Bytes);
  }
  return nodes;
}

/** The siblings from a leaf up to the root. */
export function proofOf(nodes: readonly Bytes[], index: number): Bytes[] {
  const siblings: Bytes[] = [];
  for (let at = nodes.length - 1 - index; at > 0; at = (at - 1) >> 1) {
    siblings.push(nodes[at % 2 ? at + 1 : at - 1] as Bytes);
  }
  return siblings;
}

/** Whether a leaf stands at a place among `size` under a root; the proof is needed to its last element. */
export function standsAt(
  root: Uint8Array,
  size: number,
  index: number,
  leaf: Bytes,
  proof: readonly Uint8Array[],
): boolean {
  if (index < 0 || index >= size) return false;
  let node = leaf;
  let used = 0;
  // Division, not a shift: nodes are numbered beyond 2³¹.
  for (let place = 2 * size - 2 - index; place !== 0; place = Math.floor((place - 1) / 2)) {
    const sibling = proof[used];
    if (!sibling) return false;
    used += 1;
    node = place % 2 ? keccak(node, sibling) : keccak(sibling, node);
  }
  return used === proof.length && same(node, root);
}
