"""Anyone may post a slip. What somebody else has posted is told as done, by that transaction, and not as rejected."""

from dataclasses import replace

import pytest

from beffroi import slips
from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc, RpcUnreachableError
from beffroi.chain.sender import Sender
from beffroi.post import ledger
from beffroi.post.model import SlipState
from beffroi.post.worker import LATE_AT_ONCE
from testbed.town import REGISTRAR
from tests.post.test_api_kinds import ballot, mandate, pledges, vote  # noqa: F401
from tests.support.mailroom import PURSE_CENTS, QUICK, settle

NEIGHBOUR, POSTER = Key.derived("neighbour"), Key.derived("poster")


class Logless(Rpc):
    """A node that answers all but what logs it has: that takes it longer than anybody waits."""

    def batch(self, calls):
        if any(method == "eth_getLogs" for method, _ in calls):
            raise RpcUnreachableError("the node did not answer in time")
        return super().batch(calls)


def sent_by(rpc, who, call):
    """Whoever pays may post what the office would."""
    rpc.call("anvil_setBalance", who.address, hex(10**18))
    return Sender(rpc, who).send(call)


def test_a_payment_that_a_neighbour_posted_while_it_waited_is_confirmed_by_her_transaction(room, store):
    worker, payment, other = room.worker(store), room.payment(0, 1, 7), room.payment(2, 3, 1)
    store.receive([payment, other])
    receipt = sent_by(room.rpc, NEIGHBOUR, room.kinds["transfer"].batch([payment]))

    told = settle(worker, store, [payment, other])

    assert (told[payment.id].state, told[payment.id].error) == (SlipState.CONFIRMED, None)
    assert told[payment.id].transaction == receipt["transactionHash"]
    assert told[payment.id].block == int(receipt["blockNumber"], 16)
    assert (told[payment.id].gas, told[payment.id].fee_wei) == (None, None), "it cost the town nothing"
    assert store.spent([payment.signer], 0) == {payment.signer: 0}
    assert room.balances()[:2] == [PURSE_CENTS - 7, PURSE_CENTS + 7]
    assert [it.slips for it in ledger.by_service(store)] == [1]


def test_a_payment_that_a_neighbour_posted_in_front_of_our_batch_is_confirmed_by_hers(room, store, monkeypatch):
    worker, payment, other = room.worker(store), room.payment(0, 1, 7), room.payment(2, 3, 1)
    store.receive([payment, other])
    hand_over, hers = worker.sender._hand_over, []

    def once_she_has_posted_it(envelopes):
        if envelopes and not hers:
            hers.append(
                sent_by(room.rpc, NEIGHBOUR, room.kinds["transfer"].alone(room.kinds["transfer"].opened(payment)))
            )
        hand_over(envelopes)

    monkeypatch.setattr(worker.sender, "_hand_over", once_she_has_posted_it)
    told = settle(worker, store, [payment, other])
    assert {it.state for it in told.values()} == {SlipState.CONFIRMED}
    assert told[payment.id].transaction == hers[0]["transactionHash"] != told[other.id].transaction
    costs = list(ledger.by_slip(store))
    assert sum(it.fee_wei for it in costs) == sum(it.fee_wei for it in ledger.by_service(store)), "our gas is told too"


def test_it_is_told_as_done_once_it_is_deep_enough(room, store):
    worker, payment = room.worker(store, terms=replace(QUICK, confirmations=3)), room.payment(0, 1, 7)
    store.receive([payment])
    sent_by(room.rpc, NEIGHBOUR, room.kinds["transfer"].batch([payment]))
    worker.step()
    assert store.status(payment.id).state == SlipState.QUEUED
    for _ in range(2):
        room.rpc.call("evm_mine")
    assert settle(worker, store, [payment])[payment.id].state == SlipState.CONFIRMED


def test_a_late_slip_that_somebody_else_posted_is_told_as_done(room, store):
    """It waited while nothing could be sent, until its time was over; nobody took it in hand before."""
    worker = room.worker(store, terms=replace(QUICK, most_fee_wei=1))
    soon = clock_s(room.rpc) + 5
    hers, late = room.payment(0, 1, 7, before_s=soon), room.payment(2, 3, 1, before_s=soon)
    store.receive([hers, late])
    receipt = sent_by(room.rpc, NEIGHBOUR, room.kinds["transfer"].batch([hers]))
    worker.step()
    assert {it.state for it in store.statuses([hers.id, late.id]).values()} == {SlipState.RECEIVED}
    room.rpc.call("evm_setNextBlockTimestamp", soon)
    room.rpc.call("evm_mine")

    told = settle(worker, store, [hers, late])
    assert (told[hers.id].state, told[hers.id].transaction) == (SlipState.CONFIRMED, receipt["transactionHash"])
    assert (told[late.id].state, told[late.id].error.code) == (SlipState.EXPIRED, "slip_expired")


