"""What an organiser chooses gives its friends nothing unseen, and what a stranger puts in its way stops nobody."""

from dataclasses import replace

import pytest

from beffroi.chain.keys import Key
from beffroi.errors import InputError
from beffroi.flows.energy.readingfile import whole_wh
from beffroi.flows.energy.verifyperiod import CommittedMeter, given, remarks, verify_period
from testbed.energy import curves_of, sealed_street, street
from testbed.energyfalse import without_column

TRUE = street(4, 2, 24, step_s=3600)
STRANGER_S = b"\7" * 32


def with_meter(root, since_s=TRUE.period.start_s):
    """What the chain has once Mallory installed a meter as its member and its agent at once."""
    meter = CommittedMeter(Key.derived("energy", "mallory").address, 1, 2, since_s, 0, root)
    return replace(TRUE.stated, meters={**TRUE.stated.meters, STRANGER_S: meter})


def test_the_order_of_columns_gives_nobody_a_watt_hour_more():
    curves = curves_of([("draws", (1, 1)), ("draws", (1, 1)), ("injects", (1, 0))], step_s=3600)
    one, other, roof = curves.columns
    orders = [sealed_street(replace(curves, columns=them)) for them in ((one, other, roof), (other, one, roof))]
    assert [verify_period(it.file, it.stated) for it in orders] == [[], []]
    first, second = ({it.id: it.wh for it in given(street_.period)} for street_ in orders)
    assert first == second
    assert orders[0].file.lines == orders[1].file.lines


@pytest.mark.parametrize(
    ("root", "why"), [(b"\1" * 32, "though its agent committed"), (bytes(32), "committed to none")]
)
def test_a_stranger_s_meter_that_no_organiser_took_in_is_told_and_makes_no_true_period_false(root, why):
    stated = with_meter(root)
    assert verify_period(TRUE.file, stated) == []
    (said,) = remarks(TRUE.period, stated)
    assert f"0x{STRANGER_S.hex()}" in said
    assert why in said


def test_a_meter_that_does_not_count_in_the_period_is_not_missed():
    assert remarks(TRUE.period, with_meter(bytes(32), since_s=TRUE.period.header.end_s)) == []


def test_a_neighbour_s_meter_that_is_left_out_is_told():
    it = without_column(TRUE, 1)
    assert verify_period(it.file, it.stated) == []
    assert [said.split()[2] for said in remarks(it.period, it.stated)] == ["0x" + TRUE.period.columns[1].id.hex()]


def test_a_meter_with_readings_of_the_same_time_in_another_period_is_told():
    stated = replace(TRUE.stated, elsewhere={TRUE.period.columns[0].id: 8, STRANGER_S: 9})
    (said,) = remarks(TRUE.period, stated)
    assert "in period 8: let it be billed once" in said


@pytest.mark.parametrize("text", ["1.000", "12,000", "7.0"])
def test_thousands_of_watt_hours_are_not_read_as_ones(text):
    with pytest.raises(InputError):
        whole_wh(text)
