"""Slips of operations, from the wallet to the block: a member's whole way, and an agent's commitments."""

import pytest

from beffroi import slips
from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.flows.clearing import Clearings
from beffroi.flows.clearingacts import ClearingActs
from beffroi.flows.meters import MeterBook
from beffroi.flows.meterslips import DRAWS, CommittedReadings, NewMeter, commit_slip, install_slip
from beffroi.flows.operation import (
    OperationTerms,
    StatedLine,
    contest_slip,
    leave_slip,
    set_cap_slip,
    take_slip,
)
from beffroi.slips import FOREVER
from beffroi.units import HOUR_S
from testbed.estate import PAPER
from testbed.town import CLERK, COURT, POSTER, REGISTRAR
from tests.post.test_api_kinds import carried_out

SALT, LATER = bytes(32), bytes(31) + b"\1"
PERIOD = 202_606


@pytest.fixture
def acts(counter):
    return ClearingActs(Clearings.of(counter.rpc, counter.estate.manifest))


@pytest.fixture
def terms(counter, acts):
    """The lender organises, the court arbitrates."""
    meters = counter.contract("Meters").address
    terms = OperationTerms(counter.estate.lender.address, COURT.address, meters, 24, 24, PAPER)
    acts.open(CLERK, terms)
    return terms


def paying(counter, acts, terms, who, cents=50_00, cap=30_00, salt=SALT, member=None):
    before_s = clock_s(counter.rpc) + HOUR_S
    slip = acts.deposit_slip(terms, (member or who).address, cap, cents, salt, before_s)
    extra = {"op": "0x" + terms.op.hex(), "capCents": str(cap), "salt": "0x" + salt.hex()}
    if member:
        extra["member"] = member.address
    return counter.request("clearing_deposit", slip, who, extra)


def stated(acts, terms, organiser, *lines):
    drawn = acts.next_statement(terms, PERIOD, lines, bytes(32), bytes(32), "https://rue.example/1")
    acts.state(organiser, terms, drawn)
    return drawn


def test_a_member_joins_contests_takes_and_leaves_by_slips(counter, acts, terms):
    bob, organiser, op = counter.estate.bob, counter.estate.lender, terms.op
    carried_out(counter, paying(counter, acts, terms, organiser, cap=0))
    carried_out(counter, paying(counter, acts, terms, bob))
    assert acts.clearings.account(op, bob.address).cap_cents == 30_00
    carried_out(counter, counter.request("clearing_cap", set_cap_slip(terms, bob.address, 25_00, FOREVER), bob))
    assert acts.clearings.account(op, bob.address).cap_cents == 25_00

    lines = StatedLine(bob.address, 10_00), StatedLine(organiser.address, -10_00)
    drawn = stated(acts, terms, organiser, *lines)
    contest = counter.request("clearing_contest", contest_slip(terms, drawn, bob.address, PAPER, FOREVER), bob)
    carried_out(counter, contest)
    again = counter.request("clearing_contest", contest_slip(terms, drawn, bob.address, SALT, FOREVER), bob)
    assert counter.refused(again) == (409, "slip_used")
    assert acts.clearings.contests(op, drawn) == {bob.address: PAPER}
    counter.estate.pass_days(2)
    counter.office.intake.checker.clock.forget()
    acts.settle(POSTER, terms, lines)
    assert acts.clearings.account(op, bob.address).held_cents == 10_00

    carried_out(counter, counter.request("clearing_take", take_slip(terms, bob.address, 15_00, FOREVER), bob))
    assert acts.clearings.account(op, bob.address).balance_cents == 25_00
    before = counter.estate.balance(bob.address)
    carried_out(counter, counter.request("clearing_leave", leave_slip(terms, bob.address, FOREVER), bob))
    assert counter.estate.balance(bob.address) == before + 25_00


def test_a_payment_is_bound_to_its_operation_and_its_cap(counter, acts, terms):
    bob = counter.estate.bob
    good = paying(counter, acts, terms, bob)
    assert counter.refused(good | {"extra": good["extra"] | {"capCents": "9900"}}) == (409, "content_mismatch")
    assert counter.refused(good | {"extra": good["extra"] | {"op": "0x" + PAPER.hex()}}) == (409, "content_mismatch")
    elsewhere = slips.receive(bob.address, counter.estate.cleo.address, 5, 7)
    assert counter.refused(counter.request("clearing_deposit", elsewhere, bob, good["extra"])) == (
        409, "content_mismatch",
    )  # fmt: skip
    carried_out(counter, good)
    assert counter.refused(paying(counter, acts, terms, bob, cents=1)) == (409, "slip_used"), "the same nonce"
    carried_out(counter, paying(counter, acts, terms, bob, cents=1, salt=LATER))


