"""A node that lies and whoever writes to the post office's database: they hold slips up, and pay nobody otherwise."""

import sqlite3
from dataclasses import replace

import orjson
import pytest

from beffroi.chain.rpc import Rpc, RpcError
from beffroi.post.model import SlipState
from beffroi.post.store import Store
from tests.support.mailroom import PURSE_CENTS, settle

THIEF = 3  # among the residents of the mailroom


@pytest.fixture
def path(tmp_path):
    return tmp_path / "post.db"


@pytest.fixture
def store(path):
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


def written(path, statement, *values):
    """What a hand in the database does behind the post office's back; how many rows it changed."""
    with sqlite3.connect(path) as database:
        return database.execute(statement, values).rowcount


class Flatterer(Rpc):
    """A node that says of every call that it would succeed."""

    def batch(self, calls):
        calls = list(calls)
        answers = super().batch(calls)
        return [
            "0x" if method == "eth_call" and isinstance(answer, RpcError) else answer
            for (method, _), answer in zip(calls, answers, strict=True)
        ]


def _signature(slip):
    return orjson.loads(slip.payload)["signature"].encode()


def test_a_slip_that_is_changed_in_the_database_pays_nobody_and_holds_up_no_other(room, store, path):
    honest, changed = room.payment(0, 1, 100), room.payment(1, 2, 200)
    store.receive([honest, changed])
    forged = changed.payload.replace(room.people[2].address.encode(), room.people[THIEF].address.encode())
    assert forged != changed.payload
    assert written(path, "UPDATE slips SET payload = ? WHERE id = ?", forged, changed.id) == 1

    told = settle(room.worker(store), store, [honest, changed])
    assert told[honest.id].state == SlipState.CONFIRMED
    assert told[changed.id].state == SlipState.REJECTED
    assert room.balances() == [PURSE_CENTS - 100, PURSE_CENTS + 100, PURSE_CENTS, PURSE_CENTS]


def test_a_slip_that_is_put_back_in_the_queue_pays_once(room, store, path):
    slip = room.payment(0, 1, 100)
    store.receive([slip])
    settle(room.worker(store), store, [slip])
    back = "UPDATE slips SET state = 'queued', batch = NULL, place = NULL, holder = NULL, not_before = 0 WHERE id = ?"
    assert written(path, back, slip.id) == 1

    settle(room.worker(store), store, [slip])
    assert room.balances() == [PURSE_CENTS - 100, PURSE_CENTS + 100, PURSE_CENTS, PURSE_CENTS]


def test_a_node_that_flatters_has_the_office_post_a_forgery_which_the_contract_refuses(room, store):
    honest, own = room.payment(0, 1, 100), room.payment(1, THIEF, 200)
    # The thief's own signature under words that name another as the payer.
    forged = replace(own, payload=own.payload.replace(_signature(own), _signature(room.payment(THIEF, 1, 200))))
    assert forged.payload != own.payload
    store.receive([honest, forged])

    told = settle(room.worker(store, rpc=Flatterer(room.rpc.url)), store, [honest, forged])
    assert told[honest.id].state == SlipState.CONFIRMED
    assert told[forged.id].state == SlipState.REJECTED
    assert room.balances() == [PURSE_CENTS - 100, PURSE_CENTS + 100, PURSE_CENTS, PURSE_CENTS]
