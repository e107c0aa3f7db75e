"""Real approval ballots, as PrefLib publishes them.

Format: PrefLib's "categorical preferences" (`.cat`): header lines `# KEY: value`, then `count: {approved},{others}`
with alternatives numbered from 1; a category of one alternative has no braces, an empty one is `{}`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from beffroi.errors import InputError
from beffroi.textfile import read_text

HEADER = ("NUMBER ALTERNATIVES", "NUMBER VOTERS")
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
        InputError: a line is not understood, or there are not as many voters as the header says.
    """
    header: dict[str, str] = {}
    ballots: list[tuple[int, ...]] = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if line.startswith("#"):
            key, _, value = line.removeprefix("# ").partition(":")
            header[key] = value.strip()
        elif match := LINE.fullmatch(line):
            approved = (match[2] if match[3] is None else match[3]).split(",")
            ballots += [tuple(int(it) - 1 for it in approved if it)] * int(match[1])
        else:
            raise InputError(f"{path.name}, line {number}: not a ballot: {line[:60]!r}")
    if missing := [it for it in HEADER if not header.get(it, "").isdecimal()]:
        raise InputError(f"{path.name}: its header has no number after `# {missing[0]}:`")
    size = int(header["NUMBER ALTERNATIVES"])
    if len(ballots) != int(header["NUMBER VOTERS"]):
        raise InputError(f"{path.name} has {len(ballots)} ballots and says {header['NUMBER VOTERS']}")
    if any(not 0 <= choice < size for ballot in ballots for choice in ballot):
        raise InputError(f"{path.name}: a candidate is not on the list")
    names = tuple(header[f"ALTERNATIVE NAME {it}"] for it in range(1, size + 1))
    return Station(header["TITLE"], names, tuple(ballots))
