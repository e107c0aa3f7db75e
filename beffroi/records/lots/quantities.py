"""What is counted, exactly: decimal quantities, and units of UN/CEFACT's Recommendation 20 that convert."""

import re
from fractions import Fraction
from typing import Final

from beffroi.errors import InputError
from beffroi.records.lots.rec20 import IN_FORCE

ONE: Final = "C62"
"""What has no unit is counted in it."""
_UNITS: Final[dict[str, dict[str, Fraction]]] = {
    "KGM": {
        "KGM": Fraction(1), "GRM": Fraction(1, 1000), "MGM": Fraction(1, 1_000_000), "TNE": Fraction(1000),
        "LBR": Fraction(45_359_237, 100_000_000), "ONZ": Fraction(45_359_237, 1_600_000_000),
    },
    "LTR": {
        "LTR": Fraction(1), "MLT": Fraction(1, 1000), "CLT": Fraction(1, 100), "DLT": Fraction(1, 10),
        "HLT": Fraction(100), "MTQ": Fraction(1000),
    },
    ONE: {ONE: Fraction(1), "EA": Fraction(1), "H87": Fraction(1), "PCE": Fraction(1), "DZN": Fraction(12)},
    "MTR": {"MTR": Fraction(1), "MMT": Fraction(1, 1000), "CMT": Fraction(1, 100), "KMT": Fraction(1000)},
}  # fmt: skip
_KNOWN: Final = {unit: (first, times) for first, units in _UNITS.items() for unit, times in units.items()}
_UNIT: Final = re.compile("[A-Z0-9]{2,3}")
_DECIMAL: Final = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,13}[1-9])?")
MOST_DIGITS: Final = 15
"""Of a quantity: those that a double keeps, in which the standard's hash and most readers of JSON count."""


class UnitError(InputError):
    """A quantity or a unit is none, or one does not convert to another."""


def require_unit(unit: str) -> str:
    """A unit of Recommendation 20, by its form.

    Raises:
        UnitError: it is none.
    """
    if not _UNIT.fullmatch(unit):
        raise UnitError(f"{unit!r:.60} is no unit of UN/CEFACT's Recommendation 20, as KGM, LTR, C62")
    return unit


def require_known_unit(unit: str) -> str:
    """A unit in which a maker counts: in force by Recommendation 20, or one that converts here.

    Raises:
        UnitError: it is none, with those that convert.
    """
    if unit not in _KNOWN and unit not in IN_FORCE:
        listed = "; ".join(" ".join(units) for units in _UNITS.values())
        raise UnitError(
            f"{unit!r:.60} is no unit of UN/CEFACT's Recommendation 20. These convert: {listed}; any other of the "
            "Recommendation converts to itself alone"
        )
    return unit


def measure(quantity: Fraction, unit: str) -> tuple[str, Fraction]:
    """The kind of a quantity, by the first of its units, and how many of that one it is.

    A unit that is not known is its own kind: it converts to nothing.
    """
    if unit not in _KNOWN:
        return unit, quantity
    first, times = _KNOWN[unit]
    return first, quantity if first == unit else quantity * times


def kind_of(unit: str) -> str:
    """The first of the units that a unit converts to."""
    return _KNOWN[unit][0] if unit in _KNOWN else unit


def decimal(text: str) -> Fraction:
    """A quantity in its one form: above 0, no zero before or after, 15 digits.

    Raises:
        UnitError: it is none.
    """
    digits = len(text.replace(".", "").lstrip("0"))
    if not _DECIMAL.fullmatch(text) or not 0 < digits <= MOST_DIGITS:
        raise UnitError(f"{text!r:.60} is no quantity: a decimal above 0 of {MOST_DIGITS} digits at most, as 12 or 0.5")
    return Fraction(text)


def decimal_text(quantity: Fraction) -> str:
    """The one form of a quantity.

    Raises:
        UnitError: it is not above 0, or has no such form.
    """
    whole, part = divmod(quantity.numerator, quantity.denominator)
    digits, at = "", 0
    while part and at <= MOST_DIGITS:
        digit, part = divmod(part * 10, quantity.denominator)
        digits += str(digit)
        at += 1
    if not 0 <= whole < 10**MOST_DIGITS:
        raise UnitError(f"a quantity is above 0 and has {MOST_DIGITS} digits at most")
    text = f"{whole}.{digits}" if digits else str(whole)
    decimal(text)
    return text


def shown(quantity: Fraction) -> str:
    """A quantity for people: to six decimals, not rounded where there is no need."""
    millionths = round(quantity * 1_000_000)
    text = f"{millionths // 1_000_000}.{millionths % 1_000_000:06}".rstrip("0").rstrip(".")
    return text if Fraction(text) == quantity else f"≈ {text}"
