"""Which of twelve real months may be published, and what it costs to publish those that may not."""

from itertools import groupby

import pytest

from beffroi.flows.energy.curves import shared
from beffroi.flows.energy.energyrules import PriceElement, slots
from beffroi.flows.energy.lonereadings import lone_readings, withheld, withheld_wh
from tests.flows.energy.street import ALWAYS, NIGHT, PEAK, rules
from tests.flows.energy.test_real_homes import REAL, clock, homes


def months_of(told):
    """Each month's curves and the slot of each step."""
    order, first = [month for month, _ in clock()[1:]] + [clock()[0][0]], 1
    for month, steps in groupby(order):
        end = first + len([*steps])
        curves = homes(first, end)
        yield month, curves, slots(told, curves)
        first = end


@REAL
@pytest.mark.parametrize(("slots_", "refused"), [((ALWAYS,), []), ((PEAK, NIGHT), [3, 4, 5, 6, 7])])
def test_of_twelve_real_months_these_would_give_readings_away(slots_, refused):
    told = rules(timezone="UTC", slots=slots_, elements=(
        PriceElement(name="energy", to="producers", rates=(1,) * len(slots_)),
    ))  # fmt: skip
    lost_wh, lost_shared_wh, found = 0, 0, []
    for month, curves, in_slots in months_of(told):
        left = withheld(curves, in_slots, len(slots_))
        assert lone_readings(left, in_slots, len(slots_)) == []
        found += [month] * (left is not curves)
        lost_wh += sum(wh for _, wh in withheld_wh(curves, left))
        lost_shared_wh += sum(shared(curves)) - sum(shared(left))
    assert sorted(found) == refused
    assert (lost_wh, lost_shared_wh) == ((31_214, 23) if refused else (0, 0))
