"""The register of a town's acts: deliberations as papers about nobody, numbered without a gap, published whole.

What is individual (a grant to a person, a member of the staff) is published by number, date and matter; the rest of it
stays a salted leaf, which whoever has the act can show. The hash of a call may stand in an act: the call it authorises.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import normalize

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi.errors import InputError
from beffroi.records.claims import claims_root, is_of_schema
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paper import NO_PARENTS, NOBODY, PaperError, paper_leaf
from beffroi.records.paperbatch import PaperDraft, SealedBatch
from beffroi.records.paperfile import (
    Home,
    account,
    claim_json,
    claim_of,
    exactly,
    field_values,
    hexed,
    listed,
    members,
    whole,
    word,
    words,
)
from beffroi.records.scdl import NAMES, REQUIRED, VOTES, Deliberation
from beffroi.roll.merkle import Tree
from beffroi.textfile import read_json, write_whole

FORMAT = "beffroi-acts-1"
DOCUMENT, AUTHORISES = "document", "authorises"
_TYPES = {"DELIB_DATE": "date", "PREF_DATE": "date", **dict.fromkeys(VOTES, "integer")}
DELIBERATION = Definition(
    "deliberation",
    (
        *(SchemaField(name.lower(), _TYPES.get(name, "text"), name in REQUIRED) for name in NAMES),
        SchemaField(DOCUMENT, "hash", required=False),
        SchemaField(AUTHORISES, "hash", required=False),
    ),
)
"""SCDL's columns, then the hash of the act's text and of the call that it authorises."""
ABOUT, OCCULTED = "DELIB_OBJET", "[…]"
OPEN_FIELDS = ("coll_nom", "coll_siret", "delib_id", "delib_date", "delib_matiere_code", "delib_matiere_nom")
"""What is published of an individual act."""


@dataclass(frozen=True)
class PublishedAct:
    """An act as everybody may read it.

    Attributes:
        place: its number in the register, from 0.
        values: by field; those that are published.
        individual: whether the rest is kept.
    """

    place: int
    values: Mapping[str, str | None]
    individual: bool

    @property
    def number(self) -> str:
        """The council's own: `2026-004`."""
        return self.values["delib_id"] or ""

    @property
    def deliberation(self) -> Deliberation:
        """As SCDL has it."""
        return {name: value for name in NAMES if (value := self.values.get(name.lower())) is not None}


@dataclass(frozen=True)
class PublishedBatch:
    """A batch of acts as everybody may read it; its root is that of what it says.

    Attributes:
        home: the contract.
        schema: its number.
        issuer: by the name of the series.
        root: 32 bytes.
        first: place of the first act.
        acts: in order.
    """

    home: Home
    schema: int
    issuer: str
    root: bytes
    first: int
    acts: tuple[PublishedAct, ...]


def call_hash(chain_id: int, target: str, data: bytes) -> bytes:
    """Of a call that an act authorises: keccak(abi.encode(chain, target, data)), 32 bytes.

    Args:
        chain_id: EIP-155.
        target: the contract.
        data: calldata.
    """
    return keccak(encode(["uint256", "address", "bytes"], [chain_id, target, data]))


def act_draft(deliberation: Deliberation, document: bytes | None = None, authorises: bytes | None = None) -> PaperDraft:
    """An act before it is sealed: its columns, the hash of its text, that of the call it authorises."""
    hashes = {DOCUMENT: document, AUTHORISES: authorises}
    values = {name.lower(): value for name, value in deliberation.items()}
    return PaperDraft(values | {name: hexed(value) for name, value in hashes.items() if value is not None})


def occulted(deliberations: Sequence[Deliberation], names: Collection[str]) -> list[Deliberation]:
    """Deliberations without the names of people: `OCCULTED` stands in their place, however they are written.

    Case, spaces and the way in which accents are made do not count; what is told is in Unicode's form NFC.

    Args:
        deliberations: as the council has them.
        names: to be taken out of what acts are about (`DELIB_OBJET`), before anything is sealed.

    Raises:
        InputError: a name stands nowhere, or in a column where nothing can stand in its place.
    """
    told = [{name: normalize("NFC", value) for name, value in it.items()} for it in deliberations]
    for name in names:
        written = re.compile(r"\s+".join(map(re.escape, normalize("NFC", name).split())), re.IGNORECASE)
        found = 0
        for it in told:
            it[ABOUT], times = written.subn(OCCULTED, it[ABOUT])
            found += times
        if not name.strip() or not found:
            raise InputError(f"{name!r:.60} stands in no {ABOUT}: nothing would be occulted")
        if left := {column for it in told for column, value in it.items() if written.search(value)}:
            raise InputError(f"{name!r:.60} stands in {', '.join(sorted(left))} too: take it out of there first")
    return list(told)


