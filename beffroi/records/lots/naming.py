"""Names of lots, products and holders: one URI for each, however it is written."""

import functools
import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from epcis_event_hash_generator.dl_normaliser import normaliser

from beffroi.errors import InputError
from beffroi.plain import STRANGE

_GS1: Final = "https://id.gs1.org/"
_ITEM: Final = f"{_GS1}01/"
_PLACE: Final = re.compile(r"https://id\.gs1\.org/(?:414|417)/([0-9]{13})(?:/254/.*)?")
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]{1,500}")
"""RFC 3986: nothing but ASCII, so that no letter is taken for another alphabet's."""
_GS1_KEY: Final = re.compile(
    r"urn:epc:|https?:[^?#]*/(?:00|01|253|255|401|402|414|417|80(?:03|04|06|10|17|18)|"
    r"gtin|itip|cpid|gln|party|gsrnp?|gcn|sscc|gdti|ginc|gsin|grai|giai)/[0-9]{4}",
    re.IGNORECASE,
)
"""A key of GS1's in an EPC or a web address."""
_GS1_FORM: Final = re.compile(
    r"https://id\.gs1\.org/(?:01/[0-9]{14}(?:(?:/10/[^/?#]+)?/21/[^/?#]+|/(?:10|235)/[^/?#]+)?"
    r"|(?!01)[0-9]{2,4}/[^/?#]+(?:/[0-9]{2,4}/[^/?#]+)?)"
)
_THING: Final = re.compile(r"https?:[^?#]*/(?:01|gtin)/[0-9]{8,14}(?P<lot>/(?:10|lot)/[^/?#]+)/(?:21|ser)/[^/?#]+")
_ESCAPE: Final = re.compile("%(?![0-9A-F]{2})|%(?:4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A]|3[0-9]|2D|2E|5F|7E)")
"""One that is none, or not the one form of one: of a sign that needs none, or in small letters."""
_CHECKED: Final = re.compile(r"https://id\.gs1\.org/(?:01|00|41[0-7])/([0-9]+)(?:/.*)?")
"""A GTIN, an SSCC, a GLN: those of which the last digit checks the others."""
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
    name = normaliser(text) or text
    if (thing := _THING.fullmatch(text)) and "/21/" in name and "/10/" not in name:
        name = name.replace("/21/", f"/10/{thing['lot'].rpartition('/')[2]}/21/")
    if _GS1_KEY.match(name) and not _GS1_FORM.fullmatch(name):
        raise UriError(f"{text!r:.80} is no name of GS1's in the one form, as https://id.gs1.org/01/<GTIN>/10/<lot>")
    if _ESCAPE.search(name) or STRANGE.search(unquote(name)):
        raise UriError(f"{text!r:.80} has an escape that is none, that needs none, or that moves what is shown")
    return name


def check_digit(digits: str) -> str:
    """What follows them: threes and ones in turn from the right, up to a multiple of ten (GS1 General Specifications).

    Args:
        digits: of a GTIN, a GLN or an SSCC, without the last.
    """
    total = sum(int(it) * (1 if place % 2 else 3) for place, it in enumerate(reversed(digits)))
    return str(-total % 10)


def require_check_digit(name: str) -> None:
    """Lets no name pass that was mistyped.

    Args:
        name: in its one form.

    Raises:
        UriError: the last digit of its GTIN, GLN or SSCC is not the one that the others make.
    """
    checked = _CHECKED.fullmatch(name)
    if checked and checked[1][-1] != (right := check_digit(checked[1][:-1])):
        raise UriError(f"{name} is mistyped: its check digit is {checked[1][-1]}, and its other digits make {right}")


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


def is_gs1(name: str) -> bool:
    """Whether a name is made of GS1's keys."""
    return name.startswith(_GS1)


def likeness(name: str) -> str:
    """What names that look alike have in common: no case, no accents, no signs at the ends, all others alike."""
    told = unicodedata.normalize("NFKD", unquote(name)) if "%" in name else name
    letters = _ACCENTS.sub("", told)
    return _SIGNS.sub("-", letters).strip("-").casefold()
