"""A period's public file: what everybody needs to find every total, allocation and bill, and no reading.

Its bytes: docs/energy-format.md. Whoever reads it computes the sums A and B, and so the roots, for herself.
"""

import base64
import binascii
import gzip
import io
import os
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.flows.energy.cells import CELL, Allocation, PublicPeriod, PublishedColumn, StepTotal
from beffroi.flows.energy.curves import MOST_CELLS, EnergyError
from beffroi.flows.energy.header import NO_STEP
from beffroi.flows.energy.points import COMPRESSED, POINT, compressed, uncompressed
from beffroi.flows.operation import StatedLine
from beffroi.records.paperfile import (
    Parse,
    account,
    compact,
    exactly,
    hexed,
    listed,
    members,
    moment,
    octets,
    sized,
    text,
    word,
)
from beffroi.textfile import json_of, text_of

FORMAT = "beffroi-energy-1"
MOST_BYTES = 64 << 20
"""Of a file's text: 2²⁰ cells, and all else that a period may have."""
MOST_ODD, MOST_LINES = 1 << 14, 1 << 12
"""Odd cells: a column has 9,000 at most. Lines: what one transaction settles."""
MOST_VALUES = 1 << 18
"""Brackets and commas of a file's text: what 9,000 totals, 2¹⁴ allocations and the rest have is less."""
_NO_POINT = bytes(COMPRESSED)
_GZIP = b"\x1f\x8b"


class PublicFileError(EnergyError):
    """A file is none that a period is published by; the message says why."""


@dataclass(frozen=True)
class PublicFile:
    """What is published of a period.

    Attributes:
        period: its commitments, totals and allocations.
        rules: of the operation, in their canonical text.
        lines: what each member owes, in the contract's order.
    """

    period: PublicPeriod
    rules: str
    lines: tuple[StatedLine, ...]


def public_bytes(file: PublicFile) -> bytes:
    """The bytes of a period's file, always the same of the same period."""
    return gzip.compress(public_text(file).encode(), 6, mtime=0)


def public_text(file: PublicFile) -> str:
    """The JSON of a period's file."""
    period = file.period
    odd = sorted(period.odd.items())
    points = bytearray(compressed(period.commitments))
    for place, _ in odd:
        points[place * COMPRESSED : (place + 1) * COMPRESSED] = _NO_POINT
    return compact({
        "format": FORMAT,
        "op": hexed(period.op), "period": period.period, "start": period.start_s, "step": period.step_s,
        "slots": period.slots, "consumers": period.consumers,
        "columns": [
            {"id": hexed(it.id), "kind": it.kind, "member": it.member, "root": hexed(it.root)} for it in period.columns
        ],
        "totals": [[*map(_quantity, it.as_tuple)] for it in period.totals],
        "commitments": base64.b64encode(points).decode(),
        "allocations": [[*map(_quantity, it.as_tuple)] for it in period.allocations],
        "odd": [{"cell": place, "points": hexed(cell)} for place, cell in odd],
        "rules": file.rules,
        "lines": [[it.member, it.amount_cents] for it in file.lines],
    })  # fmt: skip


def write_public(path: Path, file: PublicFile) -> int:
    """Writes a period's file whole or not at all.

    Returns:
        How many bytes it has.
    """
    data = public_bytes(file)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return len(data)


def read_public(path: Path) -> PublicFile:
    """A period's file; errors as of `public_of`."""
    return public_of(path.read_bytes(), path.name)


def public_of(data: bytes, name: str) -> PublicFile:
    """The period that a file's bytes tell, packed by gzip or not.

    Args:
        data: of the file.
        name: of the file, for errors.

    Raises:
        PublicFileError: they tell none; why.
    """
    try:
        return _file(json_of(_bounded(_text(data))))
    except EnergyError as error:
        raise PublicFileError(f"{name}: {error}") from error
    except ValueError as error:
        raise PublicFileError(f"{name}: {error}") from error


def _text(data: bytes) -> str:
    if data.startswith(_GZIP):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise PublicFileError("the archive is damaged or cut short: fetch the file again") from error
    if len(data) > MOST_BYTES:
        raise PublicFileError(f"it has more than {MOST_BYTES >> 20} MiB: no period does")
    return text_of(data)


def _bounded(text: str) -> str:
    """Some kilobytes of a packed file may tell millions of lists, each of which takes a hundred times its bytes."""
    if sum(map(text.count, "[{,")) > MOST_VALUES:
        raise PublicFileError(f"it has more than {MOST_VALUES:,} values: no period does")
    return text


