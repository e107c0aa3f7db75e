"""CSV as people export it, read whole and checked before anything is sent.

What is accepted: UTF-8 with or without BOM; `;`, `,` or a tab between fields, named by Excel's `sep=;` or not; blank
lines, and empty columns at the right; headers and words in French too; amounts with a decimal comma or point, and
spaces of any kind, apostrophes or points between groups of three digits; addresses in one case or with their checksum
(EIP-55). What is wrong is listed with its line, all of it at once.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_utils.address import is_checksum_address, to_checksum_address

from beffroi.errors import InputError
from beffroi.textfile import text_of

DELIMITERS = ";,\t"
ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
IN_FRENCH: Mapping[str, Sequence[str]] = {
    "account": ("compte", "adresse"),
    "amount": ("montant",),
    "ceiling": ("plafond",),
    "commitment": ("engagement",),
    "due": ("échéance",),
    "floor": ("plancher",),
    "kind": ("genre", "type"),
    "parcel": ("parcelle",),
    "redemption": ("rachat",),
    "reference": ("référence",),
    "text": ("texte",),
    "weight_bps": ("poids_bps",),
}
"""What a column is called in a French town hall's files, by its name."""
SHOWN_ERRORS = 200


class CsvError(InputError):
    """What is wrong with a file, by line; nothing was sent.

    Attributes:
        problems: each with its line, in order.
    """

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        shown = list(problems[:SHOWN_ERRORS])
        if len(problems) > len(shown):
            shown.append(f"… and {len(problems) - len(shown)} more")
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n".join([f"{path.name} has {count}; nothing was sent:", *shown]))
        self.problems = list(problems)


Parse = Callable[[str], Any]
"""Makes a value of a field's text; a ValueError says what is allowed."""


