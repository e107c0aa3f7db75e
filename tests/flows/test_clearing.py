"""An operation on a chain: joined, stated, contested, settled, ruled on, left; and what is not sent twice."""

import pytest

from beffroi.chain.keys import Key
from beffroi.chain.sender import TransactionFailedError
from beffroi.flows.clearing import HeldDebit, NoOperationError, SettledLine, StatementStatus
from beffroi.flows.clearingacts import OtherStatementError, SignedAct
from beffroi.flows.operation import (
    OperationError,
    StatedLine,
    contest_slip,
    leave_slip,
    retract_slip,
    rule_slip,
    set_cap_slip,
    state_slip,
    take_slip,
)
from beffroi.slips import FOREVER
from beffroi.units import HOUR_S
from testbed.operation import ARBITER, ORGANISER, PERIOD, PURSE_CENTS, RULE_H, neighbour, neighbours
from testbed.town import POSTER, fund

ADA, BOB, CLEO = map(neighbour, range(3))
REASON = b"my meter stood still".ljust(32, b"\0")
LINES = (
    StatedLine(ADA.address, 12_50), StatedLine(BOB.address, 8_00), StatedLine(CLEO.address, -18_00),
    StatedLine(ORGANISER.address, -2_50),
)  # fmt: skip
URI = "https://rue-du-soleil.example/june"


@pytest.fixture
def street(town):
    fund(town.rpc, [POSTER])
    street = neighbours(town)
    street.joins(ADA, 50_00, 30_00)
    street.joins(BOB, 20_00, 30_00)
    street.joins(ORGANISER, 40_00, 0)
    return street


def stated(street, lines=LINES, period=PERIOD):
    drawn = street.acts.next_statement(street.terms, period, lines, bytes(32), bytes(32), URI)
    assert street.acts.state(ORGANISER, street.terms, drawn)
    return drawn


def signed(key, slip, street):
    return SignedAct(FOREVER, key.sign(slip.digest(street.clearings.domain)))


def test_who_opens_an_operation_again_stands_by_it_and_the_same_account_once(street):
    assert street.acts.open(POSTER, street.terms)
    assert not street.acts.open(POSTER, street.terms)
    (opened,) = street.clearings.opened()
    assert opened.terms == street.terms
    assert opened.openers == (ORGANISER.address, POSTER.address)
    with pytest.raises(NoOperationError, match="nobody opened"):
        street.clearings.terms(bytes(32))


def test_a_member_joins_by_one_slip_and_pays_in_again_under_another_cap(street):
    account = street.clearings.account(street.terms.op, ADA.address)
    assert (account.balance_cents, account.cap_cents) == (50_00, 30_00)
    street.joins(ADA, 5_00, 60_00)
    account = street.clearings.account(street.terms.op, ADA.address)
    assert (account.balance_cents, account.cap_cents) == (55_00, 60_00)
    assert street.clearings.members(street.terms.op) == [ADA.address, BOB.address, ORGANISER.address]
    street.acts.deposit(ADA, street.terms, ADA.address, 60_00, 1_00, bytes(32))
    assert street.balance(ADA) == 56_00


def test_a_deposit_that_is_posted_again_pays_nothing(street):
    salt, before_s = bytes(32), street.clearings.now_s() + HOUR_S
    slip = street.acts.deposit_slip(street.terms, CLEO.address, 1_00, 3_00, salt, before_s)
    signature = CLEO.sign(slip.digest(street.clearings.money_domain()))
    street.acts.deposit_by_slip(POSTER, street.terms, CLEO.address, 1_00, slip, salt, signature)
    with pytest.raises(TransactionFailedError, match="SlipUsed"):
        street.acts.deposit_by_slip(POSTER, street.terms, CLEO.address, 1_00, slip, salt, signature)
    with pytest.raises(TransactionFailedError, match="InvalidSignature"):
        street.acts.deposit_by_slip(POSTER, street.terms, CLEO.address, 2_00, slip, bytes(31) + b"\1", signature)
    assert street.balance(CLEO) == 3_00


