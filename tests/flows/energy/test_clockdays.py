"""Days by the local clock, and the moments of files."""

from datetime import date

import pytest

from beffroi.errors import InputError
from beffroi.flows.energy.clockdays import StepClock, days_clock, moment_s, month_clock
from beffroi.flows.energy.curves import EnergyError

PARIS = "Europe/Paris"
HOUR_S = 3_600


@pytest.mark.parametrize(
    ("first", "end", "hours"),
    [
        (date(2026, 3, 29), date(2026, 3, 30), 23),
        (date(2026, 10, 25), date(2026, 10, 26), 25),
        (date(2026, 11, 30), date(2026, 12, 1), 24),
    ],
)
def test_a_day_has_the_hours_that_the_clock_gives_it(first, end, hours):
    assert days_clock(first, end, PARIS, HOUR_S).steps == hours
    assert days_clock(first, end, PARIS, 900).steps == 4 * hours
    assert days_clock(first, end, PARIS, 300).steps == 12 * hours


def test_a_month_begins_and_ends_at_local_midnight():
    october = month_clock(2026, 10, PARIS, HOUR_S)

    assert october.start_s == moment_s("2026-10-01T00:00+02:00")
    assert october.end_s == moment_s("2026-11-01T00:00+01:00")
    assert [month_clock(2026, month, PARIS, HOUR_S).steps for month in (2, 3, 5, 10, 12)] == [672, 743, 744, 745, 744]


@pytest.mark.parametrize(
    ("first", "end", "step_s", "why"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), 900, "1 to 9,000"),
        (date(2026, 1, 2), date(2026, 1, 1), 900, "1 to 9,000"),
        (date(2026, 1, 1), date(2026, 6, 1), 900, "14,492 steps"),
        (date(2026, 1, 1), date(2026, 2, 1), 1_200, "5, 10, 15, 30 or 60 minutes"),
    ],
)
def test_a_period_that_cannot_be_published_is_refused(first, end, step_s, why):
    with pytest.raises(EnergyError, match=why):
        days_clock(first, end, PARIS, step_s)


def test_a_zone_that_nobody_knows_is_refused():
    with pytest.raises(EnergyError, match="'Europe/Lys' is no time zone that tzdata names"):
        month_clock(2026, 1, "Europe/Lys", HOUR_S)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-25T00:30Z", "2026-10-25T00:30:00Z", "2026-10-25 00:30:00.000 Z", "2026-10-25T02:30+02:00",
        "2026-10-25T01:30+01:00", "2026-10-25 02:30:00+0200", "2026-10-24T23:30-01:00",
    ],
)  # fmt: skip
def test_a_moment_is_the_same_by_whatever_clock(text):
    assert moment_s(text) == 1_792_888_200


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-10-25T02:30", "an hour in October comes twice"),
        ("2026-10-25 02:30:00", "an hour in October comes twice"),
        ("25/10/2026 02:30", "write 2026-09-01T00:30Z"),
        ("1792888200", "write 2026-09-01T00:30Z"),
        ("2026-02-30T00:00Z", "no day or hour of the calendar"),
        ("2026-02-01T24:30Z", "no day or hour of the calendar"),
        ("0001-01-01T00:00+14:00", "no meter's time"),
        ("1969-12-31T23:59Z", "no meter's time"),
        ("9999-12-31T23:30-12:00", "no meter's time"),
        ("2026-02-01T00:00:00.5Z", "write 2026-09-01T00:30Z"),
        ("٢026-02-01T00:00Z", "write 2026-09-01T00:30Z"),
    ],
)
def test_a_moment_that_could_be_another_is_refused(text, why):
    with pytest.raises(InputError, match=why):
        moment_s(text)


def test_a_moment_within_a_step_begins_none():
    clock = StepClock(moment_s("2026-09-01T00:00Z"), 900, 4)

    assert [clock.step_at(clock.start_s + it * 900) for it in (-1, 0, 3, 4, 5)] == [None, 0, 3, 4, None]
    with pytest.raises(InputError, match="2026-09-01T00:10Z begins no step: the operation counts by 15 minutes"):
        clock.step_at(clock.start_s + 600)
