"""Promises that an observatory followed: `promises.csv` and `evidence.csv` of deldichoalhecho.cl's 100 days (2014)."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from beffroi.textfile import read_text

FOLDER = "promises-chile-100dias"


@dataclass(frozen=True)
class Followed:
    """A promise with what came of it.

    Attributes:
        number: the observatory's.
        fulfilment_percent: at the end, from 0 to 100.
        evidence: addresses and texts of what was found, in order.
    """

    number: int
    category: str
    name: str
    text: str
    fulfilment_percent: int
    evidence: tuple[str, ...]


def read_followed(folder: Path) -> list[Followed]:
    """Every promise of a folder, in the observatory's order."""
    evidence: dict[str, list[str]] = {}
    for row in _rows(folder / "evidence.csv"):
        evidence.setdefault(row["promise_id"], []).append(f"{row['date']} {row['kind']} {row['text']} {row['url']}")
    return [
        Followed(
            int(row["promise_id"]),
            row["category"],
            row["name"],
            row["description"],
            int(row["fulfilment_pct_final"]),
            tuple(evidence.get(row["promise_id"], ())),
        )
        for row in _rows(folder / "promises.csv")
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_text(path), newline="")))
