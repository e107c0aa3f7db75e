"""The worker posts what waits, leaves out what the chain would refuse, and says what became of each."""

import threading
import time
from dataclasses import replace

import pytest

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.post.locks import SenderTakenError
from beffroi.post.model import SlipState
from beffroi.post.worker import Worker
from tests.support.mailroom import PURSE_CENTS, QUICK, settle


def test_payments_share_a_transaction_and_each_is_told_its_share(room, store):
    worker = room.worker(store)
    queued_slips = [room.payment(0, 1, 100), room.payment(1, 2, 50), room.payment(2, 3, 7)]
    store.receive(queued_slips)

    told = settle(worker, store, queued_slips)

    assert {it.state for it in told.values()} == {SlipState.CONFIRMED}
    (transaction,) = {it.transaction for it in told.values()}
    receipt = room.rpc.call("eth_getTransactionReceipt", transaction)
    assert sum(it.gas for it in told.values()) == int(receipt["gasUsed"], 16)
    assert {it.block for it in told.values()} == {int(receipt["blockNumber"], 16)}
    paid = int(receipt["gasUsed"], 16) * int(receipt["effectiveGasPrice"], 16)
    assert sum(it.fee_wei for it in told.values()) == paid
    assert room.balances() == [PURSE_CENTS - 100, PURSE_CENTS + 50, PURSE_CENTS + 43, PURSE_CENTS + 7]


def test_one_bad_slip_holds_back_no_other(room, store):
    worker = room.worker(store)
    used = room.payment(number=77)
    store.receive([used])
    settle(worker, store, [used])
    replayed = room.payment(0, 2, 9, number=77)
    good = [room.payment(cents=2) for _ in range(5)]
    store.receive([*good[:2], replayed, *good[2:]])

    told = settle(worker, store, [*good, replayed])

    assert told[replayed.id].state == SlipState.REJECTED
    assert told[replayed.id].error.name == "LocalCurrency_SlipUsed"
    assert {told[it.id].state for it in good} == {SlipState.CONFIRMED}
    assert len({told[it.id].transaction for it in good}) == 1


def test_a_slip_that_becomes_bad_after_the_check_is_left_out_by_the_contract(room, store, monkeypatch):
    worker = room.worker(store)
    doomed, good = room.payment(0, 1, 3), room.payment(0, 2, 3)
    store.receive([doomed, good])
    hand_over = worker.sender._hand_over
    payer, currency = room.people[0], room.town.currency

    def once_the_payer_has_spent_it(envelopes):
        if envelopes:
            room.town.does(payer, currency, "transfer", room.people[3].address, PURSE_CENTS - 3)
        hand_over(envelopes)

    room.rpc.call("anvil_setBalance", payer.address, hex(10**18))
    monkeypatch.setattr(worker.sender, "_hand_over", once_the_payer_has_spent_it)
    worker.step()
    monkeypatch.undo()
    told = settle(worker, store, [doomed, good])

    assert [told[it.id].state for it in (doomed, good)].count(SlipState.REJECTED) == 1
    (refused,) = [it for it in told.values() if it.state == SlipState.REJECTED]
    assert refused.error.name == "ERC20InsufficientBalance"


def test_a_slip_without_funds_waits_a_while_for_them(room, store):
    worker = room.worker(store)
    early = room.payment(0, 1, PURSE_CENTS + 10)
    store.receive([early])
    worker.step()
    assert store.status(early.id).state == SlipState.QUEUED
    funds = room.payment(2, 0, 10)
    store.receive([funds])
    told = settle(worker, store, [early, funds])
    assert {it.state for it in told.values()} == {SlipState.CONFIRMED}


def test_a_slip_whose_funds_never_come_is_rejected_with_the_contracts_error(room, store):
    worker = room.worker(store)
    poor = room.payment(0, 1, PURSE_CENTS + 10)
    store.receive([poor])
    told = settle(worker, store, [poor])
    assert told[poor.id].state == SlipState.REJECTED
    assert told[poor.id].error.name == "ERC20InsufficientBalance"
    assert told[poor.id].transaction is None