def test_a_period_is_stated_contested_settled_and_ruled_on(street):
    drawn, terms = stated(street), street.terms
    assert street.clearings.standing(terms.op).status is StatementStatus.STATED
    assert street.clearings.statement(terms.op) == drawn
    slip = contest_slip(terms, drawn, ADA.address, REASON, FOREVER)
    assert street.acts.contest(POSTER, terms, ADA.address, REASON, signed(ADA, slip, street)) == PERIOD
    assert street.clearings.contests(terms.op, drawn) == {ADA.address: REASON}
    with pytest.raises(OtherStatementError, match="may still be contested"):
        street.acts.settle(POSTER, terms, LINES)

    street.passes_window()
    with pytest.raises(OtherStatementError, match="nothing can be contested: period 202606 is due"):
        street.acts.contest(BOB, terms, BOB.address, REASON)
    lines, sent = street.acts.settle(POSTER, terms, LINES)
    assert sent
    assert {it.member: it for it in lines} == {
        ADA.address: SettledLine(ADA.address, 12_50, 0, 12_50),
        BOB.address: SettledLine(BOB.address, 8_00, 0, 0),
        CLEO.address: SettledLine(CLEO.address, -18_00, 0, 0),
        ORGANISER.address: SettledLine(ORGANISER.address, -2_50, 0, 0),
    }
    assert street.acts.settle(POSTER, terms, LINES) == (lines, False)
    assert [street.balance(it) for it in (ADA, BOB, CLEO, ORGANISER)] == [37_50, 12_00, 18_00, 30_00]

    (held,) = street.clearings.held(terms.op)
    assert held == HeldDebit(PERIOD, ADA.address, 12_50, held.rule_by_s)
    ruling = signed(ARBITER, rule_slip(terms, PERIOD, ADA.address, 4_00, FOREVER), street)
    assert street.acts.rule(POSTER, terms, PERIOD, ADA.address, 4_00, ruling) == held
    assert [street.balance(it) for it in (ADA, ORGANISER)] == [46_00, 34_00]
    assert street.clearings.held(terms.op) == []
    with pytest.raises(OtherStatementError, match="nothing is held"):
        street.acts.rule(ARBITER, terms, PERIOD, ADA.address, 1)


def test_what_is_taken_back_and_stated_anew_is_still_contested(street):
    first = stated(street)
    street.acts.contest(ADA, street.terms, ADA.address, REASON)
    street.acts.retract(ORGANISER, street.terms)
    anew, op = stated(street), street.terms.op
    assert anew.number == first.number + 1
    assert street.clearings.contests(op, first) == street.clearings.contests(op, anew) == {ADA.address: REASON}
    with pytest.raises(TransactionFailedError, match="Clearing_AlreadyContested"):
        street.acts.contest(ADA, street.terms, ADA.address, REASON)
    street.passes_window()
    street.acts.settle(POSTER, street.terms, LINES)
    assert street.clearings.account(op, ADA.address).held_cents == 12_50

    later = stated(street, period=PERIOD + 1)
    assert street.clearings.contests(op, later) == {}
    assert street.clearings.contests(op, anew) == {ADA.address: REASON}


def test_who_mandates_more_once_a_period_is_stated_pays_from_the_next_on(street):
    op = street.terms.op
    stated(street)
    street.joins(ADA, 1_00, 31_00)
    assert street.clearings.account(op, ADA.address).mandated_at == 1
    street.passes_window()
    lines, _ = street.acts.settle(POSTER, street.terms, LINES)
    assert {it.member: it.carried_cents for it in lines if it.carried_cents} == {ADA.address: 12_50}
    assert street.balance(ADA) == 51_00
    stated(street, period=PERIOD + 1)
    street.passes_window()
    street.acts.settle(POSTER, street.terms, LINES)
    assert street.balance(ADA) == 51_00 - 12_50


def test_what_the_arbiter_does_not_rule_on_in_time_is_the_members_again(street):
    stated(street)
    street.acts.contest(ADA, street.terms, ADA.address, REASON)
    street.passes_window()
    street.acts.settle(POSTER, street.terms, LINES)
    with pytest.raises(TransactionFailedError, match="Clearing_TooEarly"):
        street.acts.release(POSTER, street.terms, PERIOD, ADA.address)
    street.town.pass_s(RULE_H * HOUR_S + 1)
    with pytest.raises(TransactionFailedError, match="Clearing_TooLate"):
        street.acts.rule(ARBITER, street.terms, PERIOD, ADA.address, 0)
    assert street.acts.release(POSTER, street.terms, PERIOD, ADA.address).held_cents == 12_50
    assert street.balance(ADA) == 50_00


def test_what_a_member_cannot_or_need_not_pay_the_organiser_carries(street):
    take = signed(BOB, take_slip(street.terms, BOB.address, 15_00, FOREVER), street)
    street.acts.take(POSTER, street.terms, BOB.address, 15_00, take)
    cap = signed(ADA, set_cap_slip(street.terms, ADA.address, 10_00, FOREVER), street)
    street.acts.set_cap(POSTER, street.terms, ADA.address, 10_00, cap)
    stated(street)
    street.passes_window()
    lines, _ = street.acts.settle(POSTER, street.terms, LINES)
    assert {it.member: it.carried_cents for it in lines if it.carried_cents} == {ADA.address: 2_50, BOB.address: 3_00}
    assert {it.member: it.charged_cents for it in lines}[ADA.address] == 10_00
    assert street.balance(ORGANISER) == 40_00 + 2_50 - 2_50 - 3_00


