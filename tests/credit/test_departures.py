"""What departed members leave: to their vouchers, then to the commons, once, whoever sends it."""

import pytest

from beffroi.chain.keys import Key
from beffroi.credit.departures import NotGoneError, departure, write_off
from testbed.circle import WRITE_OFF_S
from testbed.town import COMMONS, POSTER, RECOVERY_DELAY_S, REGISTRAR, fund
from tests.credit.conftest import LEA, MARC, NORA, OMAR

HEIR = Key.derived("circle", "lea's third key")


@pytest.fixture
def left(trade):
    """Lea left owing 130.00, 100.00 of it on her own."""
    trade.vouches(MARC, LEA, 40_00)
    trade.vouches(NORA, LEA, 20_00)
    trade.pays(LEA, OMAR, 130_00)
    trade.leaves(LEA)
    return trade


def test_her_vouchers_bear_their_part_and_the_commons_the_rest(left):
    found = departure(left.circle, LEA.address)
    assert found.balance == -130_00
    assert found.vouchers == {LEA.address: {MARC.address: 40_00, NORA.address: 20_00}}
    left.town.pass_s(WRITE_OFF_S)
    assert write_off(left.circle, POSTER, found) == 2
    assert (left.balance(MARC), left.balance(NORA), left.balance(COMMONS)) == (-20_00, -10_00, -100_00)
    again = departure(left.circle, LEA.address)
    assert (again.balance, again.vouchers) == (0, {})
    assert write_off(left.circle, POSTER, again) == 0


def test_a_run_that_was_cut_short_between_the_two_does_the_rest(left):
    left.town.pass_s(WRITE_OFF_S)
    left.town.does(POSTER, left.circle.contract, "call", LEA.address, [MARC.address])
    found = departure(left.circle, LEA.address)
    assert found.vouchers == {LEA.address: {NORA.address: 20_00}}
    assert write_off(left.circle, POSTER, found) == 2
    assert left.balance(COMMONS) == -100_00


def test_whoever_changed_keys_is_found_under_every_name_that_others_vouched_for(trade):
    town = trade.town
    trade.vouches(MARC, LEA, 40_00)
    town.does(REGISTRAR, town.residents, "proposeRecovery", LEA.address, HEIR.address, bytes(32))
    town.pass_s(RECOVERY_DELAY_S)
    town.does(POSTER, town.residents, "recover", LEA.address)
    fund(town.rpc, [HEIR])
    trade.vouches(NORA, HEIR, 20_00)
    trade.pays(HEIR, OMAR, 130_00)
    trade.leaves(HEIR)
    town.pass_s(WRITE_OFF_S)
    found = departure(trade.circle, LEA.address)
    assert found == departure(trade.circle, HEIR.address)
    assert found.vouchers == {LEA.address: {MARC.address: 40_00}, HEIR.address: {NORA.address: 20_00}}
    assert write_off(trade.circle, POSTER, found) == 3
    assert (trade.balance(MARC), trade.balance(NORA), trade.balance(COMMONS)) == (-20_00, -10_00, -100_00)


def test_nobody_is_written_off_who_is_there_or_left_too_lately(left):
    with pytest.raises(NotGoneError, match="has not left the circle"):
        departure(left.circle, OMAR.address)
    found = departure(left.circle, LEA.address)
    with pytest.raises(NotGoneError, match=f"from {found.due_s} on"):
        write_off(left.circle, POSTER, found)