def test_a_slip_whose_deadline_has_come_expires_unposted(room, store):
    worker = room.worker(store)
    now = int(room.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    late = room.payment(before_s=now)
    store.receive([late])
    told = settle(worker, store, [late])
    assert told[late.id].state == SlipState.EXPIRED
    assert told[late.id].error.code == "slip_expired"
    assert room.nonces_used(Key.derived("poster")) == 0


def test_what_stops_something_goes_first_and_alone(room, store):
    worker = room.worker(store)
    payment = room.payment(0, 1, 5, number=900)
    stop = room.queued("cancel", room.people[0], slips.cancel(room.people[0].address, 900))
    store.receive([payment, stop])
    assert [it.queued.id for it in store.take("other", ["transfer", "cancel"], 9)] == [stop.id, payment.id]
    store.release("other")
    told = settle(worker, store, [payment, stop])
    assert told[stop.id].state == SlipState.CONFIRMED
    assert told[payment.id].state == SlipState.REJECTED


def test_batches_are_sized_by_gas(room, store):
    worker = room.worker(store)
    queued_slips = [room.payment() for _ in range(450)]
    store.receive(queued_slips)
    told = settle(worker, store, queued_slips)
    used = {it.transaction: 0 for it in told.values()}
    for it in told.values():
        used[it.transaction] += it.gas
    assert len(used) == 3
    assert max(used.values()) < 16_777_216
    assert {it.state for it in told.values()} == {SlipState.CONFIRMED}


def test_low_balance_is_an_alert_before_it_is_a_failure(room, store, caplog):
    worker = room.worker(store)
    address = worker.sender.address
    room.rpc.call("anvil_setBalance", address, hex(9 * 10**16))
    queued = room.payment()
    store.receive([queued])

    told = settle(worker, store, [queued])

    assert told[queued.id].state == SlipState.CONFIRMED
    assert "fund it" in caplog.text
    (vitals,) = store.senders()
    assert (vitals.address, vitals.is_low) == (address, True)


def test_without_money_nothing_is_lost_and_it_goes_on_once_funded(room, store, caplog):
    worker = room.worker(store)
    room.rpc.call("anvil_setBalance", worker.sender.address, hex(10**9))
    queued = room.payment()
    store.receive([queued])
    for _ in range(3):
        worker.step()
    assert store.status(queued.id).state == SlipState.QUEUED
    assert "cannot pay for the next batch" in caplog.text
    room.rpc.call("anvil_setBalance", worker.sender.address, hex(10**18))
    assert settle(worker, store, [queued])[queued.id].state == SlipState.CONFIRMED


@pytest.mark.parametrize("limit", [1, 10**8])
def test_nothing_is_sent_while_gas_costs_more_than_the_limit(room, store, limit, caplog):
    worker = room.worker(store, terms=replace(QUICK, most_fee_wei=limit))
    queued = room.payment()
    store.receive([queued])
    worker.step()
    assert store.status(queued.id).state == SlipState.RECEIVED
    assert "costs more than our limit" in caplog.text
    assert worker.sender.look().nonce == 0


def test_the_alert_comes_before_the_balance_pays_for_no_full_transaction(room, store):
    worker = room.worker(store, terms=replace(QUICK, low_wei=1))
    view = worker.sender.look()
    a_full_one = view.most_gas * view.market.price_wei
    room.rpc.call("anvil_setBalance", worker.sender.address, hex(3 * a_full_one))
    worker.step()
    (vitals,) = store.senders()
    assert vitals.is_low
    assert vitals.low_wei == 4 * a_full_one


def running(worker, until, seconds=20):
    """Runs a worker in a thread until something is so."""
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,), kwargs={"pace_s": 0.01}, daemon=True)
    thread.start()
    deadline = time.monotonic() + seconds
    while not until() and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    thread.join()


def test_a_fault_that_nobody_expected_costs_a_pass_and_quotes_nothing(room, store, caplog, monkeypatch):
    worker, queued = room.worker(store), room.payment()
    store.receive([queued])
    look, faults = worker.sender.look, iter([ValueError("quotes a slip"), KeyError("quotes another")])

    def fails_twice():
        if fault := next(faults, None):
            raise fault
        return look()

    monkeypatch.setattr(worker.sender, "look", fails_twice)
    running(worker, lambda: store.status(queued.id).state == SlipState.CONFIRMED)
    assert store.status(queued.id).state == SlipState.CONFIRMED
    assert "a pass failed: ValueError" in caplog.text
    assert "quotes" not in caplog.text


def test_a_second_worker_with_the_same_key_is_refused(room, store):
    worker, stop = room.worker(store), threading.Event()
    with store.alone(worker.sender.address), pytest.raises(SenderTakenError):
        room.worker(store).run(stop)


def test_a_batch_of_a_kind_that_is_served_no_more_holds_back_no_other(room, store):
    worker, queued = room.worker(store), room.payment()
    store.receive([queued])
    worker.step()
    stop = room.queued("cancel", room.people[0], slips.cancel(room.people[0].address, 4321))
    store.receive([stop])
    without = Worker(store, {"cancel": room.kinds["cancel"]}, room.rpc, Key.derived("poster"), terms=QUICK)
    assert settle(without, store, [stop])[stop.id].state == SlipState.CONFIRMED
    assert store.status(queued.id).state == SlipState.POSTED
    assert settle(worker, store, [queued])[queued.id].state == SlipState.CONFIRMED
