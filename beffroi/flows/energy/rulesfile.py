"""An operation's rules as people write them: YAML with cents a kWh, percents and hours; docs/energy.md shows one."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from beffroi.flows.energy.energyrules import (
    DAY_MINUTES,
    MONTHS,
    WEEK,
    KeyKind,
    MeterFee,
    Name,
    PriceElement,
    Rules,
    TariffSlot,
    rules_of,
)
from beffroi.textfile import read_text
from beffroi.yamlfile import ConfigError, read_yaml

_HOURS: Final = re.compile(r"([01]?\d|2[0-4]):([0-5]\d) ?[-–] ?([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_SLOT: Final = "every slot"


def _refusal(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("said", "{sentence}", {"sentence": sentence})


def _scaled(value: Any, scale: int, what: str) -> int:
    """A number as written, in whole parts.

    Raises:
        PydanticCustomError: it is none, is below 0, or has parts of a part.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _refusal(f"{value!s} is no number of {what}")
    parts = value * scale
    if parts < 0 or parts != int(parts):
        raise _refusal(f"{value!s} {what}: 0 or more, in whole 1/{scale:,}")
    return int(parts)


def _hours(value: Any) -> tuple[int, int]:
    """`22:00-06:00` is refused: what crosses midnight is two."""
    match = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _refusal(f'{value!s} are no hours: write "06:00-22:00", with quotes')
    first, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if not first < end <= DAY_MINUTES:
        raise _refusal(f'{value!s} crosses midnight: write two, "22:00-24:00" and "00:00-06:00"')
    return first, end


def _day(value: Any) -> int:
    if value not in _DAYS:
        raise _refusal(f"{value!s} is no day of the week: {', '.join(_DAYS)}")
    return _DAYS.index(value) + 1


def _rates(value: Any) -> dict[str, int]:
    """Millionths of a euro a kWh, by slot; one for every slot."""
    if not isinstance(value, dict):
        return {EVERY_SLOT: _scaled(value, 10_000, "cents a kWh")}
    return {slot: _scaled(rate, 10_000, "cents a kWh") for slot, rate in value.items()}


def _vat_bp(value: Any) -> int:
    return _scaled(value, 100, "percent")


def _cents(value: Any) -> int:
    return _scaled(value, 100, "euros")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Slot(_Part):
    name: Name
    months: tuple[int, ...] = MONTHS
    days: tuple[Annotated[int, BeforeValidator(_day)], ...] = WEEK
    hours: tuple[Annotated[tuple[int, int], BeforeValidator(_hours)], ...] = ((0, DAY_MINUTES),)


class _Element(_Part):
    name: Name
    to: Literal["producers", "organiser"]
    ct_per_kwh: Annotated[dict[str, int], BeforeValidator(_rates)]
    vat_percent: Annotated[int, BeforeValidator(_vat_bp)] = 0


class _Fee(_Part):
    name: Name
    by: Literal["draws", "injects", "each"]
    euros: Annotated[int, BeforeValidator(_cents)]
    vat_percent: Annotated[int, BeforeValidator(_vat_bp)] = 0


class RulesFile(_Part):
    """The file of an operation's rules."""

    name: Name
    timezone: Name = "Europe/Paris"
    key: KeyKind = "default"
    slots: tuple[_Slot, ...]
    elements: tuple[_Element, ...]
    fees: tuple[_Fee, ...] = ()


def read_rules(path: Path) -> Rules:
    """The rules that a file tells: as people write them, or, named *.json, in the one text that is hashed.

    Raises:
        ConfigError: it cannot be read, or says what no rules say; with the line where there is one.
        EnergyError: the text is not the canonical one.
    """
    if path.suffix == ".json":
        return rules_of(read_text(path).removesuffix("\n"))
    told = read_yaml(path, RulesFile, "the rules")
    names = [it.name for it in told.slots]
    try:
        return Rules(
            name=told.name,
            timezone=told.timezone,
            key=told.key,
            slots=tuple(
                TariffSlot(name=it.name, months=tuple(sorted(it.months)), days=tuple(sorted(it.days)), hours=it.hours)
                for it in told.slots
            ),
            elements=tuple(
                PriceElement(name=it.name, to=it.to, rates=_by_slot(it, names), vat_bp=it.vat_percent)
                for it in told.elements
            ),
            fees=tuple(MeterFee(name=it.name, by=it.by, cents=it.euros, vat_bp=it.vat_percent) for it in told.fees),
        )
    except (ValidationError, PydanticCustomError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise ConfigError(f"{path}: {said}") from error


def _by_slot(element: _Element, names: list[str]) -> tuple[int, ...]:
    """An element's rates in the order of the slots."""
    rates = element.ct_per_kwh
    if rates.keys() == {EVERY_SLOT}:
        return (rates[EVERY_SLOT],) * len(names)
    if rates.keys() != set(names):
        raise _refusal(f"{element.name} has a price for {', '.join(rates)}: the slots are {', '.join(names)}")
    return tuple(rates[name] for name in names)