def test_strangers_sign_for_no_member(counter, acts, terms):
    bob, cleo = counter.estate.bob, counter.estate.cleo
    carried_out(counter, paying(counter, acts, terms, bob))
    take = take_slip(terms, bob.address, 1_00, FOREVER)
    assert counter.refused(counter.request("clearing_take", take, cleo)) == (403, "invalid_signature")
    too_much = take_slip(terms, bob.address, 51_00, FOREVER)
    assert counter.refused(counter.request("clearing_take", too_much, bob)) == (409, "refused_by_contract")
    late = take_slip(terms, bob.address, 1_00, clock_s(counter.rpc) - 1)
    assert counter.refused(counter.request("clearing_take", late, bob)) == (409, "slip_expired")


def test_the_successor_of_a_lost_key_acts_for_the_member(counter, acts, terms):
    bob, successor = counter.estate.bob, Key.derived("successor")
    carried_out(counter, paying(counter, acts, terms, bob))
    residents = counter.contract("Residents")
    counter.estate.act(REGISTRAR, residents, "proposeRecovery", bob.address, successor.address, PAPER)
    counter.estate.pass_days(16)
    counter.estate.act(CLERK, residents, "recover", bob.address)
    counter.office.intake.checker.clock.forget()
    take = take_slip(terms, bob.address, 1_00, FOREVER)
    assert counter.refused(counter.request("clearing_take", take, bob)) == (403, "invalid_signature")
    carried_out(counter, counter.request("clearing_take", take, successor))
    carried_out(counter, paying(counter, acts, terms, successor, cents=2_00, salt=LATER, member=bob))
    assert acts.clearings.account(terms.op, bob.address).balance_cents == 51_00


def test_what_could_not_be_paid_out_goes_where_its_holder_says(counter, acts, terms):
    bob, cleo = counter.estate.bob, counter.estate.cleo
    carried_out(counter, paying(counter, acts, terms, bob))
    counter.estate.act(REGISTRAR, counter.contract("Residents"), "suspend", bob.address, PAPER)
    acts.leave(bob, terms, bob.address)
    before = counter.estate.balance(cleo.address)
    slip = slips.withdrawal(bob.address, cleo.address, FOREVER)
    carried_out(counter, counter.request("withdrawal.Clearing", slip, bob))
    assert counter.estate.balance(cleo.address) == before + 50_00


def test_an_agent_commits_by_slip(counter, terms):
    book, bob, agent = MeterBook.of(counter.rpc, counter.estate.manifest), counter.estate.bob, counter.estate.cleo
    meter = NewMeter(bob.address, PAPER, agent.address, DRAWS, 1)
    signature = bob.sign(install_slip(terms, meter, FOREVER).digest(book.domain))
    id_ = book.install(agent, terms, meter, FOREVER, signature)
    readings = CommittedReadings(PERIOD, 1_780_264_800, 3_600, 720, {id_: PAPER})
    slip = commit_slip(terms, readings, FOREVER)
    assert counter.refused(counter.request("meter_commit", slip, bob)) == (403, "invalid_signature")
    carried_out(counter, counter.request("meter_commit", slip, agent))
    assert book.commitments(terms.op, [id_], PERIOD) == [readings.commitment(id_)]
    corrected = CommittedReadings(PERIOD, 1_780_264_800, 3_600, 720, {id_: SALT[:-1] + b"\2"})
    kept = counter.request("meter_commit", commit_slip(terms, corrected, FOREVER), agent)
    assert counter.refused(kept) == (409, "slip_used"), "what stands is the agent's own to change"
    nowhere = CommittedReadings(PERIOD, 1_780_264_800, 3_600, 720, {PAPER: PAPER})
    refused = counter.request("meter_commit", commit_slip(terms, nowhere, FOREVER), agent)
    assert counter.refused(refused) == (409, "refused_by_contract")
