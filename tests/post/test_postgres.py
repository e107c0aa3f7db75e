"""Several workers share PostgreSQL, each with a key of its own: every slip is taken by one of them."""

import contextlib
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, astuple

import pytest

from beffroi.chain.keys import Key
from beffroi.post import ledger
from beffroi.post.model import SlipState
from beffroi.post.store import Store
from testbed.town import fund
from tests.support import postgres
from tests.support.mailroom import PURSE_CENTS, QUICK, sent
from tests.support.mortal_workers import MortalWorkers, Plan

KEYS = [Key.derived("poster", number) for number in range(3)]
QUEUED = 900


@pytest.fixture(scope="module")
def cluster():
    if os.environ.get("BEFFROI_NO_POSTGRES") == "1":
        pytest.xfail("NOT RUN: BEFFROI_NO_POSTGRES=1")
    with postgres.cluster() as url:
        yield url


def test_without_postgresql_the_test_says_what_to_install(monkeypatch):
    monkeypatch.setattr(postgres, "binaries", lambda: None)
    with pytest.raises(AssertionError, match="install Debian's package `postgresql`"), postgres.cluster():
        pass


def test_workers_pass_over_what_another_is_just_taking(cluster, room):
    store = Store(postgres.fresh(cluster))
    store.receive([room.payment() for _ in range(300)])
    barrier = threading.Barrier(6)

    def take(number):
        barrier.wait()
        return [it.queued.id for _ in range(5) for it in store.take(f"w{number}", ["transfer"], 10)]

    with ThreadPoolExecutor(6) as pool:
        hands = list(pool.map(take, range(6)))
    times = Counter(id_ for hand in hands for id_ in hand)
    assert set(times.values()) == {1}
    assert len(times) == 300
    store.close()


@pytest.mark.clock
def test_a_row_locked_by_another_transaction_delays_nobody(cluster, room):
    store = Store(postgres.fresh(cluster))
    first, second = room.payment(), room.payment()
    store.receive([first, second])
    with store.engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1 FROM slips WHERE id = %s FOR UPDATE", (first.id,))
        started = time.monotonic()
        assert [it.queued.id for it in store.take("w", ["transfer"], 9)] == [second.id]
        assert time.monotonic() - started < 60
    store.close()


@pytest.mark.clock
def test_three_workers_that_are_killed_in_turn_post_each_slip_once(cluster, room):
    url = postgres.fresh(cluster)
    store = Store(url)
    fund(room.rpc, KEYS)
    plans = [Plan(url, room.rpc.url, astuple(room.domain), key.secret.hex(), asdict(QUICK)) for key in KEYS]
    queued_slips = [_payment(room, number) for number in range(QUEUED)]
    with contextlib.ExitStack() as stack:
        workers = [stack.enter_context(contextlib.closing(MortalWorkers(plan))) for plan in plans]
        living = [it.start() for it in workers]
        for turn, start in enumerate(range(0, QUEUED, 30)):
            store.receive([it[0] for it in queued_slips[start : start + 30]])
            time.sleep(0.15)
            if turn % 3 == 2:
                victim = turn // 3 % 3
                workers[victim].kill(living[victim])
                living[victim] = workers[victim].start()
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline and store.counts() != {("transfer", SlipState.CONFIRMED): QUEUED}:
            time.sleep(0.1)

    assert store.counts() == {("transfer", SlipState.CONFIRMED): QUEUED}
    receipts = [it for key in KEYS for it in sent(room, key)]
    used = [it for receipt in receipts for it in room.town.currency.logged(receipt, "AuthorizationUsed")]
    assert len({(it.args["authorizer"], it.args["nonce"]) for it in used}) == len(used) == QUEUED
    assert not [it for receipt in receipts for it in room.town.currency.logged(receipt, "SlipRefused")]
    purses = [PURSE_CENTS] * 4
    for _, payer, payee, cents in queued_slips:
        purses[payer] -= cents
        purses[payee] += cents
    assert room.balances() == purses
    assert sum(bool(sent(room, key)) for key in KEYS) > 1  # on a busy machine one may never come in time
    assert sum(it.gas for it in ledger.by_slip(store)) == sum(int(it["gasUsed"], 16) for it in receipts)
    store.close()


def _payment(room, number):
    payer, payee, cents = number % 4, (number + 1) % 4, 1 + number % 9
    return room.payment(payer, payee, cents), payer, payee, cents
