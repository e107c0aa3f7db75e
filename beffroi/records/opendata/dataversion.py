"""A version of a data set as a paper about nobody: what its file is, to the byte; its parent is the version before."""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from beffroi.errors import InputError
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.openbatch import OpenBatch, OpenDraft, OpenPaper
from beffroi.records.opendata.catalogue import identifier
from beffroi.records.opendata.csvrows import BOM, Rows, RowsError
from beffroi.records.paper import PaperError, PaperRef
from beffroi.records.paperfile import hexed, whole
from beffroi.records.scdl import matching
from beffroi.textfile import text_of

CSV, ZIP, OTHER = "text/csv", "application/zip", "application/octet-stream"
MEDIA_TYPES: Mapping[str, str] = {
    "csv": CSV, "json": "application/json", "geojson": "application/geo+json", "jsonld": "application/ld+json",
    "xml": "application/xml", "txt": "text/plain", "pdf": "application/pdf", "zip": ZIP,
    "gpkg": "application/geopackage+sqlite3", "parquet": "application/vnd.apache.parquet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "bin": OTHER,
}  # fmt: skip
"""By what a file's name ends with; every other is `OTHER`."""
_ENDINGS = {media: ending for ending, media in MEDIA_TYPES.items()}
VERSION = Definition(
    "dataset version",
    (
        SchemaField("identifier"),
        SchemaField("version"),
        SchemaField("title"),
        SchemaField("media_type"),
        SchemaField("bytes", "integer"),
        SchemaField("sha256", "hash"),
        SchemaField("rows", "integer", required=False),
        SchemaField("rows_root", "hash", required=False),
        SchemaField("rows_unordered", "hash", required=False),
    ),
)
"""Of a CSV also how many rows it has, the header counted, their root, and their hash in any order."""
PIECE = 1 << 20


@dataclass(frozen=True)
class DataFile:
    """A file that somebody has.

    Attributes:
        path: of it.
        media_type: by its name.
        size_bytes: of it.
        sha256: of its bytes, 32 bytes.
    """

    path: Path
    media_type: str
    size_bytes: int
    sha256: bytes

    @classmethod
    def read(cls, path: Path) -> "DataFile":
        """A file, hashed piece by piece, however large.

        Raises:
            OSError: it cannot be read.
        """
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
        media = MEDIA_TYPES.get(path.suffix.lower().removeprefix("."), OTHER)
        return cls(path, media, size, digest.digest())

    @cached_property
    def data(self) -> bytes:
        """Its bytes."""
        return self.path.read_bytes()

    @cached_property
    def rows(self) -> Rows | None:
        """The rows of a CSV; None where it is none."""
        if self.media_type != CSV:
            return None
        try:
            return Rows.of(self.data)
        except RowsError:
            return None

    @property
    def marks(self) -> list[str]:
        """What stands around its rows, in words."""
        marks = {
            "it begins with a byte order mark": self.data.startswith(BOM),
            "its lines end in CR LF": b"\r\n" in self.data,
        }
        return [words for words, is_there in marks.items() if is_there]


@dataclass(frozen=True)
class Version:
    """A version of a data set, as its paper says.

    Attributes:
        ref: the paper.
        parents: the papers that it rests on: of the version before.
        identifier: of the data set.
        name: of the version, as `2` or `2026-03`.
        title: of the data set, as it was when the version was sealed.
        media_type: of its file.
        size_bytes: of its file.
        sha256: of its file, 32 bytes.
        rows: how many rows a CSV has, the header counted; None of another file.
        rows_root: of them in their order, 32 bytes.
        rows_unordered: of them in any order, 32 bytes.
    """

    ref: PaperRef
    parents: tuple[PaperRef, ...]
    identifier: str
    name: str
    title: str
    media_type: str
    size_bytes: int
    sha256: bytes
    rows: int | None
    rows_root: bytes | None
    rows_unordered: bytes | None

    @classmethod
    def of(cls, paper: OpenPaper) -> "Version":
        """A version from a paper of the schema `VERSION`.

        Raises:
            InputError: its names are none, which are part of addresses, or a number is out of bounds.
        """
        said = paper.values
        rows = said.get("rows")
        return cls(
            paper.ref, paper.parents, identifier(said["identifier"]), version_name(said["version"]), said["title"],
            said["media_type"], whole(int(said["bytes"])), bytes.fromhex(said["sha256"][2:]),
            None if rows is None else whole(int(rows)), _word(said.get("rows_root")), _word(said.get("rows_unordered")),
        )  # fmt: skip

    @property
    def place(self) -> str:
        """Of its file, in the folder of published data: by checked names alone, whatever the file was called."""
        return f"{self.identifier}/{self.name}.{_ENDINGS.get(self.media_type, 'bin')}"


def version_name(text: str) -> str:
    """The name of a version, which is part of addresses.

    Raises:
        InputError: it is none.
    """
    words = "no name of a version: letters without accents, digits, -, _ and . between, 40 at most; as 2 or 2026-03"
    return matching(r"(?=.{1,40}$)[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*", words)(text)


def versions_of(batch: OpenBatch) -> list[Version]:
    """The versions of a batch.

    Raises:
        PaperError: its papers are of another schema, or one has names that are none.
    """
    if batch.definition != VERSION:
        raise PaperError(
            f"papers {batch.first} … are of the schema {batch.definition.name!r:.60}, not {VERSION.name!r}"
        )
    try:
        return [Version.of(paper) for paper in batch.papers]
    except InputError as error:
        raise PaperError(f"papers {batch.first} …: {error}") from error


def version_draft(file: DataFile, data_set: str, name: str, title: str, before: PaperRef | None = None) -> OpenDraft:
    """A version before it is sealed.

    Args:
        file: of it.
        data_set: the identifier.
        name: of the version.
        title: of the data set.
        before: the paper of the version before; None of the first.

    Raises:
        InputError: the file is empty, is no CSV or archive though its name says so, or a name is none.
    """
    if not file.size_bytes:
        raise InputError(f"{file.path.name} is empty: there is nothing to publish")
    if file.media_type == ZIP:
        _require_full(file)
    values = {
        "identifier": identifier(data_set), "version": version_name(name), "title": title,
        "media_type": file.media_type, "bytes": str(file.size_bytes), "sha256": hexed(file.sha256),
    }  # fmt: skip
    if file.media_type == CSV:
        text_of(file.data)
        rows = Rows.of(file.data)
        values |= {
            "rows": str(len(rows)), "rows_root": hexed(rows.root), "rows_unordered": hexed(rows.unordered)
        }  # fmt: skip
    return OpenDraft(values, (before,) if before else ())


def before_in(batch: OpenBatch, data_set: str, schema: int, issuer: str) -> PaperRef:
    """The version after which another is sealed: the last of a data set in a batch.

    Args:
        batch: of the version before.
        data_set: the identifier.
        schema: of the series that is sealed for.
        issuer: of it.

    Raises:
        PaperError: the batch is of another series, or has no version of that data set.
    """
    if (batch.schema, batch.issuer) != (schema, issuer):
        raise PaperError(f"the version before is of {batch.schema}:{batch.issuer}, where this is of {schema}:{issuer}")
    found = [it for it in versions_of(batch) if it.identifier == data_set]
    if not found:
        raise PaperError(f"the batch of the version before has none of {data_set!r:.60}")
    return found[-1].ref


def _require_full(file: DataFile) -> None:
    try:
        with zipfile.ZipFile(file.path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise InputError(f"{file.path.name} is no zip archive: {error}") from error
    if not names:
        raise InputError(f"{file.path.name} is an archive of nothing")


def _word(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text[2:])
