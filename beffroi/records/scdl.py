"""Deliberations in the form of French local open data: SCDL *délibérations* 2.1.5, read and written.

A file is read by the schema's own rules (types, patterns, and its checks across columns), but for the nomenclature
ACTES, which the schema names and no public repository holds.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from beffroi import csvfile
from beffroi.csvfile import Column, CsvError, Row
from beffroi.errors import InputError
from beffroi.spreadsheet import guarded, unguarded

VOTES = ("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")
REQUIRED = (
    "COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM", "DELIB_OBJET",
)  # fmt: skip
NAMES = (*REQUIRED, "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE", *VOTES, "DELIB_URL")
"""The columns, in the schema's order."""
LA_POSTE = "356000000"
"""Whose establishments' SIRET have another check."""
Deliberation = Mapping[str, str]
"""A deliberation: the text of each column that is not empty."""


def read_scdl(path: Path) -> list[Deliberation]:
    """The deliberations of a file, all of them right.

    Raises:
        CsvError: it is no such file, or breaks a rule of the schema; with every line.
    """
    require_csv(path)
    rows = csvfile.read(path, [Column(name, _parser(name), name in REQUIRED, name == "DELIB_ID") for name in NAMES])
    problems = [f"line {row.line}: {problem}" for row in rows for problem in _across(row)]
    if problems:
        raise CsvError(path, problems)
    return [{name: row[name] for name in NAMES if row[name] is not None} for row in rows]


def write_scdl(deliberations: Sequence[Deliberation]) -> str:
    """Deliberations as a file of the schema, in UTF-8 with commas, of which no spreadsheet runs anything."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, NAMES, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guarded(text) for name, text in it.items()} for it in deliberations)
    return table.getvalue()


def siret(text: str) -> str:
    """A SIRET, its check digit right.

    Raises:
        InputError: it is none.
    """
    if not re.fullmatch("[0-9]{14}", text):
        raise InputError(f"{text[:40]!r} is no SIRET: 14 digits")
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text)))
    by_luhn = sum(number - 9 * (number > 9) for number in doubled) % 10 == 0
    if not by_luhn and not (text.startswith(LA_POSTE) and sum(map(int, text)) % 5 == 0):
        raise InputError(f"{text} is no SIRET: its check digit is wrong, one may have been mistyped")
    return text


def day(text: str) -> str:
    """A day, as ISO 8601 writes it.

    Raises:
        InputError: it is none.
    """
    try:
        right = dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if not right:
        raise InputError(f"{text[:40]!r} is no day: as 2026-01-31")
    return text


def require_csv(path: Path) -> None:
    """Lets no file pass whose fields stand between anything but commas, which the field's schemas want.

    Raises:
        CsvError: they do.
    """
    with path.open("rb") as file:
        head = file.read(4_096)
    header = head.split(b"\n", 1)[0]
    if b"," not in header and (b";" in header or b"\t" in header):
        raise CsvError(path, ["line 1: fields stand between ; or tabs, where the schema wants commas"])


def matching(pattern: str, words: str) -> Callable[[str], str]:
    """Takes text of a pattern.

    Args:
        pattern: of the whole text.
        words: what text is that does not match: “no code of a matter: as 7.1”.
    """

    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise InputError(f"{text[:40]!r} is {words}")
        return text

    return parse


def web_address(text: str) -> str:
    """An address on the web: no other scheme, which a page might run.

    Raises:
        InputError: it is none.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InputError(f"{text[:80]!r} is no address of a document: https://…")
    return text


_PARSERS: Mapping[str, Callable[[str], str]] = {
    "COLL_SIRET": siret,
    "DELIB_DATE": day,
    "PREF_DATE": day,
    "DELIB_MATIERE_CODE": matching(r"[0-9]\.[0-9]{1,2}", "no code of a matter: as 7.1"),
    "BUDGET_ANNEE": matching(r"[0-9]{4}(/[0-9]{4})?", "no year or years: as 2026 or 2026/2027"),
    "DELIB_URL": web_address,
    **{name: lambda text: str(csvfile.number(text)) for name in VOTES},
}


def _parser(name: str) -> Callable[[str], str]:
    return _PARSERS.get(name, unguarded)


def _across(row: Row) -> Iterator[str]:
    """The schema's checks across columns."""
    years = (row["BUDGET_ANNEE"] or "").split("/")
    if years != sorted(set(years)):
        yield f"BUDGET_ANNEE: {row['BUDGET_ANNEE']} ends before it begins"
    for group in (("BUDGET_ANNEE", "BUDGET_NOM"), VOTES):
        missing = [name for name in group if row[name] is None]
        if 0 < len(missing) < len(group):
            yield f"{group[0]}: {', '.join(missing)} is missing; either all of {', '.join(group)} or none"
    if row["PREF_DATE"] and row["PREF_DATE"] < row["DELIB_DATE"]:
        yield f"PREF_DATE: {row['PREF_DATE']} is before the vote of {row['DELIB_DATE']}"
    if all(row[name] is not None for name in VOTES):
        members, voters, *cast = (int(row[name]) for name in VOTES)
        if voters > members:
            yield f"VOTE_EFFECTIF: {voters} voted, of {members} members"
        if voters != sum(cast):
            yield f"VOTE_REEL: {voters} voted, and {sum(cast)} votes are told"
