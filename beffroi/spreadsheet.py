"""CSV for a spreadsheet, which shows and sums it, and runs nothing that is in it."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_RUNS = re.compile(r"'*[=+\-@\t\r]")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Dialect:
    """How a spreadsheet expects its files.

    Attributes:
        delimiter: between fields.
        decimal: the mark before cents.
        encoding: of the file.
    """

    delimiter: str = ","
    decimal: str = "."
    encoding: str = "utf-8"


PLAIN = Dialect()
FRENCH_EXCEL = Dialect(";", ",", "utf-8-sig")
"""Which takes a file without a byte order mark for Windows-1252, and a decimal point for text."""


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], dialect: Dialect = PLAIN) -> None:
    """Writes a file that a spreadsheet shows, sums and does not run: text like a formula gets an apostrophe."""
    with path.open("w", encoding=dialect.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=dialect.delimiter)
        writer.writerow(header)
        writer.writerows([_shown(it, dialect) for it in row] for row in rows)


def _shown(value: object, dialect: Dialect) -> object:
    """OWASP, "CSV injection": text that begins like a formula; a number, negative ones too, is what it is."""
    if not isinstance(value, str):
        return value
    if NUMBER.fullmatch(value):
        return value.replace(".", dialect.decimal)
    return guarded(value)


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before what begins like a formula, or is guarded already."""
    return f"'{text}" if _RUNS.match(text) and not NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given, or a spreadsheet's user wrote so that it is text."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
