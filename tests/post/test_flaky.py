"""A node that drops requests, loses answers, hangs and lies about nonces costs time, never a slip."""

import random
import threading
import time
from dataclasses import replace

import pytest

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.post.model import SlipState
from tests.support.flaky_proxy import Fault, flaky_proxy
from tests.support.mailroom import QUICK, reckon

POSTER = Key.derived("poster")
QUEUED = 60
TERMS = replace(QUICK, confirmations=2, doubt_s=1.0, resend_s=0.2, stuck_s=2.0)


class Trouble:
    """Faults and lies by a die.

    Args:
        chance: the die.
        drop, lose, hang: how probable each is, for each call of a request.
        lie: how probable it is that a number of transactions is wrong.
    """

    def __init__(self, chance, *, drop=0.0, lose=0.0, hang=0.0, lie=0.0):
        self.chance, self.lie, self.lies = chance, lie, 0
        self.odds = {Fault.DROP: drop, Fault.LOSE_ANSWER: lose, Fault.HANG: hang}

    def fault(self, _):
        for fault, odds in self.odds.items():
            if self.chance.random() < odds:
                return fault
        return Fault.NONE

    def tell(self, method, result):
        if method == "eth_getTransactionCount" and self.chance.random() < self.lie:
            self.lies += 1
            return hex(max(0, int(result, 16) + self.chance.choice([-3, -2, -1, 1, 2])))
        return result


class Miner(threading.Thread):
    """Makes a block a few times a second."""

    def __init__(self, rpc):
        super().__init__(daemon=True)
        self.rpc, self.stopped = Rpc(rpc.url), threading.Event()

    def run(self):
        while not self.stopped.wait(0.1):
            self.rpc.call("evm_mine")


NODES = {
    "drops": {"drop": 0.06},
    "loses answers": {"lose": 0.06},
    "hangs": {"hang": 0.03},
    "lies about nonces": {"lie": 0.3},
    "does all of it": {"drop": 0.03, "lose": 0.03, "hang": 0.01, "lie": 0.2},
}


@pytest.mark.clock
@pytest.mark.parametrize("odds", NODES.values(), ids=NODES)
def test_every_slip_is_carried_out_once_through_a_node_that(room, store, odds):
    trouble, queued_slips = Trouble(random.Random(8600), **odds), []
    room.rpc.call("evm_setAutomine", False)
    miner, stop = Miner(room.rpc), threading.Event()
    miner.start()
    with flaky_proxy(room.rpc.url, trouble.fault, trouble.tell) as url:
        worker = _started(room, store, url)
        thread = threading.Thread(target=worker.run, args=(stop,), kwargs={"pace_s": 0.02}, daemon=True)
        thread.start()
        for number in range(QUEUED):
            payer, payee, cents = number % 4, (number + 1) % 4, number + 1
            queued = room.payment(payer, payee, cents)
            store.receive([queued])
            queued_slips.append((queued, payer, payee, cents))
            time.sleep(0.01)
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline and any(it[1] != SlipState.CONFIRMED for it in store.counts()):
            time.sleep(0.1)
        # What is under way yet, fills gaps: it ends as well. What is final is watched no more.
        while any(it.state != "confirmed" for it in store.outbox.watched(POSTER.address)):
            assert time.monotonic() < deadline, "what fills gaps is in no block"
            time.sleep(0.1)
        stop.set()
        thread.join()
    miner.stopped.set()
    miner.join()
    assert store.counts() == {("transfer", SlipState.CONFIRMED): QUEUED}
    assert "lie" not in odds or trouble.lies
    reckon(room, store, POSTER, queued_slips)


def _started(room, store, url):
    """Its first question may be lost as well."""
    for _ in range(20):
        try:
            return room.worker(store, POSTER, rpc=Rpc(url, retries=1, timeout_s=0.5), terms=TERMS)
        except Exception:  # noqa: BLE001
            continue
    raise AssertionError("the node never answered")