def test_a_node_without_logs_keeps_no_slip_in_time_from_being_posted(room, store):
    """Late, refused or in time: of the first two nobody can say yet whether somebody else posted them."""
    soon = clock_s(room.rpc) + 5
    late = [room.payment(0, 1, 7, before_s=soon) for _ in range(LATE_AT_ONCE + 1)]
    beyond, good = room.payment(1, 0, 2 * PURSE_CENTS), room.payment(2, 3, 1)
    store.receive([*late, beyond, good])
    room.rpc.call("evm_setNextBlockTimestamp", soon)
    room.rpc.call("evm_mine")

    worker = room.worker(store, rpc=Logless(room.rpc.url), terms=replace(QUICK, patience_s=0.0))
    assert settle(worker, store, [good])[good.id].state == SlipState.CONFIRMED
    doubtful = [it.id for it in (*late, beyond)]
    assert {it.state for it in store.statuses(doubtful).values()} <= {SlipState.RECEIVED, SlipState.QUEUED}
    told = settle(room.worker(store), store, [*late, beyond])
    assert told.pop(beyond.id).state == SlipState.REJECTED
    assert {it.state for it in told.values()} == {SlipState.EXPIRED}


@pytest.mark.parametrize("hers_comes_again", [False, True])
def test_a_strangers_transaction_that_is_undone_queues_the_slip_again(room, store, hers_comes_again):
    worker, payment = room.worker(store), room.payment(0, 1, 7)
    store.receive([payment])
    receipt = sent_by(room.rpc, NEIGHBOUR, room.kinds["transfer"].batch([payment]))
    assert settle(worker, store, [payment])[payment.id].transaction == receipt["transactionHash"]
    raw = room.rpc.call("eth_getRawTransactionByHash", receipt["transactionHash"])
    room.rpc.call("anvil_reorg", 1, [])
    assert room.balances()[:2] == [PURSE_CENTS, PURSE_CENTS]
    if hers_comes_again:
        room.rpc.call("evm_mine")
        room.rpc.call("eth_sendRawTransaction", raw)

    worker.step()
    assert worker.follower.undone == 1
    told = settle(worker, store, [payment])[payment.id]
    assert told.state == SlipState.CONFIRMED
    assert (told.transaction == receipt["transactionHash"]) == hers_comes_again
    assert room.balances()[:2] == [PURSE_CENTS - 7, PURSE_CENTS + 7]


def test_a_strangers_transaction_is_watched_until_it_is_deep_enough(room, store):
    worker, payment = room.worker(store, terms=replace(QUICK, watched=5)), room.payment(0, 1, 7)
    store.receive([payment])
    sent_by(room.rpc, NEIGHBOUR, room.kinds["transfer"].batch([payment]))
    settle(worker, store, [payment])
    assert len(store.outbox.watched_abroad()) == 1
    for _ in range(5):
        room.rpc.call("evm_mine")
    worker.step()
    assert store.outbox.watched_abroad() == []
    assert store.status(payment.id).state == SlipState.CONFIRMED


def test_another_slip_of_the_same_number_is_no_proof(room, store):
    worker, payment = room.worker(store), room.payment(0, 1, 7, number=500)
    twin = room.payment(0, 1, 7, number=500, before_s=2**40)
    assert twin.id != payment.id
    sent_by(room.rpc, NEIGHBOUR, room.kinds["transfer"].batch([payment, twin]))
    store.receive([twin])
    assert settle(worker, store, [twin])[twin.id].error.name == "LocalCurrency_SlipUsed", "the batch left it out"


def test_a_cancellation_is_no_payment(room, store):
    worker, payment = room.worker(store), room.payment(0, 1, 7, number=501)
    stop = room.queued("cancel", room.people[0], slips.cancel(room.people[0].address, 501))
    store.receive([payment, stop])
    sent_by(room.rpc, NEIGHBOUR, room.kinds["cancel"].batch([stop]))
    told = settle(worker, store, [payment, stop])
    assert (told[stop.id].state, told[payment.id].state) == (SlipState.CONFIRMED, SlipState.REJECTED)


def vetoed(counter):
    bob, thief, residents = counter.estate.bob, Key.derived("thief"), counter.contract("Residents")
    counter.estate.act(REGISTRAR, residents, "proposeRecovery", bob.address, thief.address, b"\x01" * 32)
    at = residents.read(counter.rpc, "residentOf", bob.address)[2]
    return counter.request("veto", slips.veto_recovery(bob.address, thief.address, at), bob)


def permitted(counter):
    bob = counter.estate.bob
    return counter.request("permit", slips.permit(bob.address, NEIGHBOUR.address, 700, 0), bob)


ACTS = {
    "transfer": lambda counter, _: counter.payment(),
    "cancel": lambda counter, _: counter.request(
        "cancel", slips.cancel(counter.estate.bob.address, 4321), counter.estate.bob
    ),
    "permit": lambda counter, _: permitted(counter),
    "veto": lambda counter, _: vetoed(counter),
    "ballot": lambda counter, request: ballot(counter, request.getfixturevalue("vote"), 2),
    "pledges": lambda counter, request: pledges(counter, request.getfixturevalue("mandate")),
}
"""A slip of each family."""


@pytest.mark.parametrize("kind", ACTS)
def test_a_slip_handed_in_after_somebody_else_has_posted_it_is_taken_and_told_as_done(counter, request, kind):
    slip, served = ACTS[kind](counter, request), counter.office.kinds[kind]
    draft = served.read(slip)
    receipt = sent_by(counter.rpc, NEIGHBOUR, served.batch([draft.queued(draft.account, 0)]))
    (told,) = counter.works(counter.take(slip))
    assert (told["state"], told["transaction"], told["error"]) == ("confirmed", receipt["transactionHash"], None)
