"""Readings as grid operators, meters and spreadsheets export them, one a line, each checked on its own.

The unit is in the header: `wh`, `kwh`, or `index_wh`, `index_kwh` for what a meter's counter shows. So is what a moment
means: `start` or `end` of a step; an index is read `at` a moment.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from beffroi import csvfile
from beffroi.csvfile import Column, CsvError, Row
from beffroi.errors import InputError
from beffroi.flows.energy.clockdays import moment_s
from beffroi.flows.energy.curves import MeterKind
from beffroi.flows.energy.metersfile import KINDS, KINDS_IN_FRENCH, decimal

Mark = Literal["measured", "estimated", "missing"]
MOST_INDEX_WH: Final = 10**12
_MARKS: Final = {"measured": "measured", "estimated": "estimated", "missing": "missing"}
_MARKS_IN_FRENCH: Final = {
    "mesuree": "measured", "reelle": "measured", "estimee": "estimated", "manquante": "missing",
}  # fmt: skip
_VALUES: Final = ("wh", "kwh", "index_wh", "index_kwh")
_MOMENTS: Final = ("start", "end", "at")


@dataclass(frozen=True)
class ReadingLine:
    """A line of a file.

    Attributes:
        line: its number.
        label: of the meter.
        kind: what it counts, where the line says so.
        at_s: the moment, unix seconds.
        wh: what was read; None where nothing was.
        mark: whether it was measured.
        version: of two lines about one moment, the higher one counts.
    """

    line: int
    label: str
    kind: MeterKind | None
    at_s: int
    wh: int | None
    mark: Mark
    version: int


@dataclass(frozen=True)
class ReadingFile:
    """A file of readings.

    Attributes:
        path: of it.
        unit: of its values, as its header says: `kwh`.
        moment: what its moments are: `start`, `end`, or `at` of an index.
        lines: of it.
    """

    path: Path
    unit: str
    moment: str
    lines: tuple[ReadingLine, ...]

    @property
    def is_index(self) -> bool:
        """Whether its values are what a counter shows."""
        return self.unit.startswith("index_")


def read_readings_file(path: Path) -> ReadingFile:
    """The readings of a file.

    Raises:
        CsvError: what is wrong, by line.
    """
    rows = csvfile.read(path, [
        Column("meter", csvfile.words, also=("compteur", "prm", "pdl")),
        Column("start", moment_s, required=False, also=("debut",)),
        Column("end", moment_s, required=False, also=("fin",)),
        Column("at", moment_s, required=False),
        Column("wh", whole_wh, required=False),
        Column("kwh", wh_of_kwh, required=False),
        Column("index_wh", whole_wh, required=False),
        Column("index_kwh", wh_of_kwh, required=False),
        Column("kind", csvfile.one_of(KINDS, KINDS_IN_FRENCH), required=False, also=("genre", "sens")),
        Column("mark", csvfile.one_of(_MARKS, _MARKS_IN_FRENCH), required=False, also=("qualite", "nature")),
        Column("version", csvfile.number, required=False),
    ])  # fmt: skip
    unit, moment = _only(path, rows, _VALUES), _only(path, rows, _MOMENTS)
    if unit.startswith("index_") != (moment == "at"):
        raise CsvError(path, ["line 1: an index is read `at` a moment; a value has its step's `start` or `end`"])
    return ReadingFile(path, unit, moment, tuple(_line(row, unit, moment) for row in _dated(path, rows, moment)))


def _only(path: Path, rows: list[Row], names: tuple[str, ...]) -> str:
    """The one column of several that the file has."""
    found = [name for name in names if any(row[name] is not None for row in rows)]
    if len(found) != 1:
        told = " and ".join(found) or "none"
        raise CsvError(path, [f"line 1: one of the columns {', '.join(names)} tells it; the file has {told}"])
    return found[0]


def _dated(path: Path, rows: list[Row], moment: str) -> list[Row]:
    problems = [f"line {row.line}: no {moment}" for row in rows if row[moment] is None]
    problems += [f"line {row.line}: {row['mark']}, and no value" for row in rows if _is_empty(row)]
    if problems:
        raise CsvError(path, problems)
    return rows


def _is_empty(row: Row) -> bool:
    return row["mark"] in {"measured", "estimated"} and all(row[name] is None for name in _VALUES)


def _line(row: Row, unit: str, moment: str) -> ReadingLine:
    wh = None if row["mark"] == "missing" else row[unit]
    mark: Mark = "missing" if wh is None else row["mark"] or "measured"
    return ReadingLine(row.line, row["meter"], row["kind"], row[moment], wh, mark, row["version"] or 0)


def whole_wh(text: str) -> int:
    """Wh, whole. Decimals that say nothing are none either: `1.000` is a thousand elsewhere.

    Raises:
        InputError: it is no number, negative, or has decimals.
    """
    wh = _not_negative(text)
    if not text.isdecimal():
        raise InputError(f"{text} Wh is no whole Wh: if these are kWh, name the column kwh")
    return int(wh)


def wh_of_kwh(text: str) -> int:
    """Wh of a number of kWh, exactly.

    Raises:
        InputError: it is no number, negative, or has parts of a Wh.
    """
    wh = _not_negative(text) * 1_000
    if wh != int(wh):
        raise InputError(f"{text} kWh is no whole Wh: three decimals at most")
    return int(wh)


def _not_negative(text: str) -> Decimal:
    number = decimal(text)
    if number < 0:
        raise InputError(f"{text} is negative: what is drawn and what is injected are two meters, none below 0")
    if number > MOST_INDEX_WH:
        raise InputError(f"{text} is more than any meter shows")
    return number
