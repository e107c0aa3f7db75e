"""A batch of papers under one root: a million in a minute, whose seeds nobody used before."""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sha3 import keccak_256

from beffroi.errors import InputError
from beffroi.records.claims import claims_root
from beffroi.records.definition import Definition, DefinitionError
from beffroi.records.paper import NOBODY, WORD, OwnPaper, Paper, parents_root
from beffroi.roll.merkle import Tree

MOST_PAPERS = 2**32 - 1
LATEST_S = 2**40 - 1


class SealingError(InputError):
    """A batch cannot be sealed."""


class SaltReusedError(SealingError):
    """Two papers would be salted alike: whoever saw both would see where they say the same."""


class IssuableBatch(Protocol):
    """What the contract is told of a batch, kept by its issuer or published whole."""

    @property
    def schema(self) -> int:
        """Its number."""

    @property
    def issuer(self) -> str:
        """By the name of the series."""

    @property
    def first(self) -> int:
        """The number of the first paper."""

    @property
    def root(self) -> bytes:
        """What goes on chain."""

    def __len__(self) -> int:
        """How many papers it has."""


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A paper before it is sealed.

    Attributes:
        values: by field.
        subject: an address; `NOBODY` where it is about none.
        from_s: unix seconds from which it holds.
        until_s: unix seconds at which it ends; 0 when it does not.
        parents: those that it rests on.
    """

    values: Mapping[str, str | None]
    subject: str = NOBODY
    from_s: int = 0
    until_s: int = 0
    parents: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class SealedBatch:
    """Papers under one root, with what they say: the issuer's own, to be handed out one by one, or published whole.

    Attributes:
        schema: its number.
        issuer: by the name of the series.
        definition: of the schema.
        first: the number of the first.
        drafts: in order.
        seeds: 32 bytes each, one after another.
        claims: their roots, 32 bytes each, one after another.
        tree: over their leaves.
    """

    schema: int
    issuer: str
    definition: Definition
    first: int
    drafts: Sequence[PaperDraft]
    seeds: bytes
    claims: bytes
    tree: Tree

    def __len__(self) -> int:
        """How many papers it has."""
        return len(self.drafts)

    @property
    def root(self) -> bytes:
        """What goes on chain."""
        return self.tree.root

    def seed(self, place: int) -> bytes:
        """Of the paper at a place, from 0."""
        return self.seeds[place * WORD : (place + 1) * WORD]

    def paper(self, number: int) -> OwnPaper:
        """The paper of a number, to be handed to its holder.

        Raises:
            SealingError: the batch has none of that number.
        """
        place = number - self.first
        if not 0 <= place < len(self):
            raise SealingError(f"the batch has papers {self.first} to {self.first + len(self) - 1}, no {number}")
        draft = self.drafts[place]
        paper = Paper(
            self.schema, self.issuer, self.root, self.first, len(self), number, draft.subject,
            self.claims[place * WORD : (place + 1) * WORD], draft.parents, draft.from_s, draft.until_s,
            tuple(self.tree.proof(place)),
        )  # fmt: skip
        return OwnPaper(paper, self.definition, self.definition.values(draft.values), self.seed(place))


def seal(
    definition: Definition, schema: int, issuer: str, first: int, drafts: Sequence[PaperDraft], *,
    seeds: bytes | None = None, used_seeds: Collection[bytes] = (),
) -> SealedBatch:  # fmt: skip
    """Seals papers in their order, from a series' next number on.

    Args:
        definition: of the schema.
        schema: its number.
        issuer: by the name of the series, an address.
        first: the series' next number.
        drafts: at least one.
        seeds: 32 bytes each, of a batch that was sealed before; drawn anew when None.
        used_seeds: those of other batches, which serve no more.

    Raises:
        SealingError: there is no paper, or too many, or one ends before it begins.
        SaltReusedError: a seed stands twice, or is one of `used_seeds`.
        DefinitionError: a value is not of its field's type; on which place.
    """
    seeds = drawn(len(drafts)) if seeds is None else seeds
    roots = claims_roots(definition, first, drafts, seeds, used_seeds)
    tree = Tree(_leaves(first, drafts, roots), len(drafts), by_place=True)
    return SealedBatch(schema, issuer, definition, first, drafts, seeds, roots, tree)


def drawn(count: int) -> bytes:
    """Seeds for that many papers, 32 bytes each."""
    return os.urandom(WORD * count)


def claims_roots(
    definition: Definition, first: int, drafts: Sequence[PaperDraft], seeds: bytes, used_seeds: Collection[bytes] = ()
) -> bytes:
    """The roots of the claims of papers in their order, 32 bytes each; errors as of `seal`."""
    if not 0 < len(drafts) <= MOST_PAPERS:
        raise SealingError(f"a batch has 1 to {MOST_PAPERS:,} papers")
    _require_fresh(seeds, len(drafts), used_seeds)
    roots = bytearray()
    for place, draft in enumerate(drafts):
        try:
            values = definition.values(draft.values)
        except DefinitionError as error:
            raise DefinitionError(f"paper {first + place}: {error}") from error
        if not 0 <= draft.from_s <= LATEST_S or (draft.until_s and not draft.from_s < draft.until_s <= LATEST_S):
            raise SealingError(f"paper {first + place}: it ends before it begins, or at no time that a clock shows")
        roots += claims_root(definition, values, seeds[place * WORD : (place + 1) * WORD])
    return bytes(roots)


def _leaves(first: int, drafts: Sequence[PaperDraft], roots: bytes) -> Iterable[bytes]:
    """As `Paper.leaf`, written out for the million."""
    keccak = keccak_256
    for place, draft in enumerate(drafts):
        inner = b"".join(
            (
                (first + place).to_bytes(WORD),
                bytes.fromhex(draft.subject[2:]).rjust(WORD, b"\0"),
                roots[place * WORD : (place + 1) * WORD],
                parents_root(draft.parents),
                draft.from_s.to_bytes(WORD),
                draft.until_s.to_bytes(WORD),
            )
        )
        yield keccak(keccak(inner).digest()).digest()


def _require_fresh(seeds: bytes, count: int, used: Collection[bytes]) -> None:
    if len(seeds) != WORD * count:
        raise SealingError(f"{count} papers need {count} seeds of {WORD} bytes")
    seen = set(used)
    for place in range(count):
        seed = seeds[place * WORD : (place + 1) * WORD]
        if seed in seen:
            raise SaltReusedError(f"the seed of paper {place + 1} of the batch has salted another: draw a new one")
        seen.add(seed)
