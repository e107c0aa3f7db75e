"""A batch of papers published whole: values, seeds, and by hash the papers that each rests on. The file is the batch.

What stands in it is for everybody, and stays: nothing of a person. Whoever has the file makes the root that stands on
the chain, and asks there whether a paper was revoked or disowned.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi.errors import InputError
from beffroi.records.definition import Definition
from beffroi.records.paper import NOBODY, WORD, PaperError, PaperRef, paper_leaf, parents_root
from beffroi.records.paperbatch import IssuableBatch, PaperDraft, claims_roots, drawn
from beffroi.records.paperfile import (
    Home,
    account,
    compact,
    exactly,
    field_values,
    hexed,
    listed,
    members,
    moment,
    read_batch,
    whole,
    word,
)
from beffroi.roll.merkle import Tree
from beffroi.textfile import json_of, read_text, write_whole

FORMAT = "beffroi-open-1"
MOST_PARENTS = 4096
"""Papers that one paper rests on: a day of deliveries, not a file that takes an hour to hash."""

_OPEN = re.compile(r'\s*\{\s*"format"\s*:\s*"' + FORMAT)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A paper before it is sealed into a batch that is published whole.

    Attributes:
        values: by field.
        parents: those that it rests on: of other batches, or by place those before it in this one.
        subject: an address; `NOBODY` where it is about none.
        from_s: unix seconds from which it holds.
        until_s: unix seconds at which it ends; 0 when it does not.
    """

    values: Mapping[str, str | None]
    parents: tuple[PaperRef | int, ...] = ()
    subject: str = NOBODY
    from_s: int = 0
    until_s: int = 0


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper as everybody may read it.

    Attributes:
        ref: as others that rest on it name it.
        values: by field; those that have one.
        parents: those that it rests on.
        subject: an address; `NOBODY` where it is about none.
        from_s: unix seconds from which it holds.
        until_s: unix seconds at which it ends; 0 when it does not.
        seed: that salts it, 32 bytes.
    """

    ref: PaperRef
    values: Mapping[str, str]
    parents: tuple[PaperRef, ...]
    subject: str
    from_s: int
    until_s: int
    seed: bytes


@dataclass(frozen=True)
class OpenBatch:
    """Papers under one root, as everybody may read them.

    Attributes:
        home: the contract.
        definition: of their schema; whether it is the one that was opened, only the chain tells.
        schema: its number.
        issuer: by the name of the series.
        first: the number of the first.
        papers: in order.
    """

    home: Home
    definition: Definition
    schema: int
    issuer: str
    first: int
    papers: tuple[OpenPaper, ...]

    def __len__(self) -> int:
        """How many papers it has."""
        return len(self.papers)

    @cached_property
    def root(self) -> bytes:
        """What goes on chain, 32 bytes."""
        return Tree([paper.ref.leaf for paper in self.papers], len(self), by_place=True).root


def seal_open(
    home: Home, definition: Definition, schema: int, issuer: str, first: int, drafts: Sequence[OpenDraft], *,
    seeds: bytes | None = None, used_seeds: Collection[bytes] = (),
) -> OpenBatch:  # fmt: skip
    """Seals papers in their order, from a series' next number on, to be published whole.

    Args:
        home: the contract.
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
        PaperError: one rests on itself, on one after it, or on more than `MOST_PARENTS`.
    """
    seeds = drawn(len(drafts)) if seeds is None else seeds
    plain = [PaperDraft(it.values, it.subject, it.from_s, it.until_s) for it in drafts]
    roots = claims_roots(definition, first, plain, seeds, used_seeds)
    papers: list[OpenPaper] = []
    for place, draft in enumerate(drafts):
        here = slice(place * WORD, (place + 1) * WORD)
        parents = _parents(first, draft, papers)
        papers.append(_sealed(schema, issuer, first + place, draft, parents, roots[here], seeds[here]))
    return OpenBatch(home, definition, schema, issuer, first, tuple(papers))


def seal_alone(
    definition: Definition, schema: int, issuer: str, number: int, draft: OpenDraft, seed: bytes
) -> OpenPaper:
    """A paper of a batch that is not at hand, as it stands there; errors as of `seal_open`.

    Args:
        definition: of the schema.
        schema: its number.
        issuer: by the name of the series, an address.
        number: in the series.
        draft: what it says.
        seed: that salts it, 32 bytes.
    """
    plain = PaperDraft(draft.values, draft.subject, draft.from_s, draft.until_s)
    root = claims_roots(definition, number, [plain], seed)
    return _sealed(schema, issuer, number, draft, _parents(number, draft, ()), root, seed)


def write_open(path: Path, batch: OpenBatch) -> None:
    """Writes a batch for everybody, a paper a line."""
    write_whole(path, open_text(batch))


def open_text(batch: OpenBatch) -> str:
    """A batch's file, a paper a line."""
    head = {"format": FORMAT} | batch.home.json | {"definition": batch.definition.json}
    head |= {"schema": batch.schema, "issuer": batch.issuer, "first": batch.first}
    papers = ",\n".join(compact(draft_json(paper)) for paper in batch.papers)
    return f'{compact(head)[:-1]},"papers":[\n{papers}\n]}}\n'


