"""What a reorganisation undoes is posted again; what it does not, stays."""

import time
from dataclasses import replace

import pytest

from beffroi.chain.keys import Key
from beffroi.post.model import SlipState
from tests.support.mailroom import PURSE_CENTS, QUICK, reckon, settle

POSTER = Key.derived("poster")


def mine(rpc, blocks=1):
    for _ in range(blocks):
        rpc.call("evm_mine")


def block_of(store, queued):
    return store.status(queued.id).block


def until(worker, happened, steps=300):
    for _ in range(steps):
        worker.step()
        if happened():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen")


def test_nothing_counts_before_it_is_deep_enough(room, store):
    worker, queued = room.worker(store, terms=replace(QUICK, confirmations=3)), room.payment()
    store.receive([queued])
    until(worker, lambda: block_of(store, queued))
    assert store.status(queued.id).state == SlipState.POSTED
    mine(room.rpc)
    worker.step()
    assert store.status(queued.id).state == SlipState.POSTED
    mine(room.rpc)
    worker.step()
    assert store.status(queued.id).state == SlipState.CONFIRMED


def test_a_payment_undone_before_it_counts_is_posted_again(room, store):
    worker, queued = room.worker(store, terms=replace(QUICK, confirmations=2)), room.payment()
    store.receive([queued])
    until(worker, lambda: block_of(store, queued))
    room.rpc.call("anvil_reorg", 1, [])
    assert room.balances()[:2] == [PURSE_CENTS, PURSE_CENTS]

    until(worker, lambda: room.balances()[0] == PURSE_CENTS - 1)
    mine(room.rpc)
    assert settle(worker, store, [queued])[queued.id].state == SlipState.CONFIRMED
    assert worker.follower.undone == 1
    reckon(room, store, POSTER, [(queued, 0, 1, 1)])


@pytest.mark.parametrize("depth", [1, 4, 9])
def test_confirmed_payments_of_many_batches_undone_together_are_posted_again(room, store, depth):
    worker, queued_slips = room.worker(store), []
    for cents in range(1, 8):
        queued = room.payment(0, 1, cents)
        store.receive([queued])
        settle(worker, store, [queued])
        queued_slips.append((queued, 0, 1, cents))
    mine(room.rpc, 2)
    undone = {
        it[0].id for it in queued_slips if block_of(store, it[0]) > int(room.rpc.call("eth_blockNumber"), 16) - depth
    }
    room.rpc.call("anvil_reorg", depth, [])

    worker.step()
    assert all(store.status(id_).state == SlipState.POSTED for id_ in undone)
    assert worker.follower.undone == len(undone)
    settle(worker, store, [it[0] for it in queued_slips])
    reckon(room, store, POSTER, queued_slips)


def test_a_refusal_is_undone_with_the_block_that_refused(room, store, monkeypatch):
    """The payer had spent the money when the block came; in the chain that won she has it."""
    worker = room.worker(store, terms=replace(QUICK, patience_s=0.0))
    queued, payer = room.payment(0, 1, 10), room.people[0]
    room.rpc.call("anvil_setBalance", payer.address, hex(10**18))
    store.receive([queued])
    hand_over = worker.sender._hand_over

    def once_she_has_spent_it(envelopes):
        if envelopes:
            room.town.does(payer, room.town.currency, "transfer", room.people[3].address, PURSE_CENTS)
        hand_over(envelopes)

    monkeypatch.setattr(worker.sender, "_hand_over", once_she_has_spent_it)
    worker.step()
    monkeypatch.undo()
    until(worker, lambda: store.status(queued.id).state == SlipState.REJECTED)
    assert store.status(queued.id).error.name == "ERC20InsufficientBalance"

    room.rpc.call("anvil_reorg", 2, [])
    worker.step()
    assert store.status(queued.id).error is None
    assert settle(worker, store, [queued])[queued.id].state == SlipState.CONFIRMED
    reckon(room, store, POSTER, [(queued, 0, 1, 10)])


def test_a_chain_that_was_set_back_and_stands_still_is_believed_after_a_while(room, store):
    before = room.rpc.call("evm_snapshot")
    worker, queued = room.worker(store), room.payment()
    store.receive([queued])
    assert settle(worker, store, [queued])[queued.id].state == SlipState.CONFIRMED
    room.rpc.call("evm_revert", before)
    room.worker(store)

    until(worker, lambda: worker.follower.undone)
    settle(worker, store, [queued])
    reckon(room, store, POSTER, [(queued, 0, 1, 1)])


def test_what_is_deep_enough_is_watched_no_longer(room, store):
    worker, queued = room.worker(store, terms=replace(QUICK, watched=5)), room.payment()
    store.receive([queued])
    settle(worker, store, [queued])
    mine(room.rpc, 5)
    worker.step()
    assert store.outbox.watched(POSTER.address) == []
    assert store.status(queued.id).state == SlipState.CONFIRMED
