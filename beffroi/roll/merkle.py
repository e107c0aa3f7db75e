"""Merkle trees, node for node those of @openzeppelin/merkle-tree's StandardMerkleTree with `sortLeaves: false`.

Leaf i of n stands at node 2n - 2 - i, the root at node 0, the children of node k at 2k + 1 and 2k + 2; a pair is hashed
smaller first, or in a tree of places (`by_place`, `Position.sol`) left first: there a place has one leaf, whatever the
leaf says of itself. What a leaf is made of is for whoever plants the tree; `hash_leaf` hashes it twice, so that no
inner node passes for a leaf.
"""

from collections.abc import Iterable, Sequence

from sha3 import keccak_256

WORD = 32


class Tree:
    """A tree over leaves of 32 bytes, 32 bytes a node.

    Args:
        leaves: at least one, in order.
        size: how many.
        by_place: whether a pair is hashed left first, instead of smaller first.
    """

    __slots__ = ("_nodes", "size")

    def __init__(self, leaves: Iterable[bytes], size: int, *, by_place: bool = False) -> None:
        self.size = size
        self._nodes = _nodes(leaves, size, by_place=by_place)

    @property
    def root(self) -> bytes:
        """What seals the leaves."""
        return self.node(0)

    def node(self, position: int) -> bytes:
        """A node: 0 is the root, there are 2n - 1.

        Raises:
            IndexError: there is no such node.
        """
        if not 0 <= position < 2 * self.size - 1:
            raise IndexError(position)
        return bytes(self._nodes[position * WORD : (position + 1) * WORD])

    def proof(self, index: int) -> list[bytes]:
        """The siblings from a leaf up to the root: what a contract verifies.

        Raises:
            IndexError: there is no such leaf.
        """
        if not 0 <= index < self.size:
            raise IndexError(index)
        position = 2 * self.size - 2 - index
        siblings = []
        while position:
            siblings.append(self.node(position + 1 if position % 2 else position - 1))
            position = (position - 1) // 2
        return siblings


def hash_leaf(encoded: bytes) -> bytes:
    """keccak(keccak(what a leaf is made of))."""
    return _keccak(_keccak(encoded))


def parent(one: bytes, other: bytes) -> bytes:
    """The hash of two nodes, smaller first."""
    return _keccak(one + other if one < other else other + one)


def climb(leaf: bytes, proof: Sequence[bytes]) -> bytes:
    """The root that a leaf and its siblings make."""
    for sibling in proof:
        leaf = parent(leaf, sibling)
    return leaf


def stands_at(root: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a leaf stands at a place of a tree of places, as `Position.sol` decides it.

    Args:
        root: of the tree.
        size: how many leaves it has.
        index: of the place.
        leaf: 32 bytes.
        proof: the siblings from the leaf up; all of them are needed.
    """
    if not 0 <= index < size:
        return False
    siblings = iter(proof)
    place = 2 * size - 2 - index
    while place:
        if (sibling := next(siblings, None)) is None:
            return False
        leaf = _keccak(leaf + sibling if place % 2 else sibling + leaf)
        place = (place - 1) // 2
    return next(siblings, None) is None and leaf == root


def _keccak(data: bytes) -> bytes:
    digest: bytes = keccak_256(data).digest()
    return digest


def _nodes(leaves: Iterable[bytes], size: int, *, by_place: bool) -> bytearray:
    """Every node, root first. Levels are hashed from the last node to the first, as the heap has them."""
    keccak = keccak_256
    nodes = bytearray((2 * size - 1) * WORD)
    at = len(nodes)
    for leaf in leaves:
        nodes[at - WORD : at] = leaf
        at -= WORD

    pair_at = len(nodes)
    while at:
        one, other = nodes[pair_at - 2 * WORD : pair_at - WORD], nodes[pair_at - WORD : pair_at]
        nodes[at - WORD : at] = keccak(one + other if by_place or one < other else other + one).digest()
        at -= WORD
        pair_at -= 2 * WORD
    return nodes
