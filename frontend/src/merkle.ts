/** Trees as OpenZeppelin's StandardMerkleTree has them, leaves in their order; `beffroi.roll.merkle` in Python. */
import { type Hex, keccak256 } from "viem";

/** Hashed twice, so that no inner node passes for a leaf. */
export const hashLeaf = (encoded: Hex): Hex => keccak256(keccak256(encoded));

const parent = (one: Hex, other: Hex): Hex =>
  keccak256(one < other ? `${one}${other.slice(2)}` : `${other}${one.slice(2)}`);

/** Every node over these leaves, at least one: leaf i of n stands at 2n − 2 − i, the root at 0. */
export function nodesOver(leaves: readonly Hex[]): readonly Hex[] {
  const nodes = [...new Array<Hex>(leaves.length - 1), ...leaves.toReversed()];
  for (let at = leaves.length - 2; at >= 0; at -= 1) nodes[at] = parent(nodes[2 * at + 1]!, nodes[2 * at + 2]!);
  return nodes;
}

/** The siblings from a leaf up to the root: what a contract verifies. */
export function proofOf(nodes: readonly Hex[], index: number): Hex[] {
  const proof: Hex[] = [];
  for (let at = nodes.length - 1 - index; at > 0; at = (at - 1) >> 1) {
    proof.push(nodes[at % 2 === 1 ? at + 1 : at - 1]!);
  }
  return proof;
}
