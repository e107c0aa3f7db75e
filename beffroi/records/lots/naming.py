"""Names of lots, products and holders: one URI for each, however it is written."""

import functools
import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from epcis_event_hash_generator.dl_normaliser import normaliser

from beffroi.errors import InputError

_ITEM: Final = "https://id.gs1.org/01/"
_PLACE: Final = re.compile(r"https://id\.gs1\.org/(?:414|417)/([0-9]{13})(?:/254/.*)?")
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]{1,500}")
"""RFC 3986: nothing but ASCII, so that no letter is taken for another alphabet's."""
_SIGNS: Final = re.compile(r"[\W_]+")
_ACCENTS: Final = re.compile("[\u0300-\u036f]")


class UriError(InputError):
    """A name is no URI."""


@functools.lru_cache(maxsize=1 << 16)
def uri(text: str) -> str:
    """A URI, in the form that the standard's hash gives to GS1's own.

    Raises:
        UriError: it is none.
    """
    if not _URI.fullmatch(text):
        raise UriError(f"{text!r:.80} is no URI: a scheme, a colon, ASCII without spaces, 500 characters at most")
    return normaliser(text) or text


def holder(text: str) -> str:
    """A party's or a place's name, as a party's.

    Raises:
        UriError: it is no URI.
    """
    name = uri(text)
    place = _PLACE.fullmatch(name)
    return f"https://id.gs1.org/417/{place[1]}" if place else name


def product(lot: str) -> str:
    """What a lot is a lot of: itself, where its name does not tell."""
    if not lot.startswith(_ITEM):
        return lot
    return re.split("/(?:10|21)/", lot, maxsplit=1)[0]


def is_lot(name: str) -> bool:
    """Whether a name is one lot's or one thing's, not a product's or a pattern of many."""
    return not name.endswith("*") and (not name.startswith(_ITEM) or product(name) != name)


def likeness(name: str) -> str:
    """What names have in common that a reader takes for one another: without case or accents, all signs alike."""
    told = unicodedata.normalize("NFKD", unquote(name)) if "%" in name else name
    letters = _ACCENTS.sub("", told)
    return _SIGNS.sub("-", letters).casefold()
