"""What others wrote, as it may be shown: none of it moves a terminal's cursor, or turns the direction of a line."""

import re
import unicodedata
from typing import Final

STRANGE: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")
"""Control characters, ends of lines and paragraphs, and whatever bears Unicode's property Bidi_Control."""


def plain(text: str) -> str:
    """A text of one line, with a replacement character for each that would move what is shown."""
    return STRANGE.sub("\ufffd", text)


def plain_lines(text: str) -> str:
    """The same of a text of several lines, whose breaks are ours."""
    return "\n".join(map(plain, text.split("\n")))


def folded(name: str) -> str:
    """A name whatever its capitals, spaces and forms of letters."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
