"""The French parcel id, which is the title's token id.

Fourteen characters: the commune's INSEE code (5), the prefix (3), the section (2) and the number (4). The prefix tells
apart the sections of a commune that absorbed others ("000" elsewhere). A section of one letter is padded with a zero;
those of Alsace and Moselle are numbers. An id is never used again, even after its parcel was divided or merged.
"""

import re
from dataclasses import dataclass
from typing import Self

from beffroi.errors import InputError

LENGTH = 14

_SHAPE = re.compile(r"([0-9AB]{5})([0-9]{3})([0-9A-Z]{2})([0-9]{4})")
_SECTION = re.compile(r"0[A-Z]|[A-Z]{2}|[0-9]{2}")
_METROPOLE = {f"{number:02}" for number in range(1, 96)}
_CORSICA = {"2A", "2B"}
_OVERSEAS = {"971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"}


class ParcelIdError(InputError):
    """The text is not a parcel id; the message says why."""


@dataclass(frozen=True, order=True)
class ParcelId:
    """A valid parcel id. Made by `parse`, `compose` or `from_token_id`.

    Attributes:
        text: the fourteen characters.
    """

    text: str

    def __post_init__(self) -> None:
        _check(self.text)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """The id that a text holds; the space before a section of one letter becomes the zero it stands for.

        Raises:
            ParcelIdError: it holds none.
        """
        if len(text) == LENGTH and text[8] == " ":
            text = f"{text[:8]}0{text[9:]}"
        return cls(text)

    @classmethod
    def compose(cls, commune: str, prefix: str, section: str, number: str) -> Self:
        """The id of a parcel from its parts as Etalab writes them: section "A" and number "37" are padded.

        Raises:
            ParcelIdError: together they make no id.
        """
        return cls(f"{commune}{prefix.rjust(3, '0')}{section.strip().rjust(2, '0')}{number.strip().rjust(4, '0')}")

    @classmethod
    def from_token_id(cls, token_id: int) -> Self:
        """The id that a token id stands for.

        Args:
            token_id: the fourteen characters read as one big-endian number, `uint256(uint112(bytes14))` in Solidity.

        Raises:
            ParcelIdError: the number holds no id.
        """
        try:
            return cls(token_id.to_bytes(LENGTH, "big").decode("ascii"))
        except (OverflowError, UnicodeDecodeError):
            raise ParcelIdError(f"the token id {token_id} does not hold fourteen characters") from None

    @property
    def bytes14(self) -> bytes:
        """The fourteen characters in ASCII."""
        return self.text.encode("ascii")

    @property
    def token_id(self) -> int:
        """The title's token id, a uint256."""
        return int.from_bytes(self.bytes14, "big")

    @property
    def commune(self) -> str:
        """The INSEE code of the commune, five characters."""
        return self.text[:5]

    @property
    def departement(self) -> str:
        """The département or overseas territory: "91", "2A", "974"."""
        return self.text[:3] if self.text.startswith(("97", "98")) else self.text[:2]

    @property
    def prefix(self) -> str:
        """Three digits, "000" unless the commune absorbed another or is divided into quarters."""
        return self.text[5:8]

    @property
    def section(self) -> str:
        """Two characters, padded: "AB", "0A", "07"."""
        return self.text[8:10]

    @property
    def number(self) -> int:
        """The number within the section."""
        return int(self.text[10:])

    @property
    def label(self) -> str:
        """As people say it: "AB 37", "A 5", "037 ZC 63"."""
        section = self.section.removeprefix("0") if self.section[1].isalpha() else self.section
        absorbed = "" if self.prefix == "000" else f"{self.prefix} "
        return f"{absorbed}{section} {self.number}"


def _check(text: str) -> None:
    if not text.isascii():
        raise ParcelIdError(f"{text!r} holds a character outside ASCII")
    if len(text) != LENGTH:
        raise ParcelIdError(_why_the_length_is_wrong(text))
    if text != text.upper():
        raise ParcelIdError(f"{text!r} is written in lower case: ids are in capitals")
    parts = _SHAPE.fullmatch(text)
    if parts is None:
        raise ParcelIdError(f"{text!r} is not a commune (5), prefix (3), section (2) and number (4)")
    commune, _, section, number = parts.groups()
    _check_commune(text, commune)
    if not _SECTION.fullmatch(section):
        raise ParcelIdError(f"{text!r}: {section!r} is not a section (two letters, a zero and a letter, or two digits)")
    if section == "00":
        raise ParcelIdError(f"{text!r}: no section is numbered 00")
    if number == "0000":
        raise ParcelIdError(f"{text!r}: no parcel is numbered 0000")


def _why_the_length_is_wrong(text: str) -> str:
    why = f"{text!r} has {len(text)} characters instead of {LENGTH}"
    without = [text[:at] + text[at + 1 :] for at in range(len(text)) if text[at] in " 0"]
    if len(text) == LENGTH + 1 and any(_is_id(shorter) for shorter in without):
        return f"{why}: it was padded once too often, and which character is in excess cannot be known"
    if text != text.strip():
        return f"{why}: there are spaces around it"
    return why


def _is_id(text: str) -> bool:
    try:
        _check(text)
    except ParcelIdError:
        return False
    return True


def _check_commune(text: str, commune: str) -> None:
    if commune.startswith("20"):
        raise ParcelIdError(f"{text!r}: Corsica's communes are in 2A or 2B, 20 is no more")
    if commune[:2] in _METROPOLE | _CORSICA:
        known, number = True, commune[2:]
    else:
        known, number = commune[:3] in _OVERSEAS, commune[3:]
    if not known:
        raise ParcelIdError(f"{text!r}: {commune[:2]!r} is no département")
    if not number.isdigit() or not int(number):
        raise ParcelIdError(f"{text!r}: {commune!r} is no commune's code")
