"""A period published again after a correction: what a stranger would find of homes from the two files together.

Each file alone lays nothing bare. Blindings differ, as they should; but totals and allocations are public numbers, and
their differences are of the few readings that changed.
"""

from dataclasses import replace

import pytest

from beffroi.flows.energy.curves import Curves
from beffroi.flows.energy.exposure import ExposedError, exposures, require_hidden
from testbed.energy import sealed_street, street
from testbed.energyfalse import moved, off_by_one, shared_step

STREET = street(12, 2, 480)
HOME = 0


def with_home(readings):
    """The street with one home's readings corrected; without the home where there are none."""
    columns = list(STREET.curves.columns)
    columns[HOME : HOME + 1] = [replace(columns[HOME], readings=readings)] if readings else []
    return sealed_street(Curves(STREET.curves.start_s, STREET.curves.step_s, tuple(columns)))


def refused(again, before):
    with pytest.raises(ExposedError, match="has other readings of the same time"):
        require_hidden(again.period, again.curves, [before.period])


def test_what_other_homes_drew_at_a_corrected_step_is_not_in_the_differences_of_allocations():
    own = STREET.curves.columns[HOME].readings
    step = next(step for step, it in enumerate(STREET.period.totals) if step > 99 and 0 < it.injected_wh < it.drawn_wh)
    again = with_home((*own[:step], own[step] + 137, *own[step + 1 :]))
    first, second, slot = STREET.period, again.period, STREET.period.totals[step].slot
    assert exposures(first, STREET.curves) == exposures(second, again.curves) == []

    k = second.weights[0][step] - first.weights[0][step]
    found = [(second.allocation(it, slot).value - first.allocation(it, slot).value) // k for it in range(1, 12)]
    assert found == [it.readings[step] for it in STREET.curves.columns[1:12]]  # from both files: eleven, exactly
    refused(again, STREET)


def test_the_curve_of_a_meter_that_had_been_silent_or_left_out_is_not_in_the_differences_of_totals():
    for before in (with_home((0,) * 480), with_home(())):
        assert exposures(before.period, before.curves) == exposures(STREET.period, STREET.curves) == []

        pairs = zip(STREET.period.totals, before.period.totals, strict=True)
        found = tuple(now.drawn_wh - then.drawn_wh for now, then in pairs)
        assert found == STREET.curves.columns[HOME].readings  # from both files: her whole month
        refused(STREET, before)


def test_the_same_time_in_another_period_of_other_steps_is_refused_too():
    first_week = sealed_street(Curves(STREET.curves.start_s, STREET.curves.step_s, tuple(
        replace(it, readings=it.readings[:336]) for it in STREET.curves.columns
    )))  # fmt: skip
    refused(STREET, first_week)


def test_an_allocation_with_one_reading_too_much_is_another_file_of_the_readings():
    refused(STREET, off_by_one(STREET, 1))


def test_the_same_readings_are_stated_again_after_a_false_sum():
    false = moved(STREET, 1, shared_step(STREET.period), 1)
    require_hidden(STREET.period, STREET.curves, [STREET.period, false.period])


def test_the_month_before_and_the_one_after_are_no_hindrance():
    step_s = STREET.curves.step_s * STREET.period.steps
    others = [replace(STREET.period, start_s=STREET.period.start_s + by) for by in (-step_s, step_s)]
    assert exposures(STREET.period, STREET.curves, [replace(it, commitments=bytes(64)) for it in others]) == []
