"""Real approval ballots, as PrefLib publishes them.

Format: PrefLib's "categorical preferences" (`.cat`): header lines `# KEY: value`, then `count: {approved},{others}`
with alternatives numbered from 1; a category of one alternative has no braces, an empty one is `{}`. Its other formats
hold orders, or weights, and are refused, by their name or by what their header says they are.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from beffroi.ballots.rules import MOST_CIPHERTEXTS
from beffroi.errors import InputError
from beffroi.textfile import read_text

NUMBERS = ("NUMBER ALTERNATIVES", "NUMBER VOTERS")
REFUSED = {
    "soc": "orders (strict and complete)",
    "soi": "orders (strict)",
    "toc": "orders (complete, with ties)",
    "toi": "orders (with ties)",
    "wmd": "weights between alternatives",
}
"""What the files of other types hold."""
NUMBER = re.compile(r"[0-9]{1,8}")
LINE = re.compile(r"([0-9]{1,8}): *(?:\{([0-9, ]*)\}|([0-9]+)), *(?:\{([0-9, ]*)\}|([0-9]+)) *")


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
    try:
        _require_approvals(path.suffix.lower().removeprefix("."))
        return _station(read_text(path))
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from error


def _require_approvals(kind: str) -> None:
    if held := REFUSED.get(kind):
        raise InputError(
            f"a .{kind} file holds {held}: what is opened of a secret vote is a sum of all ballots, from which no "
            "ranks can be read; approvals stand in .cat files"
        )


def _station(text: str) -> Station:
    lines = list(enumerate(text.splitlines(), 1))
    said = [line.removeprefix("# ").partition(":") for _, line in lines if line.startswith("#")]
    header = {key: value.strip() for key, _, value in said}
    _require_approvals(header.get("DATA TYPE", "").lower())
    if (categories := header.get("NUMBER CATEGORIES", "2")) != "2":
        raise InputError(f"{categories} categories: two are read, approved and not")
    if missing := [it for it in NUMBERS if not NUMBER.fullmatch(header.get(it, ""))]:
        raise InputError(f"its header has no number after `# {missing[0]}:`")
    size, voters = (int(header[it]) for it in NUMBERS)
    if size > MOST_CIPHERTEXTS:
        raise InputError(f"{size:,} alternatives: {MOST_CIPHERTEXTS} at most fit a secret ballot of this kind")
    named = [f"ALTERNATIVE NAME {it}" for it in range(1, size + 1)]
    if missing := [it for it in ("TITLE", *named) if it not in header]:
        raise InputError(f"its header has no line `# {missing[0]}:`")
    found = [_ballots(number, line, size) for number, line in lines if line.strip() and not line.startswith("#")]
    if (there := sum(times for times, _ in found)) != voters:
        raise InputError(f"{there:,} ballots are there, and it says {voters:,}")
    ballots = tuple(ballot for times, ballot in found for _ in range(times))
    return Station(header["TITLE"], _told_apart([header[it] for it in named]), ballots)


def _told_apart(names: list[str]) -> tuple[str, ...]:
    """Namesakes with their numbers."""
    times = Counter(names)
    return tuple(name if times[name] == 1 else f"{name} ({number})" for number, name in enumerate(names, 1))


def _ballots(number: int, line: str, candidates: int) -> tuple[int, tuple[int, ...]]:
    """How many ballots of a line there are, all the same, and the candidates that each approves."""
    match = LINE.fullmatch(line)
    if not match:
        raise InputError(f"line {number}: not a ballot: {line[:60]!r}")
    categories = [match[2] if match[3] is None else match[3], match[4] if match[5] is None else match[5]]
    approved, others = ([int(it) - 1 for it in each.split(",") if it.strip()] for each in categories)
    named = [*approved, *others]
    if not all(0 <= choice < candidates for choice in named):
        raise InputError(f"line {number}: a candidate is not on the list")
    if len(set(named)) != len(named):
        raise InputError(f"line {number}: a candidate is named twice: nobody can tell what is meant")
    return int(match[1]), tuple(approved)
