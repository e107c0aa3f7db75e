"""A member's statement: every change, under whatever keys she had, and the balance that the chain confirms."""

import dataclasses

import pytest

from beffroi.chain.keys import Key
from beffroi.credit.circle import Circle, shown
from beffroi.credit.creditstatement import CreditStatementError, credit_statement
from testbed.circle import WRITE_OFF_S
from testbed.town import COMMONS, POSTER, RECOVERY_DELAY_S, REGISTRAR
from tests.credit.conftest import LEA, MARC, NORA, OMAR

REF = b"invoice".ljust(32, b"\0")
HEIR = Key.derived("circle", "lea's other key")


def changes(lines):
    return [(it.nature, it.other, it.change, it.balance) for it in lines]


def test_each_change_has_its_line_and_its_reference(trade):
    trade.pays(LEA, OMAR, 30_00, REF)
    trade.pays(OMAR, LEA, 10_00)
    trade.pays(OMAR, NORA, 5_00)
    lines = credit_statement(trade.circle, LEA.address)
    paid = ("CreditPaid", OMAR.address)
    assert changes(lines) == [(*paid, -30_00, -30_00), (*paid, 10_00, -20_00)]
    assert [it.ref for it in lines] == [REF, bytes(32)]
    assert credit_statement(trade.circle, MARC.address) == []


def test_a_new_key_has_the_lines_of_the_lost_one(trade):
    trade.pays(LEA, OMAR, 30_00)
    town = trade.town
    town.does(REGISTRAR, town.residents, "proposeRecovery", LEA.address, HEIR.address, REF)
    town.pass_s(RECOVERY_DELAY_S)
    town.does(POSTER, town.residents, "recover", LEA.address)
    trade.pays(OMAR, HEIR, 10_00)
    expected = [("CreditPaid", OMAR.address, -30_00, -30_00), ("CreditPaid", OMAR.address, 10_00, -20_00)]
    assert changes(credit_statement(trade.circle, HEIR.address)) == expected
    assert changes(credit_statement(trade.circle, LEA.address)) == expected


def test_vouchers_and_the_commons_see_what_they_bore(trade):
    trade.vouches(MARC, LEA, 40_00)
    trade.pays(LEA, OMAR, 120_00)
    trade.leaves(LEA)
    trade.town.pass_s(WRITE_OFF_S)
    contract = trade.circle.contract
    trade.town.does(POSTER, contract, "call", LEA.address, [MARC.address])
    trade.town.does(POSTER, contract, "writeOff", LEA.address)
    assert changes(credit_statement(trade.circle, MARC.address)) == [("VoucherCalled", LEA.address, -20_00, -20_00)]
    (line,) = credit_statement(trade.circle, COMMONS.address)
    assert (line.nature, line.change) == ("WrittenOff", -100_00)
    assert credit_statement(trade.circle, LEA.address)[-1].balance == 0


def test_events_that_do_not_make_the_balance_are_no_statement(trade):
    trade.pays(LEA, OMAR, 30_00)
    late = dataclasses.replace(trade.circle, first=trade.circle.rpc.number("eth_blockNumber") + 1)
    with pytest.raises(CreditStatementError, match="has -3000, and the events make 0"):
        credit_statement(late, LEA.address)


def test_amounts_are_euros_or_minutes(trade):
    assert not trade.circle.is_in_minutes
    assert shown(-123_450, in_minutes=False) == "-1,234.50"
    assert shown(1_500, in_minutes=True) == "1,500 min"
    assert Circle.of(trade.circle.rpc, trade.town.manifest, "Residents").first == trade.town.manifest.start_block
