"""What a shared kWh costs, before it applies: by slot, and through a day to come."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from beffroi.flows.energy.clockdays import days_clock
from beffroi.flows.energy.energyrules import Rules, slots_from

STEP_S = 300
"""The shortest step that an operation has: a slot begins with one."""

_WHOLE_BP = 10_000
_MILLIONTHS_PER_CENT = 10_000


class TariffHours(NamedTuple):
    """A part of a day with one price.

    Attributes:
        start_s: when it begins, unix seconds.
        end_s: when it is over.
        slot: the rules' that holds.
    """

    start_s: int
    end_s: int
    slot: int


def price_ct(rules: Rules, slot: int) -> Decimal:
    """What who draws pays for a shared kWh in a slot, VAT included, in cents: exact."""
    parts = sum(it.rates[slot] * (_WHOLE_BP + it.vat_bp) for it in rules.elements)
    return Decimal(parts) / (_WHOLE_BP * _MILLIONTHS_PER_CENT)


def hours_of(rules: Rules, day: date) -> list[TariffHours]:
    """The parts of a local day, of 23, 24 or 25 hours."""
    clock = days_clock(day, day + timedelta(days=1), rules.timezone, STEP_S)
    found, start_s = [], clock.start_s
    for slot, steps in groupby(slots_from(rules, clock.start_s, STEP_S, clock.steps)):
        end_s = start_s + STEP_S * sum(1 for _ in steps)
        found.append(TariffHours(start_s, end_s, slot))
        start_s = end_s
    return found
