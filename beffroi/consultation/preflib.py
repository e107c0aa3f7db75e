"""Real approval ballots, as PrefLib publishes them.

Format: PrefLib's "categorical preferences" (`.cat`): header lines `# KEY: value`, then `count: {approved},{others}`
with alternatives numbered from 1; a category of one alternative has no braces, an empty one is `{}`. Its other formats
hold orders, or weights, and are refused.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from beffroi.errors import InputError
from beffroi.textfile import read_text

NUMBERS = ("NUMBER ALTERNATIVES", "NUMBER VOTERS")
ORDERS = {".soc": "strict and complete", ".soi": "strict", ".toc": "complete, with ties", ".toi": "with ties"}
LINE = re.compile(r"(\d+): (?:\{([\d,]*)\}|(\d+)),(?:\{[\d,]*\}|\d+)")


@dataclass(frozen=True)
class Station:
    """A polling station.

    Attributes:
        name: of the place.
        candidates: by name, in the file's order.
        ballots: of each voter, the candidates approved, from 0; none for a blank ballot.
    """

    name: str
    candidates: tuple[str, ...]
    ballots: tuple[tuple[int, ...], ...]

    @property
    def approvals(self) -> list[int]:
        """How many approve of each candidate."""
        counted = Counter(candidate for ballot in self.ballots for candidate in ballot)
        return [counted[candidate] for candidate in range(len(self.candidates))]


def read(path: Path) -> Station:
    """The station of a file.

    Raises:
        InputError: its ballots are no approvals, a line is not understood, or there are not as many voters as the
            header says.
    """
    if order := ORDERS.get(path.suffix.lower()):
        raise InputError(
            f"{path.name} holds orders ({order}): what is opened of a secret vote is a sum of all ballots, from which "
            "no ranks can be read; approvals stand in `.cat` files"
        )
    try:
        return _station(read_text(path))
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from error


def _station(text: str) -> Station:
    lines = list(enumerate(text.splitlines(), 1))
    said = [line.removeprefix("# ").partition(":") for _, line in lines if line.startswith("#")]
    header = {key: value.strip() for key, _, value in said}
    if (categories := header.get("NUMBER CATEGORIES", "2")) != "2":
        raise InputError(f"{categories} categories: two are read, approved and not")
    if missing := [it for it in NUMBERS if not header.get(it, "").isdecimal()]:
        raise InputError(f"its header has no number after `# {missing[0]}:`")
    named = [f"ALTERNATIVE NAME {it}" for it in range(1, int(header["NUMBER ALTERNATIVES"]) + 1)]
    if missing := [it for it in ("TITLE", *named) if it not in header]:
        raise InputError(f"its header has no line `# {missing[0]}:`")
    found = [it for number, line in lines if not line.startswith("#") for it in _ballots(number, line, len(named))]
    if len(found) != int(header["NUMBER VOTERS"]):
        raise InputError(f"{len(found)} ballots are there, and it says {header['NUMBER VOTERS']}")
    return Station(header["TITLE"], tuple(header[it] for it in named), tuple(found))


def _ballots(number: int, line: str, candidates: int) -> list[tuple[int, ...]]:
    """The ballots of a line: the same, so many times."""
    match = LINE.fullmatch(line)
    if not match:
        raise InputError(f"line {number}: not a ballot: {line[:60]!r}")
    approved = (match[2] if match[3] is None else match[3]).split(",")
    ballot = tuple(int(it) - 1 for it in approved if it)
    if not all(0 <= choice < candidates for choice in ballot):
        raise InputError(f"line {number}: a candidate is not on the list")
    if len(set(ballot)) != len(ballot):
        raise InputError(f"line {number}: a candidate is named twice")
    return [ballot] * int(match[1])