def _file(value: Any) -> PublicFile:
    parsers: dict[str, Parse] = {
        "format": exactly(FORMAT), "op": word, "period": sized(32), "start": moment, "step": sized(16),
        "slots": sized(16), "consumers": sized(16), "columns": _each(_column, "a column"),
        "totals": _each(_numbers(6), "a total"), "commitments": _base64,
        "allocations": _each(_numbers(3), "an allocation"),
        "odd": _upto(MOST_ODD, _odd, "an odd cell"), "rules": text,
        "lines": _upto(MOST_LINES, _line, "a line"),
    }  # fmt: skip
    read = members(value, parsers, "a period's file")
    columns, totals = read["columns"], [StepTotal(*it) for it in read["totals"]]
    allocations = [Allocation(*it) for it in read["allocations"]]
    cells = len(columns) * len(totals)
    if cells > MOST_CELLS:
        raise PublicFileError(f"{len(columns)} columns of {len(totals)} steps are more than {MOST_CELLS:,} cells")
    if len(allocations) != len(columns) * read["slots"]:
        raise PublicFileError(
            f"{len(columns)} columns have {len(columns) * read['slots']} allocations, one a slot each"
        )
    odd = _rising(read["odd"], cells)
    points = _points(read["commitments"], cells, odd)
    shape = read["op"], read["period"], read["start"], read["step"], read["slots"]
    period = PublicPeriod(*shape, columns, read["consumers"], tuple(totals), points, tuple(allocations), odd)
    return PublicFile(period, read["rules"], read["lines"])


def _rising(odd: Sequence[tuple[int, bytes]], cells: int) -> dict[int, bytes]:
    places = [place for place, _ in odd]
    if places != sorted(set(places)) or any(place >= cells for place in places):
        raise PublicFileError("odd cells rise by their place, each once, below the number of cells")
    return dict(odd)


def _points(data: bytes, cells: int, odd: dict[int, bytes]) -> bytes:
    if len(data) != cells * COMPRESSED:
        raise PublicFileError(f"commitments are {COMPRESSED} bytes a cell: {cells * COMPRESSED}, not {len(data)}")
    points, none = uncompressed(data)
    if unsaid := none.difference(odd):
        raise PublicFileError(f"cell {min(unsaid)}: its commitment is no point of secp256k1")
    stated = bytearray(points)
    for at, cell in odd.items():
        if data[at * COMPRESSED : (at + 1) * COMPRESSED] != _NO_POINT:
            raise PublicFileError(f"cell {at}: an odd cell has 33 zero bytes among the commitments")
        stated[at * POINT : (at + 1) * POINT] = cell[:POINT]
    return bytes(stated)


def _quantity(number: int) -> str | None:
    return None if number == NO_STEP else hex(number)


def _number(value: Any) -> int:
    if value is None:
        return NO_STEP
    try:
        number = int(value, 16) if isinstance(value, str) else -1
    except ValueError:
        number = -1
    if not 0 <= number < NO_STEP or hex(number) != value:
        raise PublicFileError(f"{value!r:.80} is no number of 256 bits as 0x1f, nor null for none")
    return number


def _numbers(count: int) -> Parse:
    def parse(value: Any) -> tuple[int, ...]:
        if not isinstance(value, list) or len(value) != count:
            raise PublicFileError(f"it is no list of {count} numbers")
        return tuple(map(_number, value))

    return parse


def _each(parse: Parse, what: str) -> Callable[[Any], tuple[Any, ...]]:
    def parse_all(value: Any) -> tuple[Any, ...]:
        found = []
        for place, it in enumerate(listed(value)):
            try:
                found.append(parse(it))
            except ValueError as error:
                raise PublicFileError(f"{what}, {place}: {error}") from error
        return tuple(found)

    return parse_all


def _upto(most: int, parse: Parse, what: str) -> Callable[[Any], tuple[Any, ...]]:
    """A list of none, or of so many at most."""

    def parse_some(value: Any) -> tuple[Any, ...]:
        if value == []:
            return ()
        if isinstance(value, list) and len(value) > most:
            raise PublicFileError(f"more than {most:,}: no period has as many")
        return _each(parse, what)(value)

    return parse_some


def _column(value: Any) -> PublishedColumn:
    read = members(value, {"id": word, "kind": sized(8), "member": account, "root": word}, "a column")
    return PublishedColumn(read["id"], read["kind"], read["member"], read["root"])


def _odd(value: Any) -> tuple[int, bytes]:
    read = members(value, {"cell": sized(32), "points": octets}, "an odd cell")
    if len(read["points"]) != CELL:
        raise PublicFileError(f"an odd cell has {CELL} bytes: three points")
    return read["cell"], read["points"]


def _line(value: Any) -> StatedLine:
    if not isinstance(value, list) or len(value) != 2 or isinstance(value[1], bool) or not isinstance(value[1], int):
        raise PublicFileError("it is no pair of an account and cents")
    if not -(2**63) < value[1] < 2**63:
        raise PublicFileError(f"{value[1]} cents do not fit in 64 bits")
    return StatedLine(account(value[0]), value[1])


def _base64(value: Any) -> bytes:
    try:
        return base64.b64decode(text(value), validate=True)
    except binascii.Error as error:
        raise PublicFileError("commitments are no base64") from error
