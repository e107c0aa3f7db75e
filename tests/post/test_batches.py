"""What a batch holds: slips that would fail it are found, and none is larger than nodes pass on."""

from dataclasses import replace

import pytest

from beffroi.chain.keys import Key
from beffroi.chain.transaction import Call
from beffroi.post import ledger
from beffroi.post.model import QueuedSlip, Refusal, SlipState
from beffroi.post.worker import Worker
from testbed.town import fund
from tests.support.mailroom import QUICK, sent, settle

POSTER = Key.derived("poster")
FRAGILE = "0x" + "f4" * 20
CODE = "0x60005b803614601e57803560ee145f5416601a576020016002565b5f5ffd5b00"
"""For each word of calldata: revert if it is 0xee and slot 0 holds 1."""


class Fragile:
    """A kind whose whole batch reverts when a slip is 0xee and the contract's first slot is 1."""

    name, most_in_batch, gas_base = "fragile", 64, 60_000

    def estimate_each(self):
        return 30_000

    def batch(self, queued_slips):
        return Call(FRAGILE, b"".join(it.payload for it in queued_slips), "fragile")

    def precheck(self, rpc, queued_slips):
        return {}

    def refused(self, queued_slips, receipt):
        return {}


def fragile_slips(*words):
    return [
        QueuedSlip(bytes([place]) * 32, "fragile", "fragile", f"0x{place:040x}", word.to_bytes(32))
        for place, word in enumerate(words)
    ]


@pytest.fixture
def fragile(room, store):
    room.rpc.call("anvil_setCode", FRAGILE, CODE)
    fund(room.rpc, [POSTER])
    return Worker(store, {"fragile": Fragile()}, room.rpc, POSTER, terms=QUICK)


def test_a_slip_that_would_make_the_whole_batch_revert_is_found_by_halves(room, store, fragile):
    room.rpc.call("anvil_setStorageAt", FRAGILE, "0x0", f"0x{1:064x}")
    queued_slips = fragile_slips(1, 2, 3, 0xEE, 5, 6, 7, 8, 9)
    store.receive(queued_slips)
    told = settle(fragile, store, queued_slips)
    assert told[queued_slips[3].id].state == SlipState.REJECTED
    assert [told[it.id].state for it in queued_slips].count(SlipState.CONFIRMED) == 8
    assert fragile.follower.reverted == 0


def test_a_batch_that_reverts_in_its_block_is_tried_again_in_smaller_company(room, store, fragile, monkeypatch):
    queued_slips = fragile_slips(1, 2, 3, 0xEE, 5, 6, 7, 8)
    store.receive(queued_slips)
    room.rpc.call("anvil_setStorageAt", FRAGILE, "0x0", f"0x{0:064x}")
    hand_over = fragile.sender._hand_over

    def once_it_is_bad(envelopes):
        if envelopes:
            room.rpc.call("anvil_setStorageAt", FRAGILE, "0x0", f"0x{1:064x}")
        hand_over(envelopes)

    monkeypatch.setattr(fragile.sender, "_hand_over", once_it_is_bad)
    told = settle(fragile, store, queued_slips)
    assert told[queued_slips[3].id].state == SlipState.REJECTED
    assert [told[it.id].state for it in queued_slips].count(SlipState.CONFIRMED) == 7
    assert fragile.follower.reverted == 1
    gas = sum(int(it["gasUsed"], 16) for it in sent(room, POSTER))
    assert gas == sum(it.gas for it in ledger.by_slip(store))


def test_a_kind_that_breaks_on_one_slip_holds_back_no_other(room, store, fragile, monkeypatch):
    def breaks(_, queued_slips):
        if any(it.id[0] == 2 for it in queued_slips):
            raise ValueError("cannot be encoded")
        return Call(FRAGILE, b"".join(it.payload for it in queued_slips), "fragile")

    monkeypatch.setattr(Fragile, "batch", breaks)
    queued_slips = fragile_slips(1, 2, 3, 4)
    store.receive(queued_slips)
    told = settle(fragile, store, queued_slips)
    assert told[queued_slips[2].id].error.code == "internal_error"
    assert [told[it.id].state for it in queued_slips].count(SlipState.CONFIRMED) == 3


def test_a_transaction_is_never_larger_than_nodes_pass_on(room, store, fragile, monkeypatch):
    monkeypatch.setattr(Fragile, "estimate_each", lambda _: 1_000_000)
    queued_slips = [replace(it, payload=it.payload + bytes(40_000)) for it in fragile_slips(*range(1, 8))]
    store.receive(queued_slips)
    told = settle(fragile, store, queued_slips)
    sizes = [
        len(room.rpc.call("eth_getTransactionByHash", it)["input"]) // 2
        for it in {t.transaction for t in told.values()}
    ]
    assert max(sizes) < 126_001
    assert {it.state for it in told.values()} == {SlipState.CONFIRMED}


def test_a_slip_too_large_for_any_transaction_is_rejected(store, fragile):
    (queued,) = (replace(it, payload=bytes(130_000)) for it in fragile_slips(1))
    store.receive([queued])
    told = settle(fragile, store, [queued])
    assert told[queued.id].error == Refusal("body_too_large", message="the slip is larger than a transaction may be")
