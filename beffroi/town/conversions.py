"""From the units people write to those contracts take. Everything that rounds, rounds here."""

from decimal import Decimal

from beffroi.currency.demurrage import kept_per_day
from beffroi.units import DAY_S, HOUR_S, MINUTE_S


def minutes_to_seconds(minutes: int) -> int:
    """Seconds in so many minutes."""
    return minutes * MINUTE_S


def hours_to_seconds(hours: int) -> int:
    """Seconds in so many hours."""
    return hours * HOUR_S


def days_to_seconds(days: int) -> int:
    """Seconds in so many days."""
    return days * DAY_S


def kept_per_day_q128(percent_per_year: Decimal) -> int:
    """What a balance keeps after a day, times 2¹²⁸: `beffroi.currency.demurrage.kept_per_day` of a percentage."""
    return kept_per_day(percent_per_year / 100)


def redeemable_kinds_mask(kinds: tuple[int, ...]) -> int:
    """A bit per kind of resident, at 1 << kind."""
    return sum(1 << kind for kind in kinds)
