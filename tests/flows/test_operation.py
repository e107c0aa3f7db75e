"""An operation's terms, lines and statements, before any chain is asked."""

from dataclasses import replace

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.keys import Key
from beffroi.flows.operation import (
    DEPOSIT,
    OperationError,
    OperationTerms,
    PeriodStatement,
    StatedLine,
    hash_lines,
    ordered_lines,
)

ORGANISER, ARBITER, ADA, BOB = (Key.derived("flows", name).address for name in ("organiser", "arbiter", "ada", "bob"))
TERMS = OperationTerms(ORGANISER, ARBITER, ZERO_ADDRESS, 72, 360, bytes(range(32)))
LINES = (StatedLine(ADA, 1_250), StatedLine(BOB, -1_000), StatedLine(ORGANISER, -250))


def test_lines_come_in_the_contracts_order_and_hash_as_it_encodes_them():
    given = ordered_lines(LINES)
    assert [int(it.member, 16) for it in given] == sorted(int(it.member, 16) for it in LINES)
    encoded = encode(["(address,int64)[]"], [[(it.member, it.amount_cents) for it in given]])
    assert hash_lines(given) == keccak(encoded)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((*LINES[:2], StatedLine(ORGANISER, -249)), "sum to 1 cents"),
        ((*LINES, StatedLine(ADA, 5), StatedLine(ADA, -5)), "stands twice"),
        ((*LINES, StatedLine(ARBITER, 0)), "is of nothing"),
    ],
)
def test_lines_that_the_contract_would_refuse_are_refused_before(lines, why):
    with pytest.raises(OperationError, match=why):
        ordered_lines(lines)


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"arbiter": ORGANISER}, "name another"), ({"contest_h": 0}, "0 hours"), ({"rule_h": 721}, "721 hours to rule")],
)
def test_terms_that_the_contract_would_refuse_are_refused_before(changes, why):
    TERMS.require_sound()
    with pytest.raises(OperationError, match=why):
        replace(TERMS, **changes).require_sound()


def test_a_deposit_is_for_one_operation_one_member_and_one_cap():
    purpose = TERMS.deposit_purpose(ADA, 5_000)
    assert purpose == DEPOSIT.hash_struct((TERMS.as_tuple, ADA, 5_000))
    others = replace(TERMS, contest_h=73).deposit_purpose(ADA, 5_000), TERMS.deposit_purpose(BOB, 5_000)
    assert purpose not in {*others, TERMS.deposit_purpose(ADA, 5_001)}


def test_the_same_said_under_another_number_is_another_statement_that_says_the_same():
    said = PeriodStatement(1, 202_611, hash_lines(ordered_lines(LINES)), 3, bytes(32), bytes(32), "https://rue.example")
    again = replace(said, number=2)
    assert said.says(again)
    assert said.hash != again.hash
    assert not said.says(replace(said, uri=""))