@dataclass(frozen=True)
class Column:
    """A column that a file has.

    Attributes:
        name: in the header; case and spaces around it don't matter.
        parse: of each field.
        required: whether the file must have the column, and each line a value; else it is None.
        unique: whether no two lines may have the same value.
        also: other names that the column goes by.
    """

    name: str
    parse: Parse
    required: bool = True
    unique: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A line, parsed.

    Attributes:
        line: its number in the file, the header's being 1.
        values: by column name; None where an optional one is empty.
    """

    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        """The value of a column."""
        return self.values[column]


@dataclass
class _Check:
    problems: list[tuple[int, str]] = field(default_factory=list)
    seen: dict[tuple[str, Any], int] = field(default_factory=dict)

    def report(self, line: int, problem: str) -> None:
        self.problems.append((line, f"line {line}: {problem}"))


def read(path: Path, columns: Sequence[Column]) -> list[Row]:
    """The lines of a file, all of them right.

    Raises:
        CsvError: with every problem of every line.
    """
    check = _Check()
    lines = _lines(path)
    if not lines:
        raise CsvError(path, ["line 1: the file is empty"])
    (first, names), *rest = lines
    while names and not names[-1].strip():  # spreadsheets write empty columns at the right
        names.pop()
    places = _places(names, columns, first, check)
    rows = [
        _row(line, fields, len(names), places, columns, check) for line, fields in rest if any(map(str.strip, fields))
    ]
    if not rows:
        check.report(first, "no line follows the header")
    if check.problems:
        raise CsvError(path, [text for _, text in sorted(check.problems, key=lambda it: it[0])])
    return rows


def address(text: str) -> str:
    """A checksummed address.

    Raises:
        InputError: it is not an address, its checksum is wrong, or it is zero.
    """
    if not ADDRESS.fullmatch(text):
        raise InputError(f"{text[:60]!r} is not an address: 0x and 40 hexadecimal digits")
    digits = text[2:]
    if digits not in (digits.lower(), digits.upper()) and not is_checksum_address(text):
        raise InputError(f"{text} has a wrong checksum: a digit may have been mistyped (EIP-55)")
    if not int(digits, 16):
        raise InputError("the zero address holds nothing")
    return str(to_checksum_address(text.lower()))


def one_of(choices: Mapping[str, Any], also: Mapping[str, str] | None = None) -> Parse:
    """A word of a list, in any case; its meaning.

    Args:
        choices: the words, as errors list them.
        also: other words, each with the one that it stands for.
    """

    def parse(text: str) -> Any:
        word = _plain(text).replace(" ", "_").replace("-", "_")
        word = (also or {}).get(word, word)
        if word not in choices:
            raise InputError(f"{text!r} is unknown: {', '.join(choices)} are allowed")
        return choices[word]

    return parse


def bytes32(text: str) -> bytes:
    """32 bytes in hexadecimal.

    Raises:
        InputError: it is not.
    """
    if not re.fullmatch("0x[0-9a-fA-F]{64}", text):
        raise InputError(f"{text[:70]!r} is not a hash: 0x and 64 hexadecimal digits")
    return bytes.fromhex(text[2:])


def number(text: str) -> int:
    """A whole number.

    Raises:
        InputError: it is not.
    """
    if not re.fullmatch("[0-9]{1,18}", text):
        raise InputError(f"{text[:60]!r} is not a whole number")
    return int(text)


def words(text: str) -> str:
    """Text as it is."""
    return text


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Every line with its number, from the header on."""
    try:
        text = text_of(path.read_bytes())
    except InputError as error:
        raise CsvError(path, [f"{error} (“CSV UTF-8”)"]) from error
    delimiter, skipped, text = _delimited(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines, before = [], skipped
    try:
        for fields in reader:
            lines.append((before + 1, fields))
            before = skipped + reader.line_num
    except csv.Error as error:
        raise CsvError(path, [f"line {before + 1}: {error}; a quote may not be closed"]) from error
    return lines


def _delimited(text: str) -> tuple[str, int, str]:
    """What separates fields; how many lines come before the header: blank ones, and Excel's `sep=;`; what follows."""
    named, skipped, start = None, 0, 0
    for line in io.StringIO(text, newline=""):
        words = line.strip()
        if words and (match := SEPARATOR.fullmatch(words)):
            named = match[1]
        elif words.strip(DELIMITERS):
            return named or max(DELIMITERS, key=line.count), skipped, text[start:]
        skipped += 1
        start += len(line)
    return named or ";", skipped, ""


def _places(names: Sequence[str], columns: Sequence[Column], line: int, check: _Check) -> dict[str, int]:
    found = [_plain(name) for name in names]
    places: dict[str, int] = {}
    for column in columns:
        at = [place for place, name in enumerate(found) if name in _names(column)]
        if len(at) > 1:
            check.report(line, f"column {column.name} stands {len(at)} times")
        elif at:
            places[column.name] = at[0]
        elif column.required:
            check.report(line, f"no column {column.name}; the file has {', '.join(names)}")
    for place, name in enumerate(found):
        if place not in places.values() and not any(name in _names(it) for it in columns):
            check.report(line, f"unknown column {name!r}; allowed are {', '.join(it.name for it in columns)}")
    return places


def _names(column: Column) -> set[str]:
    return {_plain(name) for name in (column.name, *column.also, *IN_FRENCH.get(column.name, ()))}


def _plain(name: str) -> str:
    """Without case, accents, or spaces around it."""
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _row(
    line: int, fields: Sequence[str], width: int, places: Mapping[str, int], columns: Sequence[Column], check: _Check
) -> Row:
    values: dict[str, Any] = {}
    if (len(fields) != width and any(map(str.strip, fields[width:]))) or len(fields) < width:
        check.report(line, f"{len(fields)} fields, where the header has {width}; an amount with a comma needs quotes")
        return Row(line, values)
    for column in columns:
        text = fields[places[column.name]].strip() if column.name in places else ""
        values[column.name] = None
        if not text:
            if column.required and column.name in places:
                check.report(line, f"no {column.name}")
            continue
        try:
            values[column.name] = column.parse(text)
        except ValueError as error:
            check.report(line, f"{column.name}: {error}")
            continue
        if column.unique:
            first = check.seen.setdefault((column.name, values[column.name]), line)
            if first != line:
                check.report(line, f"{column.name}: {text} stands on line {first} already")
    return Row(line, values)
