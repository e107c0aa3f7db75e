"""The store keeps what it was given, once, and hands it to one worker at a time; on SQLite and on PostgreSQL alike."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from beffroi.chain.transaction import Call
from beffroi.post.locks import SenderTakenError
from beffroi.post.model import Batch, BatchState, Envelope, QueuedSlip, Refusal, SlipState, share
from beffroi.post.outbox import Mined, SlipsLostError
from beffroi.post.store import Store
from tests.support import postgres

ADA, BEA = "0x" + "aa" * 20, "0x" + "bb" * 20
KINDS = ["transfer"]


class Clock:
    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def cluster():
    if os.environ.get("BEFFROI_NO_POSTGRES") == "1":
        pytest.xfail("NOT RUN: BEFFROI_NO_POSTGRES=1")
    with postgres.cluster() as url:
        yield url


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/post.db"
    return request.getfixturevalue("fresh_database")


@pytest.fixture
def fresh_database(cluster):
    return postgres.fresh(cluster)


@pytest.fixture
def store(url, clock):
    store = Store(url, clock=clock)
    yield store
    store.close()


def queued(number, *, kind="transfer", lane="transfer", signer=ADA, deadline_s=None, priority=0):
    return QueuedSlip(number.to_bytes(32), kind, lane, signer, b'{"n":%d}' % number, deadline_s, priority)


def batch(nonce=0, *, sender=ADA):
    return Batch(sender, nonce, "transfer", "transfer", Call(BEA, b"data", "pay"), 100_000)


def envelope(name, signed_at=1.0):
    return Envelope(name, b"raw " + name.encode(), 2 * 10**18, 10**9, signed_at)


def mined(name="0xaa", gas=1001, fee=10**20 + 1):
    return Mined(name, 7, "0xb10c", True, gas, fee)


def posted(store, numbers, nonce=0, worker="w"):
    """Slips received, taken and recorded in a batch; its number."""
    store.receive([queued(it) for it in numbers])
    taken = [it.queued.id for it in store.take(worker, KINDS, 1000)]
    return store.outbox.record(worker, batch(nonce), envelope(f"0x{nonce:02x}"), taken)


def states(store, numbers):
    told = store.statuses([it.to_bytes(32) for it in numbers])
    return [told[it.to_bytes(32)].state for it in numbers]


def test_the_same_slip_twice_is_one(store, clock):
    first = store.receive([queued(1), queued(2)])
    clock.now += 5
    again = store.receive([queued(2), queued(3), queued(3)])
    assert [it.new for it in first] == [True, True]
    assert [it.new for it in again] == [False, True, False]
    assert again[0].status == first[1].status
    assert store.counts() == {("transfer", SlipState.RECEIVED): 3}


def test_what_is_received_is_there_for_another_process(store, url):
    store.receive([queued(1, deadline_s=2**256 - 1)])
    other = Store(url)
    (taken,) = other.take("w", KINDS, 9)
    other.close()
    assert taken.queued == queued(1, deadline_s=2**62)


def test_many_threads_share_commits_and_each_gets_its_own_answer(store):
    def hand_in(number):
        return store.receive([queued(number), queued(number % 10)])

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(hand_in, range(10, 210)))
    assert all(first.status.id == number.to_bytes(32) for number, (first, _) in enumerate(answers, 10))
    assert all(first.new for first, _ in answers)
    assert sum(second.new for _, second in answers) == 10


def test_the_order_is_priority_then_what_ends_soon_then_what_came_first(store, clock):
    now = int(clock.now)
    store.receive([queued(1), queued(2), queued(3, deadline_s=now + 60), queued(4, deadline_s=now + 30)])
    clock.now += 1
    store.receive([queued(5, deadline_s=now + 10**6), queued(6, priority=10)])
    assert [it.queued.id[-1] for it in store.take("w", KINDS, 9)] == [6, 4, 3, 1, 2, 5]


def test_a_slip_in_one_hand_is_not_given_to_another(store, clock):
    store.receive([queued(1), queued(2)])
    assert len(store.take("w", KINDS, 1)) == 1
    assert [it.queued.id[-1] for it in store.take("v", KINDS, 9)] == [2]
    assert store.take("v", KINDS, 9) == []
    clock.now += 61
    assert [it.queued.id[-1] for it in store.take("v", KINDS, 9)] == [1, 2]


def test_kinds_that_a_worker_does_not_know_stay(store):
    store.receive([queued(1, kind="veto")])
    assert store.take("w", KINDS, 9) == []


def test_a_worker_that_starts_again_frees_what_it_had_in_hand(store):
    store.receive([queued(1), queued(2)])
    store.take("w", KINDS, 1)
    store.take("v", KINDS, 1)
    assert store.release("w") == 1
    assert [it.queued.id[-1] for it in store.take("w", KINDS, 9)] == [1]


def test_a_slip_that_is_put_back_waits(store, clock):
    store.receive([queued(1)])
    store.take("w", KINDS, 1)
    store.put_back("w", [queued(1).id], after_s=2)
    assert store.take("w", KINDS, 1) == []
    clock.now += 2
    assert len(store.take("w", KINDS, 1)) == 1


def test_a_slip_taken_by_another_meanwhile_is_in_no_batch_of_ours(store, clock):
    store.receive([queued(1), queued(2)])
    slow = [it.queued.id for it in store.take("slow", KINDS, 9)]
    clock.now += 61
    store.take("quick", KINDS, 1)
    with pytest.raises(SlipsLostError):
        store.outbox.record("slow", batch(), envelope("0x00"), slow)
    assert store.outbox.watched(ADA) == []
    assert states(store, [1, 2]) == [SlipState.QUEUED, SlipState.QUEUED]


def test_two_batches_cannot_share_a_nonce(store):
    posted(store, [1])
    store.receive([queued(2)])
    store.take("w", KINDS, 1)
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.outbox.record("w", batch(0), envelope("0xff"), [queued(2).id])
    assert states(store, [2]) == [SlipState.QUEUED]


def test_a_confirmed_batch_tells_each_slip_its_exact_share(store):
    number = posted(store, [1, 2, 3])
    store.outbox.confirm(number, mined(), {queued(2).id: Refusal("slip_used", "Used", {"nonce": "7"})}, {})
    told = store.statuses([it.to_bytes(32) for it in (1, 2, 3)])
    assert states(store, [1, 2, 3]) == [SlipState.CONFIRMED, SlipState.REJECTED, SlipState.CONFIRMED]
    assert sum(it.gas for it in told.values()) == 1001
    assert sum(it.fee_wei for it in told.values()) == 10**20 + 1
    assert told[queued(2).id].error == Refusal("slip_used", "Used", {"nonce": "7"})
    assert {it.transaction for it in told.values()} == {"0xaa"}


def test_a_refusal_for_time_makes_a_slip_expired(store):
    number = posted(store, [1])
    store.outbox.confirm(number, mined(), {queued(1).id: Refusal("slip_expired")}, {})
    assert states(store, [1]) == [SlipState.EXPIRED]


def test_what_a_reorganisation_undoes_waits_for_a_block_again_whatever_it_was(store):
    number = posted(store, [1, 2])
    store.outbox.confirm(number, mined(), {queued(2).id: Refusal("slip_used")}, {})
    store.outbox.reopen(number)
    assert states(store, [1, 2]) == [SlipState.POSTED, SlipState.POSTED]
    told = store.status(queued(2).id)
    assert (told.transaction, told.block, told.gas, told.error) == (None, None, None, None)
    (open_,) = store.outbox.watched(ADA)
    assert (open_.state, open_.transaction) == (BatchState.OPEN, "")


def test_slips_of_a_batch_that_is_given_up_are_queued_and_its_nonce_is_free(store):
    number = posted(store, [1, 2])
    store.outbox.void(number)
    assert states(store, [1, 2]) == [SlipState.QUEUED, SlipState.QUEUED]
    assert store.outbox.nonces(ADA, 0) == set()
    assert store.outbox.strays([queued(1).id]) == {queued(1).id: [(number, 0)]}
    taken, own = store.outbox.queued_slips(number)
    assert ([it.queued.id[-1] for it in taken], own) == ([1, 2], set())
    store.outbox.revive(number, {queued(2).id: 1})
    assert states(store, [1, 2]) == [SlipState.QUEUED, SlipState.POSTED]


def test_slips_are_late_by_the_clock_of_the_chain_and_taken_once(store):
    store.receive([queued(2, deadline_s=100), queued(3, deadline_s=101), queued(4)])
    assert [it.queued.id for it in store.take_late("w", 100, 9)] == [queued(2).id]
    assert store.take_late("v", 100, 9) == []
    store.reject("w", {queued(2).id: Refusal("slip_expired")})
    assert states(store, [2, 3, 4]) == [SlipState.EXPIRED, SlipState.RECEIVED, SlipState.RECEIVED]


def test_once_final_a_batch_is_watched_no_longer_and_forgets_its_transactions(store):
    number = posted(store, [1])
    store.outbox.confirm(number, mined(), {}, {})
    store.outbox.finalize(ADA, 7)
    assert len(store.outbox.watched(ADA)) == 1
    store.outbox.finalize(ADA, 8)
    assert store.outbox.watched(ADA) == []
    assert store.outbox.envelopes([number]) == {number: []}
    assert store.status(queued(1).id).transaction == "0xaa"
    assert store.outbox.last_nonce(ADA) == 0


def test_one_worker_a_key(store, url):
    other = Store(url)
    with store.alone(ADA) as lock:
        lock.check()
        with pytest.raises(SenderTakenError, match="another worker sends with"), other.alone(ADA):
            pass
        with other.alone(BEA):
            pass
    with other.alone(ADA):
        pass
    other.close()


def test_sqlite_writes_ahead_and_syncs_each_commit(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/post.db")
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    store.close()
    assert sqlite3.connect(tmp_path / "post.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(("total", "size"), [(0, 3), (7, 7), (1000, 7), (6, 7)])
def test_shares_add_up(total, size):
    parts = [share(total, size, place) for place in range(size)]
    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1


def test_however_long_the_history_no_pass_of_a_worker_reads_it_whole(tmp_path, clock):
    store = Store(f"sqlite:///{tmp_path}/post.db", clock=clock)
    statements = []
    event.listen(store.engine, "before_cursor_execute", lambda *it: statements.append((it[2], it[3])))
    number = posted(store, [1, 2])
    store.take_late("w", int(clock.now), 9)
    store.outbox.watched_abroad()
    store.outbox.raised_tips()
    store.busy({ADA}, "w")
    store.oldest_waiting_s()
    store.release("w")
    store.outbox.watched(ADA)
    store.outbox.nonces(ADA, 0)
    store.outbox.last_nonce(ADA)
    store.outbox.queued_slips(number)
    store.outbox.confirm(number, mined(), {}, {})
    store.outbox.finalize(ADA, 8)
    store.statuses([queued(1).id])
    with store.engine.connect() as connection:
        plans = [
            (step.detail, sql)
            for sql, values in list(statements)
            if sql.startswith(("SELECT", "UPDATE"))
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    store.close()
    assert len(plans) > 12
    assert [it for it in plans if it[0].startswith("SCAN") and "USING" not in it[0]] == []
