"""A list of payments in credit: each line once, whatever happens in between."""

import pytest

from beffroi.chain.order import OrderState, RevertsError
from beffroi.credit.creditpaying import CreditPayment, compare_credit_payments, pay_in_credit
from testbed.town import POSTER
from tests.credit.conftest import LEA, MARC, NORA, OMAR

REFS = [bytes([number]).ljust(32, b"\0") for number in range(1, 7)]
LIST = [CreditPayment(OMAR.address, 10_00, REFS[0]), CreditPayment(NORA.address, 20_00, REFS[1])]


def test_a_list_is_paid_once(trade):
    found = compare_credit_payments(trade.circle, LEA.address, LIST)
    assert (found.to_pay, found.already, found.conflicts) == (LIST, [], {})
    outcomes = pay_in_credit(trade.circle, LEA, found.to_pay)
    assert [it.state for it in outcomes] == [OrderState.DONE] * 2
    assert (trade.balance(LEA), trade.balance(OMAR), trade.balance(NORA)) == (-30_00, 10_00, 20_00)
    again = compare_credit_payments(trade.circle, LEA.address, LIST)
    assert (again.to_pay, again.already) == ([], LIST)
    with pytest.raises(RevertsError, match="MutualCredit_SlipUsed"):
        pay_in_credit(trade.circle, LEA, LIST[:1])
    assert trade.balance(OMAR) == 10_00


def test_a_run_that_was_cut_short_pays_the_rest(trade):
    pay_in_credit(trade.circle, LEA, LIST[:1])
    found = compare_credit_payments(trade.circle, LEA.address, LIST)
    assert (found.to_pay, found.already) == (LIST[1:], LIST[:1])
    other = compare_credit_payments(trade.circle, MARC.address, LIST)
    assert other.to_pay == LIST, "what one has paid, another has not"


def test_what_cannot_be_paid_is_told_by_line(trade):
    listed = [
        CreditPayment(OMAR.address, 400_00, REFS[0]),
        CreditPayment(OMAR.address, 400_00, REFS[0]),
        CreditPayment(OMAR.address, 100_01, REFS[2]),
        CreditPayment(LEA.address, 1, REFS[3]),
        CreditPayment(POSTER.address, 1, REFS[4]),
    ]
    found = compare_credit_payments(trade.circle, LEA.address, listed)
    assert found.to_pay == listed[:1]
    assert found.conflicts == {
        1: "this very payment stands in the list twice",
        2: f"{OMAR.address} may be owed 100.00 more, and no further",
        3: "nobody pays herself",
        4: f"{POSTER.address} is no active member of the circle, and is not paid",
    }
