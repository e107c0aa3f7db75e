"""Sheets: the codes that a sponsor prints, in a file of its own alone."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi import csvfile
from beffroi.csvfile import Column
from beffroi.errors import InputError
from beffroi.programmes.programmekeys import code_of, key_of, new_seed, seed_of
from beffroi.textfile import read_json, write_whole

FORMAT = "beffroi-sheets-1"
_MEMBERS = {"format", "title", "programme", "codes"}
_HOUSEHOLDS = (
    Column("key", csvfile.address, unique=True, also=("clé",)),
    Column("units", csvfile.number, also=("unités",)),
)


class SheetsError(InputError):
    """What was given is no file of sheets, or of another programme's."""


@dataclass(frozen=True)
class Sheets:
    """The codes of a programme's sheets.

    Attributes:
        title: of the programme.
        programme: its name, 32 bytes.
        seeds: 16 bytes each, which the codes show.
    """

    title: str
    programme: bytes
    seeds: tuple[bytes, ...]

    @classmethod
    def drawn(cls, title: str, programme: bytes, number: int) -> "Sheets":
        """So many new ones."""
        return cls(title, programme, tuple(new_seed() for _ in range(number)))

    @property
    def keys(self) -> list[str]:
        """The holders', in the order of sheets."""
        return [key_of(seed, self.programme).address for seed in self.seeds]

    def write(self, path: Path) -> None:
        """Writes them into a new file that nobody else reads: whoever reads it spends.

        Raises:
            SheetsError: there is one already, of another run perhaps, whose programme only its own codes open.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as error:
            raise SheetsError(f"{path.name} is there since: another run drew codes. Give the command again") from error
        codes = [code_of(seed) for seed in self.seeds]
        value = {"format": FORMAT, "title": self.title, "programme": f"0x{self.programme.hex()}", "codes": codes}
        write_whole(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n", mode=0o600)


def read_sheets(path: Path) -> Sheets:
    """Sheets from the file of their codes.

    Raises:
        SheetsError: it is no such file.
        CodeError: a code was mistyped.
        InputError: it is no JSON.
    """
    value = read_json(path, SheetsError)
    if not isinstance(value, dict) or value.keys() != _MEMBERS or value["format"] != FORMAT:
        raise SheetsError(f"{path.name} is no file of sheets: `programme open --sheets` writes one")
    if not isinstance(value["title"], str) or not _are_texts(value["codes"]):
        raise SheetsError(f"{path.name}: the title or a code is no text")
    programme = csvfile.bytes32(str(value["programme"]))
    return Sheets(value["title"], programme, tuple(seed_of(code) for code in value["codes"]))


def sheets_at(path: Path, title: str, programme: bytes, number: int) -> Sheets:
    """The sheets of an earlier run, or so many new ones, which are not written yet.

    Raises:
        SheetsError: the file is of another programme, or of another number of sheets.
    """
    if not path.exists():
        return Sheets.drawn(title, programme, number)
    sheets = read_sheets(path)
    if sheets.programme != programme:
        raise SheetsError(f"{path.name} has the codes of another programme, {sheets.title}: name another file")
    if len(sheets.seeds) != number:
        raise SheetsError(f"{path.name} has {len(sheets.seeds)} codes, and {number} are asked for: name another file")
    return sheets


def listed(households: Mapping[str, int], sheets: Sheets, each: int) -> dict[str, int]:
    """Units a period by key: households' own, and so many for each sheet."""
    return {**households, **dict.fromkeys(sheets.keys, each)}


def read_households(path: Path) -> Mapping[str, int]:
    """Units a period by the key that each household made in its wallet.

    Raises:
        CsvError: with every line that is wrong, a key that stands twice among them.
    """
    return {row["key"]: row["units"] for row in csvfile.read(path, _HOUSEHOLDS)}


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(it, str) for it in value)
