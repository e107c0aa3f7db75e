"""A home that draws at few of the steps that are shared: a stranger would read them from her allocation.

A street may share at hundreds of steps, and a home with panels draw at hardly any of them.
"""

from dataclasses import replace

import pytest

from beffroi.flows.energy.cells import DRAWS
from beffroi.flows.energy.energyrules import slots
from beffroi.flows.energy.exposure import ExposedError, require_hidden
from beffroi.flows.energy.lonereadings import LoneReadings, lone_readings, withheld, withheld_wh
from testbed.energy import RULES, curves_of, sealed_street, street_curves

LONELY, LEAST, COUNT = 0, 16, len(RULES.slots)
PLAIN = street_curves(12, 2, 480)
SLOTS = slots(RULES, PLAIN)
SUNNY = [step for step in range(480) if 0 < PLAIN.supply[step] < PLAIN.demand[step]]
SLOT = SLOTS[SUNNY[-1]]


def lonely_curves(steps, wh=77):
    """She draws at night; her own panels serve her by day, but for some half hours."""
    own = [0 if p else at_night for at_night, p in zip(PLAIN.columns[LONELY].readings, PLAIN.supply, strict=True)]
    for step in steps:
        own[step] = wh
    columns = [(it.kind, tuple(own) if at == LONELY else it.readings) for at, it in enumerate(PLAIN.columns)]
    return curves_of(columns, step_s=1800)


def of_one_slot(count):
    """So many steps of a slot by day, shared in part."""
    return [step for step in SUNNY if SLOTS[step] == SLOT][:count]


def single_readings(period, slot):
    """The readings of one step alone that make her allocation: (step, Wh)."""
    value, weights = period.allocation(LONELY, slot).value, period.weights[DRAWS - 1]
    return [
        (step, value // k) for step, (k, it) in enumerate(zip(weights, period.totals, strict=True))
        if it.slot == slot and k and value and value % k == 0 and value // k <= it.drawn_wh
    ]  # fmt: skip


def test_a_home_that_draws_at_one_shared_step_of_a_slot_has_not_its_reading_published():
    (step,) = of_one_slot(1)
    it = sealed_street(lonely_curves([step]))
    assert single_readings(it.period, SLOT) == [(step, 77)]  # from the file alone, were there one
    with pytest.raises(ExposedError, match=f"{it.curves.columns[LONELY].id.hex()} draws at 1 of .* slot {SLOT} shares"):
        require_hidden(it.period, it.curves)


@pytest.mark.parametrize(("count", "wh", "is_hidden"), [
    (LEAST - 1, 9_999, False), (LEAST, 999, True), (LEAST, 32, True), (LEAST, 31, False), (28, 15, True),
])  # fmt: skip
def test_sixteen_readings_are_hidden_that_have_twice_the_bits_that_an_allocation_tells(count, wh, is_hidden):
    it = lonely_curves(of_one_slot(count), wh)
    told = [LoneReadings(it.columns[LONELY].id, SLOT, tuple(of_one_slot(count)))]
    assert lone_readings(it, SLOTS, COUNT) == ([] if is_hidden else told)


def test_what_an_allocation_would_give_away_counts_zero_and_the_rest_is_published():
    lonely = lonely_curves(of_one_slot(3))
    left = withheld(lonely, SLOTS, COUNT)
    again = sealed_street(left)
    require_hidden(again.period, left)
    assert left.columns[LONELY].missing == frozenset(of_one_slot(3))
    assert [*withheld_wh(lonely, left)] == [(lonely.columns[LONELY].id, 3 * 77)]
    assert left.columns[1:] == lonely.columns[1:]
    assert again.period.allocation(LONELY, SLOT).value == 0


def test_of_steps_that_few_share_nothing_is_left_to_share_and_each_home_keeps_the_others():
    few = curves_of([*(("draws", (500, *(300,) * 20)) for _ in range(10)), ("injects", (3_000, *(5_000,) * 20))],
                    step_s=300)  # fmt: skip
    left = withheld(few, [0] * 21, 1)
    assert left.demand == [0, *few.demand[1:]]
    assert lone_readings(left, [0] * 21, 1) == []
    assert withheld(left, [0] * 21, 1) == left


def test_curves_without_a_lone_reading_are_left_as_they_are():
    assert withheld(PLAIN, SLOTS, COUNT) is PLAIN
    idle = replace(PLAIN.columns[LONELY], readings=(0,) * 480)
    assert lone_readings(replace(PLAIN, columns=(idle, *PLAIN.columns[1:])), SLOTS, COUNT) == []
