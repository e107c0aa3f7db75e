"""A paper: its leaf in a batch, the papers that it rests on, and what its holder alone has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from beffroi.errors import InputError
from beffroi.records.claims import PaperClaim, claims_of, claims_root, schema_proof
from beffroi.records.definition import Definition
from beffroi.roll.merkle import Tree, hash_leaf, stands_at

WORD = 32
NOBODY = "0x" + "00" * 20
NO_PARENTS = bytes(WORD)
DEEPEST = 32
"""How many papers may stand one on another."""


class PaperError(InputError):
    """What was given is no paper, or not this one."""


@dataclass(frozen=True)
class PaperRef:
    """A paper as one that rests on it names it: all that is hashed, and no more.

    Attributes:
        schema: its number.
        issuer: by the name of the series, an address.
        number: in the series.
        leaf: of it in its batch, 32 bytes.
    """

    schema: int
    issuer: str
    number: int
    leaf: bytes

    @property
    def parent_leaf(self) -> bytes:
        """What stands for it in the tree of those that another rests on: it holds the other's place in its hash."""
        return hash_leaf(self.schema.to_bytes(WORD) + _word(self.issuer) + self.number.to_bytes(WORD) + self.leaf)


@dataclass(frozen=True)
class Paper:
    """A paper as it is shown, without what it says.

    Attributes:
        schema: its number.
        issuer: by the name of the series, an address.
        root: of its batch, 32 bytes.
        first: the number of the batch's first paper.
        count: how many papers the batch has.
        number: in the series.
        subject: whom it is about, an address; `NOBODY` where it is about none.
        claims_root: 32 bytes.
        parents: those that it rests on, in order.
        from_s: unix seconds from which it holds.
        until_s: unix seconds at which it ends; 0 when it does not.
        proof: its siblings in the batch's tree.
    """

    schema: int
    issuer: str
    root: bytes
    first: int
    count: int
    number: int
    subject: str
    claims_root: bytes
    parents: tuple["Paper", ...]
    from_s: int
    until_s: int
    proof: tuple[bytes, ...] = field(repr=False)

    @cached_property
    def leaf(self) -> bytes:
        """What stands at its place of the batch's tree, 32 bytes."""
        return paper_leaf(
            self.number, self.subject, self.claims_root, parents_root(self.parents), self.from_s, self.until_s
        )

    @property
    def ref(self) -> PaperRef:
        """As one that rests on it names it."""
        return PaperRef(self.schema, self.issuer, self.number, self.leaf)

    @property
    def parent_leaf(self) -> bytes:
        """What stands for it in the tree of those that another rests on."""
        return self.ref.parent_leaf

    @property
    def is_sealed(self) -> bool:
        """Whether it stands at its number's place under its batch's root."""
        return stands_at(self.root, self.count, self.number - self.first, self.leaf, self.proof)

    @property
    def as_tuple(self) -> tuple[object, ...]:
        """As the contract's ABI takes it."""
        return (
            self.schema, self.issuer, self.root, self.number, self.subject, self.claims_root,
            parents_root(self.parents), self.from_s, self.until_s, list(self.proof),
        )  # fmt: skip

    def all(self, depth: int = 0) -> Iterator["Paper"]:
        """It and all that it rests on, at any depth.

        Raises:
            PaperError: they stand deeper than `DEEPEST`.
        """
        if depth > DEEPEST:
            raise PaperError(f"more than {DEEPEST} papers stand one on another")
        yield self
        for parent in self.parents:
            yield from parent.all(depth + 1)


@dataclass(frozen=True)
class OwnPaper:
    """A paper with what its holder alone has: what it says, and the seed that salts it.

    Attributes:
        paper: as it is shown.
        definition: of its schema.
        values: in the fields' order, None for none.
        seed: 32 bytes, never shown.
    """

    paper: Paper
    definition: Definition
    values: tuple[str | None, ...] = field(repr=False)
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if claims_root(self.definition, self.values, self.seed) != self.paper.claims_root:
            raise PaperError("what the paper says is not what was sealed: a value, the seed or the schema was changed")
        if not self.paper.is_sealed:
            raise PaperError("the paper does not stand in its batch: its number, subject, dates or proof were changed")

    @property
    def schema_proof(self) -> tuple[bytes, ...]:
        """The siblings of the schema's hash in the tree of claims."""
        return schema_proof(self.definition, self.values, self.seed)

    def claims(self, names: Sequence[str]) -> list[PaperClaim]:
        """The claims of some fields, to be shown.

        Raises:
            DefinitionError: its schema has no such field.
        """
        return claims_of(self.definition, self.values, self.seed, names)


def paper_leaf(number: int, subject: str, claims_root: bytes, rests_on: bytes, from_s: int, until_s: int) -> bytes:
    """What stands at a paper's place of its batch's tree, 32 bytes; `rests_on` is its `parents_root`."""
    ends = from_s.to_bytes(WORD) + until_s.to_bytes(WORD)
    return hash_leaf(number.to_bytes(WORD) + _word(subject) + claims_root + rests_on + ends)


def parents_root(parents: Sequence[Paper | PaperRef]) -> bytes:
    """Over the papers that one rests on, in order, 32 bytes. None can rest on it: its hash would hold itself."""
    if not parents:
        return NO_PARENTS
    return Tree([parent.parent_leaf for parent in parents], len(parents), by_place=True).root


def _word(account: str) -> bytes:
    return bytes.fromhex(account[2:]).rjust(WORD, b"\0")
