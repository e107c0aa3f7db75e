"""Moments and periods by the local clock: a day of 23 or 25 hours has as many steps as it has."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from beffroi.errors import InputError
from beffroi.flows.energy.curves import MOST_STEPS, STEPS_S, EnergyError
from beffroi.units import MINUTE_S

NO_PLACE: Final = "Factory"
"""What tzdata has for machines that nobody set up."""
FAR_S: Final = 32_503_680_000
"""The year 3000: no meter counts then, and calendars end somewhere behind it."""
_STAMP: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.0+)?)? ?(?P<offset>Z|[+-]\d{2}:?\d{2})?", re.ASCII
)


@dataclass(frozen=True)
class StepClock:
    """The steps of a period.

    Attributes:
        start_s: when the first begins, unix seconds.
        step_s: how long each is.
        steps: how many.
    """

    start_s: int
    step_s: int
    steps: int

    @property
    def end_s(self) -> int:
        """When the last step ends, unix seconds."""
        return self.start_s + self.steps * self.step_s

    def step_at(self, moment_s: int) -> int | None:
        """The step that begins at a moment, or `steps` at the end; None where the moment is outside.

        Raises:
            InputError: no step begins then.
        """
        step, rest = divmod(moment_s - self.start_s, self.step_s)
        if rest:
            minutes = self.step_s // MINUTE_S
            raise InputError(f"{told_moment(moment_s)} begins no step: the operation counts by {minutes} minutes")
        return step if 0 <= step <= self.steps else None


def days_clock(first: date, end: date, timezone: str, step_s: int) -> StepClock:
    """The steps from the first moment of a local day to that of another.

    Args:
        first: the first day.
        end: the day after the last.
        timezone: of the clock: Europe/Paris.
        step_s: how long each is.

    Raises:
        EnergyError: there is no step, too many of them, or no step is as long; or no such time zone.
    """
    start_s, end_s = (_midnight_s(day, timezone) for day in (first, end))
    if step_s not in STEPS_S:
        raise EnergyError(f"steps of {step_s} s: of 5, 10, 15, 30 or 60 minutes")
    if not 0 < (steps := (end_s - start_s) // step_s) <= MOST_STEPS:
        raise EnergyError(f"from {first} to {end} there are {steps:,} steps: 1 to {MOST_STEPS:,} make a period")
    return StepClock(start_s, step_s, steps)


def month_clock(year: int, month: int, timezone: str, step_s: int) -> StepClock:
    """The steps of a local month: 743, 744 or 745 hours in March, May and October of Paris."""
    first = date(year, month, 1)
    return days_clock(first, (first + timedelta(days=32)).replace(day=1), timezone, step_s)


def _midnight_s(day: date, timezone: str) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone_of(timezone)).timestamp())


@lru_cache
def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name, from the locked `tzdata`: never from this machine's own, which another's may belie.

    Raises:
        EnergyError: tzdata has none of that name, or it is no place's clock.
    """
    if name not in _zones() or name == NO_PLACE:
        raise EnergyError(f"{name[:40]!r} is no time zone that tzdata names: write Europe/Paris")
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


@lru_cache
def _zones() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


@lru_cache(maxsize=MOST_STEPS)  # each meter's lines tell the same moments again
def moment_s(text: str) -> int:
    """A moment as a file writes it, unix seconds: `2026-09-01T00:30Z`, `2026-09-01 02:30:00+02:00`.

    Raises:
        InputError: it is none; it says not by which clock, and one hour a year comes twice; or has parts of seconds.
    """
    if (match := _STAMP.fullmatch(text)) is None:
        raise InputError(f"{text[:40]!r} is no moment: write 2026-09-01T00:30Z, or 2026-09-01T02:30+02:00")
    if match["offset"] is None:
        raise InputError(
            f"{text!r} is local time without its offset, and an hour in October comes twice: "
            "add Z where it is UTC, +01:00 or +02:00 where it is the time of Paris"
        )
    try:
        said = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z")).timestamp()
    except ValueError as error:
        raise InputError(f"{text!r} is no day or hour of the calendar") from error
    if not 0 <= said < FAR_S:
        raise InputError(f"{text!r} is of no meter's time: years from 1970 to 2999")
    return int(said)


def told_moment(moment_s: int) -> str:
    """A moment in UTC, as messages tell it."""
    return datetime.fromtimestamp(moment_s, UTC).strftime("%Y-%m-%dT%H:%MZ")
