"""A month's end at the bank: every balance in one transfer, which the auditor saw, entered once."""

import pytest

from beffroi.credit.bankclearing import (
    BankLine,
    NotAttestedError,
    attest_transfer,
    enter_transfer,
    lines_hash,
    open_balances,
    signed_cents,
)
from beffroi.credit.creditstatement import credit_statement
from beffroi.errors import InputError
from testbed.town import AUDITOR, TREASURER
from tests.credit.conftest import LEA, MARC, NORA, OMAR

TRANSFER = b"transfer 2026-06".ljust(32, b"\0")


@pytest.fixture
def month(bodies):
    """Lea owes 75.00, to Omar 40.00 and to Nora 35.00; Marc is even."""
    bodies.pays(LEA, OMAR, 60_00)
    bodies.pays(OMAR, NORA, 20_00)
    bodies.pays(LEA, NORA, 15_00)
    bodies.pays(LEA, MARC, 1_00)
    bodies.pays(MARC, LEA, 1_00)
    return bodies


def test_every_balance_is_settled_by_one_transfer(month):
    lines = open_balances(month.circle)
    assert {it.member: it.amount for it in lines} == {LEA.address: -75_00, OMAR.address: 40_00, NORA.address: 35_00}
    backwards = lines[::-1]
    assert attest_transfer(month.circle, AUDITOR, TRANSFER, backwards)
    assert not attest_transfer(month.circle, AUDITOR, TRANSFER, lines)
    assert enter_transfer(month.circle, TREASURER, TRANSFER, backwards)
    assert open_balances(month.circle) == []
    assert not enter_transfer(month.circle, TREASURER, TRANSFER, lines)
    assert not attest_transfer(month.circle, AUDITOR, TRANSFER, lines)
    last = credit_statement(month.circle, LEA.address)[-1]
    assert (last.nature, last.change, last.balance, last.ref) == ("Netted", 75_00, 0, TRANSFER)


def test_nothing_is_entered_that_the_auditor_did_not_see(month):
    lines = open_balances(month.circle)
    with pytest.raises(NotAttestedError):
        enter_transfer(month.circle, TREASURER, TRANSFER, lines)
    attest_transfer(month.circle, AUDITOR, TRANSFER, lines)
    with pytest.raises(NotAttestedError):
        enter_transfer(month.circle, TREASURER, TRANSFER, [BankLine(LEA.address, -1), BankLine(OMAR.address, 1)])


def test_lines_that_could_not_be_entered_are_refused_before_anything_is_sent():
    with pytest.raises(InputError, match="the lines sum to 1"):
        lines_hash([BankLine(LEA.address, -1), BankLine(OMAR.address, 2)])
    with pytest.raises(InputError, match="stands twice"):
        lines_hash([BankLine(LEA.address, -1), BankLine(LEA.address, 1)])


@pytest.mark.parametrize(("text", "cents"), [("75.00", 75_00), ("-75,5", -75_50), ("\u22121", -1_00)])
def test_amounts_have_either_sign(text, cents):
    assert signed_cents(text) == cents


@pytest.mark.parametrize("text", ["0", "-0", "--1", "x"])
def test_nothing_and_no_number_are_no_amount(text):
    with pytest.raises(InputError):
        signed_cents(text)
