"""The rows of a CSV under one root: a row is shown with its proof alone, and rows in another order are told as such.

A row is the bytes of a record, quotes and all, without what ends its line. So a byte order mark, other line ends and
empty lines change the file and no row. Rows are not salted: the file that holds them is published whole, nothing in it
waits to be guessed.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from sha3 import keccak_256

from beffroi.errors import InputError
from beffroi.roll.merkle import Tree, hash_leaf, stands_at

BOM = b"\xef\xbb\xbf"
MOST_ROWS = 2**24
_QUOTED = re.compile(rb'(?:\A|(?<=[,;\t|]))"(?:[^"]|"")*"(?=[,;\t|]|\Z)')
"""A quoted field, by whatever separates fields."""
MOST_SHOWN = 5
"""Places of rows that differ, as they are told."""


class RowsError(InputError):
    """A file has no rows that could be sealed."""


@dataclass(frozen=True)
class Rows:
    """The rows of a CSV, its header first.

    Attributes:
        rows: bytes of each record, without what ends its line.
    """

    rows: tuple[bytes, ...]

    @classmethod
    def of(cls, data: bytes) -> "Rows":
        """The rows of a file's bytes: a line end within quotes (RFC 4180) belongs to its row, an empty line is none.

        Raises:
            RowsError: it is no text of a byte a letter, a quote is not closed or stands within a field, a line ends in
                CR alone, or it has no row, or too many.
        """
        if b"\0" in data:
            raise RowsError("a zero byte: this is no CSV, or UTF-16: save the file as “CSV UTF-8”")
        rows, parts, begun, quoted = [], [], 0, 0
        for line, text in enumerate(data.removeprefix(BOM).split(b"\n"), 1):
            begun = begun or line
            parts.append(text)
            quoted ^= text.count(b'"') & 1
            if quoted:
                continue
            if row := b"\n".join(parts).removesuffix(b"\r"):
                _require_plain(row, begun)
                rows.append(row)
            parts, begun = [], 0
        if quoted:
            raise RowsError(f"line {begun}: a quote is not closed")
        if not 0 < len(rows) <= MOST_ROWS:
            raise RowsError(f"a CSV has a header and {MOST_ROWS - 1:,} rows at most; this has {len(rows):,} lines")
        return cls(tuple(rows))

    def __len__(self) -> int:
        """How many, the header too."""
        return len(self.rows)

    @cached_property
    def leaves(self) -> tuple[bytes, ...]:
        """keccak(keccak(row)) of each."""
        return tuple(map(hash_leaf, self.rows))

    @cached_property
    def tree(self) -> Tree:
        """Of places, the header at 0."""
        return Tree(self.leaves, len(self), by_place=True)

    @property
    def root(self) -> bytes:
        """Of the rows in their order, 32 bytes."""
        return self.tree.root

    @cached_property
    def unordered(self) -> bytes:
        """Of the rows in any order, 32 bytes: keccak of their sorted leaves."""
        digest: bytes = keccak_256(b"".join(sorted(self.leaves))).digest()
        return digest


def _require_plain(row: bytes, line: int) -> None:
    """Refuses what readers part in another way: they would show other rows than are sealed."""
    bare = _QUOTED.sub(b"", row) if b'"' in row else row
    if b'"' in bare:
        raise RowsError(f"line {line}: a quote within a field: put the field in quotes, and that quote twice")
    if b"\r" in bare:
        raise RowsError(f"line {line}: a line that ends in CR alone: save the file with line ends of LF or CR LF")


@dataclass(frozen=True)
class RowProof:
    """A row with what proves it.

    Attributes:
        place: 0 is the header.
        text: the row.
        proof: its siblings in the tree of places.
    """

    place: int
    text: str
    proof: tuple[bytes, ...]

    @classmethod
    def of(cls, rows: Rows, place: int) -> "RowProof":
        """The row at a place.

        Raises:
            RowsError: there is none.
        """
        if not 0 <= place < len(rows):
            raise RowsError(f"the file has rows 1 to {len(rows) - 1}, no {place}")
        return cls(place, rows.rows[place].decode(), tuple(rows.tree.proof(place)))

    def stands(self, root: bytes, count: int) -> bool:
        """Whether it stands at its place among `count` rows of that root, the header counted."""
        return stands_at(root, count, self.place, hash_leaf(self.text.encode()), self.proof)


@dataclass(frozen=True)
class RowsDifference:
    """How rows differ from others.

    Attributes:
        changed: how many stand for others.
        added: how many are too many.
        missing: how many are too few.
        places: of those that the others have not; 0 is the header.
    """

    changed: int
    added: int
    missing: int
    places: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many rows differ."""
        return self.changed + self.added + self.missing

    @property
    def words(self) -> str:
        """It, in words."""
        counts = {"changed": self.changed, "added": self.added, "missing": self.missing}
        told = ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)
        shown = ", ".join("the header" if it == 0 else f"row {it}" for it in self.places[:MOST_SHOWN])
        more = ", …" if len(self.places) > MOST_SHOWN else ""
        return (told or "rows in another order") + (f": {shown}{more}" if shown else "")


def difference(mine: Rows, others: Rows) -> RowsDifference | None:
    """How rows differ from others, their order apart; None where they have less than half in common."""
    left, places = Counter(others.leaves), []
    for place, leaf in enumerate(mine.leaves):
        if left[leaf]:
            left[leaf] -= 1
        else:
            places.append(place)
    missing = left.total()
    if len(places) > len(mine) // 2 or missing > len(others) // 2:
        return None
    changed = min(len(places), missing)
    return RowsDifference(changed, len(places) - changed, missing - changed, tuple(places))
