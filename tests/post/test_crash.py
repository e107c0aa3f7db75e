"""A worker that is killed at any instant loses nothing and doubles nothing."""

import itertools
import os
import random
import threading
import time
from dataclasses import asdict, astuple, replace

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.post.model import SlipState
from beffroi.post.sending import SendingTerms
from beffroi.post.store import Store
from testbed.town import fund
from tests.support import mailroom
from tests.support.mailroom import QUICK, reckon, settle
from tests.support.mortal_workers import MortalWorkers, Plan

KILLS = int(os.environ.get("BEFFROI_KILLS", "200"))
PEOPLE = 12
TERMS = SendingTerms(confirmations=2, stuck_s=20.0, resend_s=0.5, doubt_s=10.0, patience_s=1.0)
AT_ONCE = replace(QUICK, patience_s=0.0)
POOR = 25
"""One slip in so many asks for more than its signer can ever have."""


class Miner(threading.Thread):
    """Makes a block a few times a second, so that transactions wait for one."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.rpc, self.stopped = Rpc(url), threading.Event()

    def run(self):
        while not self.stopped.wait(0.12):
            self.rpc.call("evm_mine")


class Feeder(threading.Thread):
    """Hands slips in while workers live and die."""

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
                queued = self.room.payment(payer, payee, 10**9)
                self.poor.append(queued)
            else:
                cents = self.chance.randint(1, 50)
                queued = self.room.payment(payer, payee, cents)
                self.good[queued.id] = (queued, payer, payee, cents)
            self.store.receive([queued])


def test_killed_at_random_two_hundred_times_nothing_is_lost_and_nothing_doubled(tmp_path, foundation):
    chance = random.Random(20261122)
    key = Key.derived("poster")
    with foundation.standing() as town:
        room = mailroom.furnish(town, PEOPLE)
        fund(room.rpc, [key])
        room.rpc.call("evm_setAutomine", False)
        url = f"sqlite:///{tmp_path}/post.db"
        store = Store(url)
        plan = Plan(url, room.rpc.url, astuple(room.domain), key.secret.hex(), asdict(TERMS))
        workers, feeder = MortalWorkers(plan), Feeder(room, store, chance)
        miner = Miner(room.rpc.url)
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
        deadline = time.monotonic() + 300
        told = store.statuses(ids)
        while not all(it.state.ended for it in told.values()) and time.monotonic() < deadline:
            time.sleep(0.1)
            told = store.statuses(ids)
        workers.kill(last)
        workers.close()
        miner.stopped.set()
        miner.join()

        assert len(told) == len(ids) > KILLS
        assert {told[id_].state for id_ in feeder.good} == {SlipState.CONFIRMED}
        assert {told[it.id].state for it in feeder.poor} == {SlipState.REJECTED}
        receipts = reckon(room, store, key, feeder.good.values())
        # Never was a slip posted that had been carried out: the contract would have refused it.
        assert not [it for receipt in receipts for it in room.town.currency.logged(receipt, "SlipRefused")]
        print(f"{len(receipts)} transactions carried {len(feeder.good)} payments of {len(ids)} slips")
        store.close()


class KilledError(BaseException):
    """The process is no more: nothing catches it."""


class Doom:
    """Ends a worker at one of the moments between which it speaks to the node or to the database.

    Args:
        at: the number of that moment.
    """

    def __init__(self, at):
        self.at, self.moment = at, 0

    def watch(self, thing, *names):
        """Puts a moment before and after each call of these methods."""
        for name in names:
            setattr(thing, name, self._watched(getattr(thing, name)))

    def _watched(self, method):
        def call(*arguments, **named):
            self._pass()
            answer = method(*arguments, **named)
            self._pass()
            return answer

        return call

    def _pass(self):
        self.moment += 1
        if self.moment >= self.at:
            raise KilledError


def test_killed_between_any_two_steps_nothing_is_lost_and_nothing_doubled(room, tmp_path):
    key, moment, survived = Key.derived("poster"), 0, False
    while not survived:
        moment += 1
        before = room.rpc.call("evm_snapshot")
        store = Store(f"sqlite:///{tmp_path}/{moment}.db")
        good = [(room.payment(0, 1, 5), 0, 1, 5), (room.payment(1, 2, 6), 1, 2, 6)]
        poor = room.payment(2, 3, 10**9)
        store.receive([*(it[0] for it in good), poor])
        survived = _live(room, store, tmp_path / f"{moment}.db", key, moment)
        heir = room.worker(store, key, terms=AT_ONCE)
        heir.recover()
        told = settle(heir, store, [*(it[0] for it in good), poor])
        assert [told[it[0].id].state for it in good] == [SlipState.CONFIRMED] * 2, moment
        assert told[poor.id].state == SlipState.REJECTED, moment
        receipts = reckon(room, store, key, good)
        assert len(receipts) == 1, moment
        store.close()
        room.rpc.call("evm_revert", before)
    assert moment > 30


def _live(room, store, file, key, moment):
    """A worker's life up to a moment; whether it ended in peace."""
    own = Store(f"sqlite:///{file}")
    doom, rpc = Doom(moment), Rpc(room.rpc.url)
    worker = room.worker(own, key, rpc=rpc, terms=AT_ONCE)
    doom.watch(rpc, "batch")
    doom.watch(own, "take", "put_back", "release", "reject", "take_late", "report", "busy")
    doom.watch(own.outbox, "record", "add_envelope", "mined", "confirm", "watched", "envelopes", "queued_slips")
    try:
        worker.recover()
        for _ in range(4):
            worker.step()
    except KilledError:
        return False
    else:
        return True
    finally:
        own.close()
