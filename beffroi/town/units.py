"""From the units people write to those contracts take. Everything that rounds, rounds here."""

from decimal import Decimal

from beffroi.currency.demurrage import kept_per_day

SECONDS_PER_HOUR = 3_600
SECONDS_PER_DAY = 86_400


def hours_to_seconds(hours: int) -> int:
    """Seconds in so many hours."""
    return hours * SECONDS_PER_HOUR


def days_to_seconds(days: int) -> int:
    """Seconds in so many days."""
    return days * SECONDS_PER_DAY


def kept_per_day_q128(percent_per_year: Decimal) -> int:
    """What a balance keeps after a day, times 2¹²⁸: `beffroi.currency.demurrage.kept_per_day` of a percentage."""
    return kept_per_day(percent_per_year / 100)


def redeemable_kinds_mask(kinds: tuple[int, ...]) -> int:
    """A bit per kind of resident, at 1 << kind."""
    return sum(1 << kind for kind in kinds)
