"""A worker that is killed at any instant loses nothing and doubles nothing."""

import itertools
import os
import random
import threading
import time
from dataclasses import asdict

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.post.model import State
from beffroi.post.sender import Terms
from beffroi.post.store import Store
from tests.support import mailroom
from tests.support.anvil import anvil
from tests.support.hall import fund
from tests.support.killable import Killable, Plan
from tests.support.mailroom import PURSE_CENTS

KILLS = int(os.environ.get("BEFFROI_KILLS", "200"))
PEOPLE = 12
TERMS = Terms(confirmations=2, stuck_s=20.0, resend_s=0.5, doubt_s=10.0, patience_s=1.0)
POOR = 25
"""One letter in so many asks for more than its signer can ever have."""


def sent(rpc, key):
    """Every transaction of a key in the chain's blocks, with its receipt."""
    head = int(rpc.call("eth_blockNumber"), 16)
    blocks = rpc.batch([("eth_getBlockByNumber", [hex(number), True]) for number in range(head + 1)])
    hashes = [it["hash"] for block in blocks for it in block["transactions"] if it["from"] == key.address.lower()]
    return rpc.batch([("eth_getTransactionReceipt", [it]) for it in hashes])


class Miner(threading.Thread):
    """Makes a block a few times a second, so that transactions wait for one."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.rpc, self.stopped = Rpc(url), threading.Event()

    def run(self):
        while not self.stopped.wait(0.12):
            self.rpc.call("evm_mine")


class Feeder(threading.Thread):
    """Hands letters in while workers live and die."""

    def __init__(self, room, store, chance):
        super().__init__(daemon=True)
        self.room, self.store, self.chance = room, store, chance
        self.good, self.poor = {}, []
        self.stopped = threading.Event()

    def run(self):
        for turn in itertools.count(1):
            if self.stopped.wait(0.03):
                return
            payer, payee = self.chance.sample(range(PEOPLE), 2)
            if turn % POOR == 0:
                letter = self.room.payment(payer, payee, 10**9)
                self.poor.append(letter)
            else:
                cents = self.chance.randint(1, 50)
                letter = self.room.payment(payer, payee, cents)
                self.good[letter.id] = (letter, payer, payee, cents)
            self.store.receive([letter])


def test_killed_at_random_two_hundred_times_nothing_is_lost_and_nothing_doubled(tmp_path):
    chance = random.Random(20261122)
    key = Key.derived("poster")
    with anvil() as url:
        room = mailroom.found(Rpc(url), PEOPLE)
        fund(room.rpc, [key])
        room.rpc.call("evm_setAutomine", False)
        store = Store(f"sqlite:///{tmp_path}/post.db")
        currency = room.hall.currency
        plan = Plan(f"sqlite:///{tmp_path}/post.db", url, 31337, currency.address, key.secret.hex(), asdict(TERMS))
        workers, feeder = Killable(plan), Feeder(room, store, chance)
        miner = Miner(url)
        miner.start()
        feeder.start()
        started = time.monotonic()
        for _ in range(KILLS):
            worker = workers.start()
            time.sleep(chance.uniform(0.0, 0.5))
            workers.kill(worker)
        print(f"{KILLS} kills in {time.monotonic() - started:.1f} s")
        feeder.stopped.set()
        feeder.join()
        ids = [*feeder.good, *(it.id for it in feeder.poor)]
        last = workers.start()
        deadline = time.monotonic() + 30
        told = store.statuses(ids)
        while not all(it.state.ended for it in told.values()) and time.monotonic() < deadline:
            time.sleep(0.1)
            told = store.statuses(ids)
        workers.kill(last)
        workers.close()
        miner.stopped.set()
        miner.join()

        # Nothing lost: each letter came to the end that it deserved.
        assert len(told) == len(ids) > KILLS
        assert {told[id_].state for id_ in feeder.good} == {State.CONFIRMED}
        assert {told[it.id].state for it in feeder.poor} == {State.REJECTED}

        # Nothing doubled: the chain carried each out once, and never refused one that it had carried out.
        receipts = sent(room.rpc, key)
        used = [it for receipt in receipts for it in currency.logged(receipt, "AuthorizationUsed")]
        assert sorted(it.args["nonce"] for it in used) == sorted({it.args["nonce"] for it in used})
        assert len(used) == len(feeder.good)
        assert not [it for receipt in receipts for it in currency.logged(receipt, "SlipRefused")]

        # Every transaction of the key is one of ours, and the nonces have no gap.
        carried = [store.outbox.batch(number + 1) for number in range(len(receipts))]
        assert sorted(it.nonce for it in carried) == list(range(len(receipts)))
        assert {it.transaction for it in carried} == {it["transactionHash"] for it in receipts}

        # Sums equal: the purses to the cent, the gas to the unit, the fees to the wei.
        purses = [PURSE_CENTS] * PEOPLE
        for _, payer, payee, cents in feeder.good.values():
            purses[payer] -= cents
            purses[payee] += cents
        assert room.balances() == purses
        assert sum(it.gas or 0 for it in told.values()) == sum(int(it["gasUsed"], 16) for it in receipts)
        paid = sum(int(it["gasUsed"], 16) * int(it["effectiveGasPrice"], 16) for it in receipts)
        assert sum(it.fee_wei or 0 for it in told.values()) == paid
        print(f"{len(receipts)} transactions carried {len(used)} payments of {len(ids)} letters")
        store.close()
