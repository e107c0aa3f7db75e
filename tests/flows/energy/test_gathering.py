"""Curves out of the files of an operation: what is right counts, what is missing stops nobody, and each is told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.csvfile import CsvError
from beffroi.flows.energy.clockdays import StepClock, moment_s, month_clock
from beffroi.flows.energy.curves import EnergyError, shared
from beffroi.flows.energy.gathering import gather_files
from beffroi.flows.energy.metersfile import read_meters
from tests.flows.energy.readings_workshop import CLOCK, HOME, METERS, ROOF, Desk, at, whole
from tests.flows.energy.street import AMINA, CLARA, meter_id

EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_consumers_come_first_whatever_the_order_of_meters_files_and_lines(desk):
    desk.put(*reversed(whole("roof", 50)), *whole("home", 100))
    gathered = desk.gather()

    assert [(it.id, it.member, it.kind) for it in gathered.curves.columns] == [
        (it.id, it.member, it.kind) for it in (HOME, ROOF)
    ]
    assert (gathered.curves.demand, gathered.curves.supply) == ([100] * 4, [50] * 4)
    assert gathered.told == ()


@pytest.mark.parametrize("minutes", [5, 10, 15, 30, 60])
def test_steps_are_of_5_to_60_minutes(desk, minutes):
    clock = replace(CLOCK, step_s=minutes * 60, steps=12)
    desk.put(*(f"home;{at(step, minutes * 60)};{step}" for step in range(12)))

    assert desk.readings([HOME], clock) == {"home": tuple(range(12))}


@pytest.mark.parametrize(("month", "hours"), [(3, 743), (10, 745)])
def test_a_month_with_a_day_of_23_or_25_hours_is_whole(desk, month, hours):
    clock = month_clock(2026, month, "Europe/Paris", 3_600)
    local = {3: ("+01:00", "+02:00", 29), 10: ("+02:00", "+01:00", 25)}[month]
    lines = []
    for day in range(1, 32):
        for hour in range(24):
            before = day < local[2] or (day == local[2] and hour < (2 if month == 3 else 3))
            if month == 3 and (day, hour) == (29, 2):
                continue
            lines.append(f"home;2026-{month:02}-{day:02}T{hour:02}:00{local[0] if before else local[1]};{hour}")
            if month == 10 and (day, hour) == (25, 2):
                lines.append(f"home;2026-10-25T02:00{local[1]};{hour}")
    desk.put(*lines)
    gathered = desk.gather([HOME], clock)

    assert (len(lines), gathered.curves.steps, gathered.told) == (hours, hours, ())
    assert sum(gathered.curves.demand) == 31 * 276 + (2 if month == 10 else -2)


def test_the_end_of_a_step_is_not_its_beginning(desk):
    desk.put(*(f"home;{at(step + 1)};{step}" for step in range(4)), header="meter;end;wh")

    assert desk.readings([HOME]) == {"home": (0, 1, 2, 3)}


def test_kwh_are_read_to_the_watt_hour_with_either_decimal_sign(desk):
    desk.put(*(f"home;{at(step)};{text}" for step, text in enumerate(("0,532", "1.5", "0", "2,000"))),
             header="PRM;début;kWh")  # fmt: skip

    assert desk.readings([HOME]) == {"home": (532, 1_500, 0, 2_000)}


def test_indices_make_steps_by_their_differences(desk):
    desk.put(*(f"home;{at(step)};{wh}" for step, wh in enumerate((1_000, 1_100, 1_100, 1_350, 1_400))),
             header="meter;at;index_wh")  # fmt: skip

    assert desk.readings([HOME]) == {"home": (100, 0, 250, 50)}


def test_an_index_that_is_lost_or_goes_back_makes_its_steps_missing_and_is_told(desk):
    desk.put(*(f"home;{at(step)};{kwh}" for step, kwh in ((0, "99998,5"), (1, "99999,5"), (2, "0,5"), (4, "1,5"))),
             header="meter;at;index_kwh")  # fmt: skip
    gathered = desk.gather([HOME])

    assert gathered.curves.columns[0].readings == (1_000, 0, 0, 0)
    assert gathered.curves.columns[0].missing == {1, 2, 3}
    assert gathered.told[0].startswith("meter home, index of lines 3 and 4: 500 Wh after 99,999,500: it began anew")
    assert gathered.told[1:] == (
        "meter home (draws): 3 steps are missing, the first at 2026-09-01T00:15Z: they count zero",
    )


def test_a_value_stands_for_the_step_that_indices_do_not_tell(desk):
    desk.put(*(f"home;{at(step)};{wh}" for step, wh in ((0, 900), (1, 1_000), (2, 10), (3, 30), (4, 60))),
             header="meter;at;index_wh")  # fmt: skip
    desk.put(f"home;{at(1)};70")

    assert desk.readings([HOME]) == {"home": (100, 70, 20, 30)}


def test_a_silent_meter_counts_zero_and_the_others_share(desk):
    desk.put(*whole("roof", 50))
    gathered = desk.gather((*METERS, replace(HOME, label="next", id=meter_id(3), member=CLARA)))
    desk.put(*whole("next", 80))
    later = desk.gather((*METERS, replace(HOME, label="next", id=meter_id(3), member=CLARA)))

    assert shared(gathered.curves) == [0] * 4
    assert shared(later.curves) == [50] * 4
    assert later.told == ("meter home (draws) is silent: it counts zero, and the others share without it",)


def test_a_gap_counts_zero_and_is_told(desk):
    desk.put(*whole()[:2], *whole("roof"))
    gathered = desk.gather()

    assert gathered.curves.demand == [100, 100, 0, 0]
    assert gathered.curves.columns[0].missing == {2, 3}
    assert gathered.told == (
        "meter home (draws): 2 steps are missing, the first at 2026-09-01T00:30Z: they count zero",
    )


def test_missing_and_estimated_readings_are_marked(desk):
    desk.put(f"home;{at(0)};100;", f"home;{at(1)};110;Estimée", f"home;{at(2)};;", f"home;{at(3)};120;missing",
             header="meter;start;wh;mark")  # fmt: skip
    gathered = desk.gather([HOME])

    assert gathered.curves.demand == [100, 110, 0, 0]
    assert (gathered.curves.columns[0].missing, gathered.curves.columns[0].estimated) == ({2, 3}, {1})
    assert any("1 steps are estimated" in it for it in gathered.told)


def test_the_highest_version_counts_whatever_the_order_and_is_told(desk):
    desk.put(
        *(f"{it};1" for it in whole()), f"home;{at(1)};70;3", f"home;{at(1)};60;2", header="meter;start;wh;version"
    )
    gathered = desk.gather([HOME])

    assert gathered.curves.demand == [100, 70, 100, 100]
    assert gathered.told == ("meter home (draws): 2 readings were corrected: the highest version counts",)


def test_a_later_file_corrects_an_earlier_one_by_its_version(desk):
    desk.put(*whole())
    desk.put(f"home;{at(1)};;1", f"home;{at(2)};5;1", header="meter;start;wh;version")

    assert desk.readings([HOME]) == {"home": (100, 0, 5, 100)}


def test_a_step_told_twice_alike_counts_once_and_otherwise_is_refused(desk):
    assert desk.put(*whole(), *whole()).readings([HOME]) == {"home": (100,) * 4}
    with pytest.raises(CsvError, match=r"line 2: 2026-09-01T00:15Z stands on line 3 already .* column version"):
        desk.put(f"home;{at(1)};101").gather([HOME])


def test_lines_outside_the_period_are_left_out_and_told(desk):
    desk.put(*whole(steps=6))

    assert desk.readings([HOME]) == {"home": (100,) * 4}
    assert desk.gather([HOME]).told == ("0.csv: 2 lines are outside the period: they count in none of its steps",)


def test_a_replaced_meter_counts_until_the_other_begins(desk):
    noon = moment_s(at(2))
    old, new = replace(HOME, until_s=noon), replace(HOME, id=meter_id(3), since_s=noon)
    gathered = desk.put(*whole()).gather([old, new])

    assert [it.readings for it in gathered.curves.columns] == [(100, 100, 0, 0), (0, 0, 100, 100)]
    assert gathered.told == ()
    assert [it.missing for it in gathered.curves.columns] == [frozenset(), frozenset()]


def test_the_last_index_of_a_removed_meter_still_counts(desk):
    desk.put(*(f"home;{at(step)};{step * 10}" for step in range(3)), header="meter;at;index_wh")

    assert desk.readings([replace(HOME, until_s=moment_s(at(2)))]) == {"home": (10, 10, 0, 0)}


def test_a_home_with_panels_has_one_label_and_two_meters(desk):
    both = (HOME, replace(ROOF, label="home", member=AMINA))
    desk.put(*(f"{it};soutirage" for it in whole()), *(f"{it};injection" for it in whole(wh=30)),
             header="meter;start;wh;kind")  # fmt: skip

    assert [it.readings for it in desk.gather(both).curves.columns] == [(100,) * 4, (30,) * 4]


def test_a_file_that_may_tell_another_unit_is_told_of(desk):
    clock = replace(CLOCK, steps=24)
    small = Desk(desk.folder / "..").put(*whole(wh=3, steps=24), name="small.csv").gather([HOME], clock)
    desk.put(*whole(wh=532, steps=4), header="meter;start;kwh")

    assert small.told == ("small.csv: no reading is above 3 Wh: are these kWh? Then name the column kwh",)
    assert desk.gather([HOME]).told == (
        "0.csv: whole kWh up to 532 in a step: are these Wh? Then name the column wh",
    )  # fmt: skip


def test_no_meter_that_counts_is_no_operation(desk):
    with pytest.raises(EnergyError, match="no meter of the operation counts"):
        desk.put(*whole()).gather([replace(HOME, until_s=CLOCK.start_s)])


def test_an_index_that_leaps_beyond_its_power_makes_a_missing_step(desk):
    desk.put(*(f"home;{at(step)};{wh}" for step, wh in enumerate((0, 100, 10**9, 10**9 + 100, 10**9 + 200))),
             header="meter;at;index_wh")  # fmt: skip
    gathered = desk.gather([replace(HOME, kw=Decimal(9))])

    assert gathered.curves.columns[0].readings == (100, 0, 100, 100)
    assert "999,999,900 Wh in a step are 4,000,000 kW, of 14 kW that can be" in gathered.told[0]


def test_the_documented_examples_are_the_hour_that_comes_twice():
    meters = read_meters(EXAMPLES / "energy-meters.csv")
    clock = StepClock(moment_s("2026-10-25T01:30+02:00"), 1_800, 4)
    gathered = gather_files([EXAMPLES / "energy-readings.csv"], meters, clock)

    assert [it.readings for it in gathered.curves.columns] == [(212, 198, 0, 187), (518, 534, 509, 511), (0, 0, 0, 0)]
    assert [it.missing for it in gathered.curves.columns] == [{2}, frozenset(), frozenset()]
    assert len(gathered.told) == 2
