"""An operation's rules: tariff slots, prices, fees, VAT and key, in the one text whose hash its members sign.

Amounts are whole: millionths of a euro a kWh, cents a meter, basis points of VAT. Everything that a bill needs beside
the public allocations is here, so that a stranger finds the same cent (`bills`).
"""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Final, Literal
from unicodedata import category

import numpy as np
from eth_utils.crypto import keccak
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from beffroi.errors import InputError
from beffroi.flows.energy.clockdays import zone_of
from beffroi.flows.energy.curves import MOST_SLOTS, Curves, EnergyError
from beffroi.textfile import json_of

KeyKind = Literal["default", "static", "simple", "full"]
MONTHS: Final = tuple(range(1, 13))
WEEK: Final = tuple(range(1, 8))
DAY_MINUTES: Final = 24 * 60


_UNSEEN: Final = {"Cc", "Cf", "Zs", "Zl", "Zp"}
"""Unicode's categories of what a screen does not show: two slots would have one name to the eye."""


def _plainly(name: str) -> str:
    if any(category(it) in _UNSEEN and it != " " for it in name) or name != name.strip():
        raise PydanticCustomError("said", "a name is one line of text, without spaces around it or signs unseen", {})
    return name


Name = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_plainly)]
Month = Annotated[int, Field(ge=1, le=12)]
Weekday = Annotated[int, Field(ge=1, le=7)]
Minute = Annotated[int, Field(ge=0, le=DAY_MINUTES)]
Rate = Annotated[int, Field(ge=0, le=100_000_000)]
VatBp = Annotated[int, Field(ge=0, le=10_000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TariffSlot(_Part):
    """A part of the year with a price of its own.

    Attributes:
        name: as bills tell it.
        months: in which it holds, 1 to 12.
        days: of the week on which it holds, 1 (Monday) to 7.
        hours: of the local day in which it holds, as minutes from and to; a step belongs where it begins.
    """

    name: Name
    months: tuple[Month, ...] = Field(default=MONTHS, min_length=1)
    days: tuple[Weekday, ...] = Field(default=WEEK, min_length=1)
    hours: tuple[tuple[Minute, Minute], ...] = Field(default=((0, DAY_MINUTES),), min_length=1, max_length=48)

    @model_validator(mode="after")
    def _is_in_order(self) -> "TariffSlot":
        if any(list(it) != sorted(set(it)) for it in (self.months, self.days)):
            raise PydanticCustomError("said", "months and days rise, each once", {})
        if any(first >= end for first, end in self.hours):
            raise PydanticCustomError("said", "hours begin before they end: 22:00-06:00 is two, to and from 24:00", {})
        return self


class PriceElement(_Part):
    """A part of what a shared kWh costs who draws it.

    Attributes:
        name: as bills tell it: energy, margin, grid, tax.
        to: who gets it; what goes to producers follows the kWh that each of them gave.
        rates: millionths of a euro a kWh, before VAT, by slot.
        vat_bp: VAT on it, basis points; it goes with it to whoever must declare it.
    """

    name: Name
    to: Literal["producers", "organiser"]
    rates: tuple[Rate, ...]
    vat_bp: VatBp = 0


class MeterFee(_Part):
    """What the organiser gets of each meter and period, whatever it reads.

    Attributes:
        name: as bills tell it.
        by: whose meters: of who draws, of who injects, or each.
        cents: before VAT.
        vat_bp: VAT on it, basis points.
    """

    name: Name
    by: Literal["draws", "injects", "each"]
    cents: Annotated[int, Field(ge=0, le=10_000_000)]
    vat_bp: VatBp = 0


class Rules(_Part):
    """The rules of an operation.

    Attributes:
        name: of the operation.
        timezone: in which hours, days and months are meant: Europe/Paris.
        key: by which the sun is shared; only the default one is verified by strangers (`sharekeys`).
        slots: the first that holds at a step's beginning is the step's.
        elements: of the price of a shared kWh.
        fees: of each meter.

    Raises:
        ValidationError: a time has no slot, a slot no time, or an element another number of rates than there are slots.
    """

    name: Name
    timezone: Name
    key: KeyKind
    slots: tuple[TariffSlot, ...] = Field(min_length=1, max_length=MOST_SLOTS)
    elements: tuple[PriceElement, ...] = Field(min_length=1, max_length=32)
    fees: tuple[MeterFee, ...] = Field(default=(), max_length=32)

    @model_validator(mode="after")
    def _covers_the_year(self) -> "Rules":
        try:
            zone_of(self.timezone)
        except EnergyError as error:
            raise PydanticCustomError("said", "{said}", {"said": str(error)}) from error
        slots, paid = [it.name for it in self.slots], [it.name for it in self.elements] + [it.name for it in self.fees]
        if any(len(set(names)) != len(names) for names in (slots, paid)):
            raise PydanticCustomError("said", "two slots, or two elements or fees, have one name", {})
        for element in self.elements:
            if len(element.rates) != len(self.slots):
                said = f"{element.name!r} has {len(element.rates)} rates for {len(self.slots)} slots: one each"
                raise PydanticCustomError("said", "{said}", {"said": said})
        table = _calendar(self.slots)
        if (table < 0).any():
            month, day, minute = np.argwhere(table < 0)[0].tolist()
            said = (
                f"no slot holds at {minute // 60:02}:{minute % 60:02} on day {day + 1} of the week in month {month + 1}"
            )
            raise PydanticCustomError("said", "{said}: let the last slot hold always", {"said": said})
        for place in set(range(len(self.slots))) - set(np.unique(table).tolist()):
            said = f"the slot {self.slots[place].name!r} never holds: the ones before it always do"
            raise PydanticCustomError("said", "{said}", {"said": said})
        return self

    def canonical(self) -> str:
        """Their one text: JSON without spaces, keys sorted, every key there, characters as they are."""
        return json.dumps(self.model_dump(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @property
    def rules_hash(self) -> bytes:
        """What the terms of the operation bear: keccak-256 of the canonical text in UTF-8."""
        return keccak(self.canonical().encode())

    def slot_at(self, moment_s: int) -> int:
        """The slot of a step that begins then.

        Args:
            moment_s: unix seconds.
        """
        local = datetime.fromtimestamp(moment_s, UTC).astimezone(zone_of(self.timezone))
        return int(_calendar(self.slots)[local.month - 1, local.weekday(), local.hour * 60 + local.minute])


@lru_cache
def _calendar(slots: tuple[TariffSlot, ...]) -> NDArray[np.int8]:
    """The slot of each month, day of the week and minute of the local day; -1 where none holds."""
    table = np.full((12, 7, DAY_MINUTES), -1, np.int8)
    for place, slot in reversed([*enumerate(slots)]):
        for first, end in slot.hours:
            table[np.ix_(np.array(slot.months) - 1, np.array(slot.days) - 1, np.arange(first, end))] = place
    return table


def rules_of(text: str) -> Rules:
    """The rules that a canonical text tells.

    Raises:
        EnergyError: it tells none, or is not the canonical one.
    """
    try:
        json_of(text)
        rules = Rules.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the rules"
        raise EnergyError(f"{place}: {first['msg']}") from error
    except InputError as error:
        raise EnergyError(f"the rules are no JSON: {error}") from error
    if rules.canonical() != text:
        raise EnergyError("the rules are not in their canonical text: another hash would stand for the same rules")
    return rules


def slots(rules: Rules, curves: Curves) -> tuple[int, ...]:
    """The slot of each step."""
    return slots_from(rules, curves.start_s, curves.step_s, curves.steps)


def slots_from(rules: Rules, start_s: int, step_s: int, steps: int) -> tuple[int, ...]:
    """The same of a period of which only the clock is known."""
    return tuple(rules.slot_at(start_s + step * step_s) for step in range(steps))