def test_the_same_is_not_stated_twice_and_another_waits(street):
    drawn = stated(street)
    again = street.acts.next_statement(street.terms, PERIOD, LINES, bytes(32), bytes(32), URI)
    assert again.number == drawn.number + 1
    assert not street.acts.state(ORGANISER, street.terms, again)
    other = street.acts.next_statement(street.terms, PERIOD, LINES, bytes(32), bytes(32), "")
    with pytest.raises(OtherStatementError, match="open until it is settled"):
        street.acts.state(ORGANISER, street.terms, other)
    street.acts.retract(ORGANISER, street.terms)
    with pytest.raises(OtherStatementError, match="is void"):
        street.acts.retract(ORGANISER, street.terms)
    assert street.acts.state(ORGANISER, street.terms, other)
    assert [it.number for it in street.clearings.statements(street.terms.op)] == [1, 2]
    street.passes_window()
    street.acts.settle(POSTER, street.terms, LINES)
    third = street.acts.next_statement(street.terms, PERIOD, LINES, bytes(32), bytes(32), URI)
    with pytest.raises(OtherStatementError, match="state a later one"):
        street.acts.state(ORGANISER, street.terms, third)
    assert not street.acts.state(ORGANISER, street.terms, other)


def test_an_organisers_slips_are_posted_by_anyone(street):
    drawn = street.acts.next_statement(street.terms, PERIOD, LINES, bytes(32), bytes(32), URI)
    slip = signed(ORGANISER, state_slip(street.terms, drawn, FOREVER), street)
    with pytest.raises(TransactionFailedError, match="NotSignedBy"):
        street.acts.state(POSTER, street.terms, drawn)
    assert street.acts.state(POSTER, street.terms, drawn, slip)
    street.acts.retract(POSTER, street.terms, signed(ORGANISER, retract_slip(street.terms, drawn, FOREVER), street))
    assert street.clearings.standing(street.terms.op).status is StatementStatus.VOID
    with pytest.raises(TransactionFailedError, match="Clearing_NotNext"):
        street.acts.state(POSTER, street.terms, drawn, slip)


def test_lines_that_were_not_stated_are_refused_before_anything_is_sent(street):
    stated(street)
    street.passes_window()
    others = (*LINES[1:], StatedLine(ADA.address, 12_50 + 1))
    with pytest.raises(OperationError, match="sum to 1 cents"):
        street.acts.settle(POSTER, street.terms, others)
    shifted = (StatedLine(ADA.address, 12_49), StatedLine(BOB.address, 8_01), *LINES[2:])
    with pytest.raises(OtherStatementError, match="not the lines that were stated"):
        street.acts.settle(POSTER, street.terms, shifted)


def test_what_nobody_settles_dies_and_everybody_leaves_with_her_money(street):
    stated(street)
    dead_in_s = street.clearings.standing(street.terms.op).dead_at_s - street.clearings.now_s()
    street.town.pass_s(dead_in_s + 1)
    assert street.clearings.standing(street.terms.op).status is StatementStatus.DEAD
    with pytest.raises(OtherStatementError, match="settled by nobody in time"):
        street.acts.settle(POSTER, street.terms, LINES)
    leave = signed(ADA, leave_slip(street.terms, ADA.address, FOREVER), street)
    street.acts.leave(POSTER, street.terms, ADA.address, leave)
    street.acts.leave(BOB, street.terms, BOB.address)
    assert [street.balance(it) for it in (ADA, BOB)] == [0, 0]
    money = street.clearings.money
    assert money.reads(street.town.rpc, "balanceOf", [(ADA.address,), (BOB.address,)]) == [PURSE_CENTS] * 2
    with pytest.raises(TransactionFailedError, match="NotSignedBy"):
        street.acts.leave(POSTER, street.terms, ORGANISER.address)


def test_a_stranger_signs_for_nobody(street):
    thief = Key.derived("stranger")
    forged = signed(thief, take_slip(street.terms, ADA.address, 1_00, FOREVER), street)
    with pytest.raises(TransactionFailedError, match="NotSignedBy"):
        street.acts.take(POSTER, street.terms, ADA.address, 1_00, forged)
    with pytest.raises(TransactionFailedError, match="NotSignedBy"):
        street.acts.set_cap(POSTER, street.terms, ADA.address, 90_00)
