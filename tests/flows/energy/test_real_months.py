"""A month of seventeen real homes, sealed: strangers find the shares and bills that its readings make."""

import pytest

from beffroi.flows.energy.bills import bills
from beffroi.flows.energy.curves import allocated
from beffroi.flows.energy.energyrules import slots
from beffroi.flows.energy.exposure import exposures
from beffroi.flows.energy.privatefile import verify_own
from beffroi.flows.energy.publicfile import public_bytes, public_of
from beffroi.flows.energy.verifyperiod import given, verify_period
from testbed.energy import ORGANISER, sealed_street
from testbed.energyfalse import shifted
from tests.flows.energy.street import rules
from tests.flows.energy.test_real_homes import HOMES, REAL, homes

AUGUST_WH = 1_402_081
"""That the source says is shared in its first 744 hours."""


@REAL
def test_of_a_real_month_a_stranger_finds_every_watt_hour_and_cent_without_a_reading():
    curves, told = homes(0, 744), rules()
    it = sealed_street(curves, told)
    read = public_of(public_bytes(it.file), "august.json.gz")
    assert verify_period(read, it.stated) == []
    assert exposures(read.period, curves) == []

    shares = given(read.period)
    assert [one.wh for one in shares] == [one.wh for one in allocated(curves, slots(told, curves), len(told.slots))]
    assert [sum(sum(one.wh) for one in kind) for kind in (shares[:HOMES], shares[HOMES:])] == [AUGUST_WH] * 2
    due = bills(told, allocated(curves, slots(told, curves), len(told.slots)), ORGANISER).lines
    assert [(line.member, line.amount_cents) for line in read.lines] == due
    assert [*verify_own(it.month(3), read.period)] == []


@REAL
@pytest.mark.parametrize("home", [0, 1])
def test_of_a_real_month_a_watt_hour_moved_between_two_homes_is_refuted_by_each(home):
    it = sealed_street(homes(0, 100), rules())
    found = next(verify_own(it.month(home), shifted(it).period))
    assert found.refutation.function == "refuteReading"