def read_issuable(path: Path) -> tuple[Home, IssuableBatch]:
    """A batch to be issued, be it published whole or kept by its issuer.

    Raises:
        PaperError: it is neither, or was changed.
        InputError: as `read_batch` says.
    """
    text = read_text(path, PaperError)
    if not _OPEN.match(text):
        return read_batch(path)
    batch = open_of(text, path.name)
    return batch.home, batch


def read_open(path: Path) -> OpenBatch:
    """The batch of a file; errors as of `open_of`."""
    return open_of(read_text(path, PaperError), path.name)


def open_of(text: str, name: str) -> OpenBatch:
    """The batch that a file's text holds, under the root that it has.

    Args:
        text: of the file.
        name: of the file, for errors.

    Raises:
        PaperError: it is none, a paper is none, two are salted alike, or a value is not of its field's type.
    """
    parsers = {
        "format": exactly(FORMAT), "chain": whole, "contract": account, "definition": Definition.of,
        "schema": whole, "issuer": account, "first": whole, "papers": listed,
    }  # fmt: skip
    try:
        read = members(json_of(text), parsers, "a batch published whole")
        drafts, seeds = [], bytearray()
        for number, value in enumerate(read["papers"], read["first"]):
            draft, seed = _numbered(number, value)
            drafts.append(draft)
            seeds += seed
        home = Home(read["chain"], read["contract"])
        named = (read["definition"], read["schema"], read["issuer"], read["first"])
        return seal_open(home, *named, drafts, seeds=bytes(seeds))
    except InputError as error:
        raise PaperError(f"{name}: {error}") from error


def ref_json(ref: PaperRef) -> dict[str, Any]:
    """A paper, as one that rests on it names it."""
    return {"schema": ref.schema, "issuer": ref.issuer, "number": ref.number, "leaf": hexed(ref.leaf)}


def ref_of(value: Any) -> PaperRef:
    """The inverse of `ref_json`.

    Raises:
        PaperError: it is none.
    """
    return PaperRef(**members(value, {"schema": whole, "issuer": account, "number": whole, "leaf": word}, "a parent"))


def _sealed(
    schema: int, issuer: str, number: int, draft: OpenDraft, parents: tuple[PaperRef, ...], claims: bytes, seed: bytes
) -> OpenPaper:
    leaf = paper_leaf(number, draft.subject, claims, parents_root(parents), draft.from_s, draft.until_s)
    values = {name: value for name, value in draft.values.items() if value is not None}
    ref = PaperRef(schema, issuer, number, leaf)
    return OpenPaper(ref, values, parents, draft.subject, draft.from_s, draft.until_s, seed)


def _parents(first: int, draft: OpenDraft, before: Sequence[OpenPaper]) -> tuple[PaperRef, ...]:
    number = first + len(before)
    if len(draft.parents) > MOST_PARENTS:
        raise PaperError(f"paper {number} rests on {len(draft.parents):,} papers, {MOST_PARENTS:,} at most")
    if any(isinstance(it, int) and not 0 <= it < len(before) for it in draft.parents):
        raise PaperError(f"paper {number} rests on itself or on one after it")
    return tuple(before[it].ref if isinstance(it, int) else it for it in draft.parents)


def draft_json(paper: OpenPaper) -> dict[str, Any]:
    """A paper as its batch's file has it."""
    return {
        "values": dict(paper.values), "subject": paper.subject, "from": paper.from_s, "until": paper.until_s,
        "parents": [*map(ref_json, paper.parents)], "seed": hexed(paper.seed),
    }  # fmt: skip


def draft_of(value: Any) -> tuple[OpenDraft, bytes]:
    """What a paper says, and its seed: the inverse of `draft_json`.

    Raises:
        PaperError: it is none.
    """
    parsers = {"values": field_values, "subject": account, "from": moment, "until": moment, "parents": _refs}
    read = members(value, parsers | {"seed": word}, "a paper published whole")
    return OpenDraft(read["values"], read["parents"], read["subject"], read["from"], read["until"]), read["seed"]


def _numbered(number: int, value: Any) -> tuple[OpenDraft, bytes]:
    try:
        return draft_of(value)
    except InputError as error:
        raise PaperError(f"paper {number}: {error}") from error


def _refs(value: Any) -> tuple[PaperRef, ...]:
    if not isinstance(value, list):
        raise PaperError(f"{value!r:.60} is no list of papers")
    return tuple(map(ref_of, value))
