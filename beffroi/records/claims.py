"""The salted claims of a paper, in a tree of places with the schema's hash before them.

A place belongs to one field, so no field is claimed twice; a field without a value has a claim too, which says so and
is salted as the others are: whoever sees the tree does not see which fields are filled. Salts derive from a seed that
the paper alone has: with the seed, whatever could confirm a guess is erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sha3 import keccak_256

from beffroi.records.definition import Definition, DefinitionError
from beffroi.roll.merkle import hash_leaf, stands_at

WORD = 32
ABSENT = bytes(WORD)
"""In the place of a value's hash, where there is none."""


@dataclass(frozen=True)
class PaperClaim:
    """A field that is shown.

    Attributes:
        name: of the field.
        value: of it, None where the paper says that it has none.
        salt: 32 bytes.
        proof: its siblings in the tree of claims.
    """

    name: str
    value: str | None
    salt: bytes
    proof: tuple[bytes, ...]

    def stands(self, definition: Definition, claims_root: bytes) -> bool:
        """Whether the paper of that root says so, in a field of its schema."""
        try:
            place = definition.place(self.name)
        except DefinitionError:
            return False
        leaf = claim_leaf(self.salt, self.name, self.value)
        return stands_at(claims_root, len(definition.fields) + 1, place, leaf, self.proof)


def salt(seed: bytes, place: int) -> bytes:
    """The salt of a claim, 32 bytes: keccak(seed ‖ place in 32 bytes). One tells nothing of another."""
    digest: bytes = keccak_256(seed + place.to_bytes(WORD)).digest()
    return digest


def claim_leaf(salt_: bytes, name: str, value: str | None) -> bytes:
    """keccak(keccak(salt ‖ keccak(name) ‖ keccak(value))), `ABSENT` for the hash of no value."""
    said = ABSENT if value is None else keccak_256(value.encode()).digest()
    return hash_leaf(salt_ + keccak_256(name.encode()).digest() + said)


def claims_root(definition: Definition, values: Sequence[str | None], seed: bytes) -> bytes:
    """Over the schema's hash and one claim a field, in the fields' order."""
    return _nodes(definition, values, seed)[0]


def claims_of(
    definition: Definition, values: Sequence[str | None], seed: bytes, names: Sequence[str]
) -> list[PaperClaim]:
    """The claims of some fields, to be shown.

    Raises:
        DefinitionError: the schema has no such field.
    """
    nodes = _nodes(definition, values, seed)
    places = [(name, definition.place(name)) for name in names]
    return [PaperClaim(name, values[at - 1], salt(seed, at), _proof(nodes, at)) for name, at in places]


def schema_proof(definition: Definition, values: Sequence[str | None], seed: bytes) -> tuple[bytes, ...]:
    """The siblings of the schema's hash, which stands before the claims."""
    return _proof(_nodes(definition, values, seed), 0)


def is_of_schema(definition: Definition, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the claims under a root are those of this schema, to the letter."""
    return stands_at(root, len(definition.fields) + 1, 0, definition.leaf, proof)


def _nodes(definition: Definition, values: Sequence[str | None], seed: bytes) -> list[bytes]:
    """Every node, the root first: `salt` and `claim_leaf` written out, for a batch has a million of these trees."""
    keccak = keccak_256
    leaves = [definition.leaf]
    for (place, name), value in zip(definition.hashed_places, values, strict=True):
        said = ABSENT if value is None else keccak(value.encode()).digest()
        leaves.append(keccak(keccak(keccak(seed + place).digest() + name + said).digest()).digest())
    nodes = [b""] * (len(leaves) - 1) + leaves[::-1]
    for at in range(len(leaves) - 2, -1, -1):
        nodes[at] = keccak(nodes[2 * at + 1] + nodes[2 * at + 2]).digest()
    return nodes


def _proof(nodes: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    at, siblings = len(nodes) - 1 - index, []
    while at:
        siblings.append(nodes[at + 1 if at % 2 else at - 1])
        at = (at - 1) // 2
    return tuple(siblings)
