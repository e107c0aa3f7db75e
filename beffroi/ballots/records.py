"""Slips, records, batches and the roll: what travels around a ballot (`docs/ballot-format.md`).

The roll is OpenZeppelin's StandardMerkleTree over ``[index, voter]``, unsorted leaves: node p has the children 2p + 1
and 2p + 2, and voter i is node ``2n − 2 − i``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coincurve import PrivateKey

from beffroi.ballots import group
from beffroi.ballots.group import N
from beffroi.ballots.transcript import keccak, words
from beffroi.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADER: Final = 30
"""Bytes of a record before its signature."""
EMPTY_LEAF: Final = bytes(32)
"""What stands for a refused record in its batch's root."""


class RecordError(InputError):
    """The bytes of a batch are not whole records."""


@dataclass(frozen=True)
class Record:
    """A ballot as it is posted and logged.

    Attributes:
        index: of the voter on the roll.
        seq: 0 for a first vote.
        voter: her account.
        signature: of the slip.
        ballot: its bytes.
    """

    index: int
    seq: int
    voter: bytes
    signature: bytes
    ballot: bytes

    def encode(self) -> bytes:
        """``u4 index ‖ u4 seq ‖ voter ‖ u2 signatureLength ‖ signature ‖ ballot``."""
        header = self.index.to_bytes(4, "big") + self.seq.to_bytes(4, "big") + self.voter
        return header + len(self.signature).to_bytes(2, "big") + self.signature + self.ballot


def records(data: bytes, ballot_length: int) -> Iterator[Record]:
    """The records of a batch, in order.

    Raises:
        RecordError: when the bytes end inside a record.
    """
    at = 0
    while at < len(data):
        start = at + HEADER + int.from_bytes(data[at + 28 : at + HEADER], "big")
        end = start + ballot_length
        if end > len(data):
            raise RecordError("a batch ends inside a record")
        index, seq = int.from_bytes(data[at : at + 4], "big"), int.from_bytes(data[at + 4 : at + 8], "big")
        yield Record(index, seq, data[at + 8 : at + 28], data[at + HEADER : start], data[start:end])
        at = end


def sign_slip(key: bytes, digest: bytes) -> bytes:
    """The 65-byte signature ``r ‖ s ‖ v`` of a slip's digest, v being 27 or 28, s low (RFC 6979; EIP-2)."""
    signature = PrivateKey(key).sign_recoverable(digest, hasher=None)
    return signature[:64] + bytes([signature[64] + 27])


def signer(digest: bytes, signature: bytes) -> bytes | None:
    """The account that signed, or ``None``: wrong length, high s, v other than 27 and 28, or no such key."""
    if len(signature) != 65 or signature[64] not in {27, 28}:
        return None
    if int.from_bytes(signature[32:64], "big") > N // 2:
        return None
    key = group.ecrecover(digest, signature[64] - 27, signature[:64])
    return None if key is None else group.address(key)


def parent(a: bytes, b: bytes) -> bytes:
    """keccak256 of two nodes in sorted order (OpenZeppelin's commutative hash)."""
    return keccak(a + b if a < b else b + a)


def batch_root(leaves: Sequence[bytes]) -> bytes:
    """The root over a batch's leaves: neighbours paired level by level, an odd last node moving up unchanged."""
    level = list(leaves)
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [parent(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)] + odd
    return level[0]


def batch_proof(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """The siblings from leaf ``position`` to the root, for a re-vote."""
    level, proof = list(leaves), []
    while len(level) > 1:
        if position ^ 1 < len(level):
            proof.append(level[position ^ 1])
        odd = level[-1:] if len(level) % 2 else []
        level = [parent(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)] + odd
        position //= 2
    return proof


def climb(leaf: bytes, proof: Sequence[bytes]) -> bytes:
    """The root that a leaf and its siblings give."""
    for sibling in proof:
        leaf = parent(leaf, sibling)
    return leaf


def roll_leaf(index: int, voter: bytes) -> bytes:
    """``keccak(keccak(abi.encode(index, voter)))``."""
    return keccak(keccak(words(index, voter)))


def roll_root(voters: Sequence[bytes]) -> bytes:
    """The root of the roll, in memory of 32 bytes a voter.

    Read backwards the tree is a queue that starts with the leaves: two siblings leave at the head, and their parent
    enters at the tail. It only shrinks, so that a ring of n nodes holds it.

    Raises:
        RecordError: for an empty roll.
    """
    n = len(voters)
    if not n:
        raise RecordError("a roll has at least one voter")
    ring = bytearray(32 * n)
    for i, voter in enumerate(voters):
        ring[32 * i : 32 * i + 32] = roll_leaf(i, voter)
    for i in range(n - 1):
        first, second, target = (32 * (k % n) for k in (2 * i, 2 * i + 1, i))
        ring[target : target + 32] = parent(bytes(ring[first : first + 32]), bytes(ring[second : second + 32]))
    last = 32 * ((n - 2) % n)
    return bytes(ring[last : last + 32])


class RollTree:
    """A sealed roll with its whole tree, to make proofs: 64 bytes a voter, and a list's overhead."""

    def __init__(self, voters: Sequence[bytes]) -> None:
        n = len(voters)
        if not n:
            raise RecordError("a roll has at least one voter")
        self.size = n
        self._tree: list[bytes] = [b""] * (n - 1) + [roll_leaf(i, voters[i]) for i in range(n - 1, -1, -1)]
        for p in range(n - 2, -1, -1):
            self._tree[p] = parent(self._tree[2 * p + 1], self._tree[2 * p + 2])

    @property
    def root(self) -> bytes:
        """What a consultation seals."""
        return self._tree[0]

    def proof(self, indices: Sequence[int]) -> list[bytes]:
        """The siblings that ``castBatch`` consumes for these indices, strictly increasing; of one voter, her path.

        Raises:
            RecordError: when the indices are not strictly increasing or not on the roll.
        """
        if not indices or list(indices) != sorted(set(indices)) or not 0 <= indices[0] <= indices[-1] < self.size:
            raise RecordError("indices must be strictly increasing and on the roll")
        # In decreasing position: the deepest known node is always at the head.
        queue = deque(2 * self.size - 2 - i for i in indices)
        proof = []
        while p := queue.popleft():
            sibling = p - 1 if p % 2 == 0 else p + 1
            if queue and queue[0] == sibling:
                queue.popleft()
            else:
                proof.append(self._tree[sibling])
            queue.append((p - 1) >> 1)
        return proof
