"""Where someone acts in a programme: its sponsor, a granter, a holder, or anyone."""

from functools import cached_property
from pathlib import Path

from beffroi import csvfile
from beffroi.cli.bureau import TownBureau
from beffroi.cli.options import checked
from beffroi.csvfile import Column, Row
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.programmes.programmeacts import ProgrammeActs
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmeterms import MOST_CATEGORIES, ProgrammeTerms
from beffroi.units import euros

PROGRAMME = checked("programme", csvfile.bytes32)


class ProgrammeBureau(TownBureau):
    """Where someone acts in a programme."""

    NEEDS = ("Programmes",)

    @cached_property
    def book(self) -> ProgrammeBook:
        """The town's contract Programmes."""
        return ProgrammeBook.of(self.rpc, self.manifest)

    @cached_property
    def acts(self) -> ProgrammeActs:
        """What is done there."""
        return ProgrammeActs(self.book)


def worth(terms: ProgrammeTerms, units: int) -> str:
    """Units in words, with the money that they are."""
    money = f", {euros(units * terms.unit_cents)}" if terms.unit_cents else ""
    return f"{units:,} units{money}"


def read_merchants(path: Path) -> list[Row]:
    """Merchants with their categories, and how they are called where they are published.

    Raises:
        CsvError: with every line that is wrong.
    """
    return csvfile.read(path, _MERCHANTS)


def category_bits(text: str) -> int:
    """Categories by their places in the programme's file: `1 3`; `0` for none any more.

    Raises:
        InputError: one is no place.
    """
    bits = 0
    for word in text.split():
        place = csvfile.number(word)
        if place > MOST_CATEGORIES:
            raise InputError(f"{place} is no category: 1 to {MOST_CATEGORIES}, as the programme's file lists them")
        bits |= 1 << (place - 1) if place else 0
    return bits


def _label(text: str) -> str:
    if plain(text) != text:
        raise InputError("a character in it would move what is shown, or turn its direction")
    return text


_MERCHANTS = (
    Column("account", csvfile.address, unique=True),
    Column("categories", category_bits, also=("catégories",)),
    Column("label", _label, required=False, unique=True, also=("nom",)),
)
