"""A row of a data set, or a paper published whole, shown with its proof alone: a file of some thousand bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beffroi.records.definition import Definition
from beffroi.records.openbatch import OpenBatch, OpenPaper, draft_json, draft_of, seal_alone
from beffroi.records.opendata.csvrows import RowProof, Rows
from beffroi.records.opendata.dataversion import VERSION, Version
from beffroi.records.paper import PaperError
from beffroi.records.paperfile import Home, account, exactly, hexed, members, text, whole, word, words
from beffroi.roll.merkle import Tree, stands_at

ROW = "beffroi-row-1"
"""The format of a row that is shown."""


@dataclass(frozen=True)
class ShownPaper:
    """A paper that was published whole, by itself.

    Attributes:
        home: the contract.
        root: of its batch, 32 bytes.
        first: the number of the batch's first paper.
        count: how many the batch has.
        paper: what it says.
        proof: its siblings in the batch's tree.
    """

    home: Home
    root: bytes
    first: int
    count: int
    paper: OpenPaper
    proof: tuple[bytes, ...]

    @classmethod
    def of(cls, batch: OpenBatch, number: int) -> "ShownPaper":
        """A paper of a batch that has it."""
        place = number - batch.first
        tree = Tree([paper.ref.leaf for paper in batch.papers], len(batch), by_place=True)
        proof = tuple(tree.proof(place))
        return cls(batch.home, batch.root, batch.first, len(batch), batch.papers[place], proof)

    @classmethod
    def read(cls, value: Mapping[str, Any], definition: Definition) -> "ShownPaper":
        """The inverse of `json`, which stands in its batch.

        Args:
            value: its members.
            definition: of its schema.

        Raises:
            InputError: it is none, or does not stand there.
        """
        parsers = {"chain": whole, "contract": account, "schema": whole, "issuer": account, "root": word,
                   "first": whole, "count": whole, "number": whole, "proof": words, "paper": draft_of}  # fmt: skip
        read = members(value, parsers, "a paper shown alone")
        draft, seed = read["paper"]
        paper = seal_alone(definition, read["schema"], read["issuer"], read["number"], draft, seed)
        place = read["number"] - read["first"]
        if not stands_at(read["root"], read["count"], place, paper.ref.leaf, read["proof"]):
            raise PaperError("the paper does not stand in its batch: what it says, its number or its proof was changed")
        return cls(Home(read["chain"], read["contract"]), read["root"], read["first"], read["count"], paper,
                   read["proof"])  # fmt: skip

    @property
    def json(self) -> dict[str, Any]:
        """Its members of a file."""
        ref = self.paper.ref
        return self.home.json | {
            "schema": ref.schema, "issuer": ref.issuer, "root": hexed(self.root), "first": self.first,
            "count": self.count, "number": ref.number, "proof": [*map(hexed, self.proof)],
            "paper": draft_json(self.paper),
        }  # fmt: skip


@dataclass(frozen=True)
class ShownRow:
    """A row of a version, with its header.

    Attributes:
        paper: of the version.
        header: row 0, by which the row is read.
        row: that is shown.
    """

    paper: ShownPaper
    header: RowProof
    row: RowProof

    @property
    def version(self) -> Version:
        """That it is a row of."""
        return Version.of(self.paper.paper)

    @property
    def text(self) -> str:
        """Its file."""
        rows = {"header": _row_json(self.header), "row": _row_json(self.row)}
        return json.dumps({"format": ROW} | self.paper.json | rows, ensure_ascii=False, indent=1) + "\n"


def show_row(batch: OpenBatch, version: Version, rows: Rows, place: int) -> ShownRow:
    """A row of a version's file.

    Args:
        batch: with the version.
        version: of which the file is.
        rows: of the file.
        place: from 1 on.

    Raises:
        RowsError: the file has no such row.
        PaperError: the rows are not the version's.
    """
    if (rows.root, len(rows)) != (version.rows_root, version.rows):
        raise PaperError(f"the file's rows are not those of version {version.name}")
    return ShownRow(ShownPaper.of(batch, version.ref.number), RowProof.of(rows, 0), RowProof.of(rows, place))


def row_of(value: Any) -> ShownRow:
    """A row as it is shown, which stands where it says.

    Args:
        value: JSON as it was read.

    Raises:
        InputError: it is none, or does not stand there.
    """
    if not isinstance(value, dict):
        raise PaperError("it is no row that is shown")
    inner = {key: it for key, it in value.items() if key not in {"format", "header", "row"}}
    outer = {key: it for key, it in value.items() if key not in inner}
    read = members(outer, {"format": exactly(ROW), "header": _row_of, "row": _row_of}, "a row that is shown")
    shown = ShownRow(ShownPaper.read(inner, VERSION), read["header"], read["row"])
    version = shown.version
    if version.rows is None or version.rows_root is None:
        raise PaperError("the version has no rows: it is of no CSV")
    for what, row in (("the header", shown.header), ("the row", shown.row)):
        if not row.stands(version.rows_root, version.rows):
            raise PaperError(f"{what} does not stand in that version: its text, its place or its proof was changed")
    if shown.header.place:
        raise PaperError("what is shown as the header is another row")
    return shown


def _row_json(row: RowProof) -> dict[str, Any]:
    return {"place": row.place, "text": row.text, "proof": [*map(hexed, row.proof)]}


def _row_of(value: Any) -> RowProof:
    return RowProof(**members(value, {"place": whole, "text": text, "proof": words}, "a row"))
