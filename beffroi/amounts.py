"""Amounts of money as people write them, read exactly or refused."""

import re

from beffroi.errors import InputError

SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]")  # no-break, figure, thin, narrow no-break
SPACED = re.compile(r"[1-9]\d{0,2}(?:([ '])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?", re.ASCII)
GROUPED = re.compile(r"[1-9]\d{0,2}([.,]\d{3})+", re.ASCII)
MOST_DIGITS = 17
"""Before the decimals: more than all the euros there are, and with their cents within 64 bits."""
DECIMAL = re.compile(r"(\d+)(?:\.(\d{1,2}))?", re.ASCII)


def amount_cents(text: str) -> int:
    """Cents, more than 0; otherwise as `amount_or_nothing_cents`.

    Raises:
        InputError: it is no amount, or is not more than 0.
    """
    cents = amount_or_nothing_cents(text)
    if cents == 0:
        raise InputError(f"{text!r} is not more than 0")
    return cents


def amount_or_nothing_cents(text: str) -> int:
    """Cents, exactly: `1234.5`, `1 234,50`, `1.234,50`, `1'234.50`, `0`.

    Raises:
        InputError: it is no amount, has more than two decimals, has groups of other than three digits, could be
            read in two ways (`1.234` may be a thousand or one), or is more than any account holds.
    """
    plain = SPACES.sub(" ", text).replace("\u2019", "'").removesuffix("€").strip()
    if " " in plain or "'" in plain:
        if not SPACED.fullmatch(plain):
            raise InputError(f"{text!r} is not an amount: spaces and apostrophes stand between groups of three digits")
        plain = plain.replace(" ", "").replace("'", "")
    if GROUPED.fullmatch(plain) and len(re.findall("[.,]", plain)) == 1:
        raise InputError(f"{text!r} may be thousands or decimals: write two decimals, or no separator")
    decimal = max(plain.rfind(","), plain.rfind("."))
    if decimal != -1:
        whole, mark, cents = plain[:decimal], plain[decimal], plain[decimal + 1 :]
        other = "," if mark == "." else "."
        if GROUPED.fullmatch(plain) and other not in plain:
            plain = plain.replace(mark, "")
        elif other in whole and GROUPED.fullmatch(whole) and mark not in whole:
            plain = f"{whole.replace(other, '')}.{cents}"
        else:
            plain = f"{whole}.{cents}"
    match = DECIMAL.fullmatch(plain)
    if match is None:
        raise InputError(f"{text!r} is not an amount: digits, and at most two decimals after a comma or a point")
    if len(match[1].lstrip("0")) > MOST_DIGITS:
        raise InputError(f"an amount of {len(match[1])} digits is more than any account holds")
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