def publish_acts(path: Path, home: Home, batch: SealedBatch, individual: Collection[str] = ()) -> None:
    """Writes a batch of acts for everybody.

    Args:
        path: of the file.
        home: the contract.
        batch: of the schema `DELIBERATION`.
        individual: the council's numbers of those of which only `OPEN_FIELDS` are published.

    Raises:
        PaperError: there is no act of such a number.
    """
    if unknown := set(individual) - {str(draft.values["delib_id"]) for draft in batch.drafts}:
        raise PaperError(f"there is no act {', '.join(sorted(unknown))} in the batch")
    acts = [_act_json(batch, place, individual) for place in range(len(batch))]
    head = {"format": FORMAT} | home.json | {"schema": batch.schema, "issuer": batch.issuer, "first": batch.first}
    write_whole(path, json.dumps(head | {"acts": acts}, ensure_ascii=False, indent=1) + "\n")


def read_acts(path: Path) -> PublishedBatch:
    """The acts of a file; errors as of `acts_of`."""
    return acts_of(read_json(path, PaperError, "a list of acts"), path.name)


def acts_of(value: Any, name: str) -> PublishedBatch:
    """The acts that a JSON lists, under the root that they have.

    Args:
        value: as it was read.
        name: of the file, for errors.

    Raises:
        PaperError: it is none, a value is not of its field's type, or what it tells of an individual act is not
            what was sealed.
    """
    parsers = {
        "format": exactly(FORMAT), "chain": whole, "contract": account, "schema": whole, "issuer": account,
        "first": whole, "acts": listed,
    }  # fmt: skip
    read = members(value, parsers, f"{name}, a list of acts,")
    first, acts, leaves = read["first"], [], []
    for place, told in enumerate(read["acts"], read["first"]):
        try:
            act, root = _act_of(place, told)
        except InputError as error:
            raise PaperError(f"{name}, act {place - first + 1}: {error}") from error
        acts.append(act)
        leaves.append(paper_leaf(place, NOBODY, root, NO_PARENTS, 0, 0))
    root = Tree(leaves, len(leaves), by_place=True).root
    home = Home(read["chain"], read["contract"])
    return PublishedBatch(home, read["schema"], read["issuer"], root, first, tuple(acts))


def _act_json(batch: SealedBatch, place: int, individual: Collection[str]) -> dict[str, Any]:
    own = batch.paper(batch.first + place)
    values = {field.name: value for field, value in zip(own.definition.fields, own.values, strict=True)}
    if values["delib_id"] not in individual:
        return {"values": values, "seed": hexed(own.seed)}
    claims = [*map(claim_json, own.claims(OPEN_FIELDS))]
    return {
        "claimsRoot": hexed(own.paper.claims_root),
        "schemaProof": [*map(hexed, own.schema_proof)],
        "claims": claims,
    }


def _act_of(place: int, value: Any) -> tuple[PublishedAct, bytes]:
    if isinstance(value, dict) and "seed" in value:
        read = members(value, {"values": field_values, "seed": word}, "an act")
        said_ = DELIBERATION.values(read["values"])
        return PublishedAct(place, read["values"], individual=False), claims_root(DELIBERATION, said_, read["seed"])
    parsers = {"claimsRoot": word, "schemaProof": words, "claims": listed}
    read = members(value, parsers, "an individual act")
    claims, root = [*map(claim_of, read["claims"])], read["claimsRoot"]
    shown = {claim.name: claim.value for claim in claims}
    if shown.keys() != set(OPEN_FIELDS) or len(claims) != len(shown):
        raise PaperError(f"an individual act tells {', '.join(OPEN_FIELDS)}")
    stand = all(claim.stands(DELIBERATION, root) for claim in claims)
    if not stand or not is_of_schema(DELIBERATION, root, read["schemaProof"]):
        raise PaperError("what is told of it is not what was sealed")
    for field in DELIBERATION.fields:
        if field.name in shown:
            field.require(shown[field.name] or "")
    return PublishedAct(place, shown, individual=True), root
