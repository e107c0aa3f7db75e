"""Who is eligible, as OpenFisca computed it: what its Web API answers to `/calculate`, read from a file.

A situation (`SituationOutput` of its OpenAPI description) is `{entities: {name: {variable: {period: value}}}}`. Names
stay here: they never reach a roll, which has keys alone.
"""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from beffroi.errors import InputError
from beffroi.textfile import read_json

_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?(-([0-2]\d|3[01]))?|ETERNITY")
_CENT = Decimal("0.01")
_MOST_EUROS = 100_000
"""From which on single precision holds no cents."""


class EligibilityError(InputError):
    """What was given is no situation that OpenFisca computed, or has no amount for somebody."""


def read_amounts(path: Path, entities: str, variable: str, period: str) -> dict[str, int]:
    """What a variable is for each of a situation's entities, in cents.

    OpenFisca computes in single precision (40.35 comes as 40.349998…), so that an amount is rounded to the nearest
    cent, half of one up: below 100,000 euros that is the amount that was meant, and what is more is refused.

    Args:
        path: what `/calculate` answered, as JSON.
        entities: the plural of an entity: `menages`, `familles`, `households`.
        variable: an amount in euros.
        period: as OpenFisca names it: `2026`, `2026-12`.

    Returns:
        Cents by the entity's name, in the file's order; 0 for whoever has no right to anything.

    Raises:
        EligibilityError: the file has no such entity, or one of them no amount there.
    """
    if not _PERIOD.fullmatch(period):
        raise EligibilityError(f"{period!r} is no period of OpenFisca's: write 2026 or 2026-12")
    situation = read_json(path, EligibilityError, "a situation of OpenFisca's")
    found = situation.get(entities) if isinstance(situation, dict) else None
    if not isinstance(found, dict) or not found:
        raise EligibilityError(f"{path.name} has no {entities}: name an entity by its plural, as the file does")
    return {name: _cents(path, name, values, variable, period) for name, values in found.items()}


def units_of(amounts_cents: Mapping[str, int], unit_cents: int) -> dict[str, int]:
    """Whole units of so many cents for each, rounded down, for the budget; without whoever has none."""
    if unit_cents < 1:
        raise EligibilityError("stamps are worth nothing: no amount makes so many of them")
    units = {name: cents // unit_cents for name, cents in amounts_cents.items()}
    return {name: each for name, each in units.items() if each}


def _cents(path: Path, name: str, values: object, variable: str, period: str) -> int:
    of_periods = values.get(variable) if isinstance(values, dict) else None
    if not isinstance(of_periods, dict) or period not in of_periods:
        raise EligibilityError(f"{path.name}: {name} has no {variable} for {period}: ask OpenFisca for it with null")
    value = of_periods[period]
    if value is None:
        raise EligibilityError(f"{path.name}: {variable} of {name} is null: this is the question, save the answer")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise EligibilityError(f"{path.name}: {variable} of {name} is {value!r}, and no amount")
    if value >= _MOST_EUROS:
        raise EligibilityError(f"{path.name}: {variable} of {name} is no amount to the cent: {str(value)[:20]}")
    if value < 0:
        raise EligibilityError(f"{path.name}: {variable} of {name} is below zero: {value}")
    return int(Decimal(str(value)).quantize(_CENT, ROUND_HALF_UP) * 100)
