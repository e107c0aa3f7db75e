"""From the public file alone a stranger finds the same watt-hours and the same cents as whoever has the readings."""

from random import Random

import pytest

from beffroi.flows.energy.bills import bills
from beffroi.flows.energy.curves import allocated
from beffroi.flows.energy.energyrules import slots
from beffroi.flows.energy.sealperiod import seal_period
from beffroi.flows.energy.verifyperiod import given, lines_of
from beffroi.units import HOUR_S
from tests.flows.energy.street import ORGANISER, START_S, curves, draws, injects, rules

DAWN_S = START_S + 3 * HOUR_S
"""05:00 in Paris, an hour before the day's price begins."""


@pytest.mark.parametrize("seed", range(4))
def test_the_public_allocations_make_the_bills_of_the_readings(seed):
    chance = Random(seed)
    members = [f"0x{place:040x}" for place in chance.sample(range(1, 2**40), 4)]

    def readings():
        return [chance.choice((0, 1, chance.randrange(3_000))) for _ in range(8)]

    columns = [draws(member, *readings(), number=1 + place) for place, member in enumerate(members)]
    columns += [injects(member, *readings(), number=9 + place) for place, member in enumerate(members[: seed % 3])]
    street = curves(*columns, start_s=DAWN_S)
    told = rules()
    in_slots = slots(told, street)
    assert in_slots == (1, 1, 1, 1, 0, 0, 0, 0)
    sealed = seal_period(bytes(32), 1, street, [chance.randbytes(32) for _ in columns], in_slots, len(told.slots))

    assert given(sealed) == allocated(street, in_slots, len(told.slots))
    lines = bills(told, allocated(street, in_slots, len(told.slots)), ORGANISER).lines
    assert [(it.member, it.amount_cents) for it in lines_of(told, sealed, ORGANISER)] == lines
    assert sum(cents for _, cents in lines) == 0
