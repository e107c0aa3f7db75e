"""When it is too much, or when something is gone: limits for each address, and a node or a database that is silent."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from beffroi.chain.rpc import RpcError, RpcUnreachableError
from beffroi.post.config import Limits
from beffroi.post.limits import Limiter, Rate
from tests.support.counter import ANY, OPEN_TO_ALL, open_counter

NOWHERE = "0x" + "ab" * 32


def test_who_asks_too_much_waits(estate, tmp_path):
    with open_counter(estate, tmp_path, Limits(client=Rate(0.5, 3), signer=ANY)) as counter:
        answers = [counter.client.post("/v1/slips", content=b"{") for _ in range(4)]
        assert [it.status_code for it in answers] == [400, 400, 400, 429]
        assert answers[3].json()["code"] == "rate_limited"
        assert int(answers[3].headers["retry-after"]) == answers[3].json()["details"]["retryAfter"] > 0


def test_who_signs_too_much_waits_and_nobody_else(estate, tmp_path):
    with open_counter(estate, tmp_path, Limits(client=ANY, signer=Rate(0.01, 2))) as counter:
        mine = [counter.payment() for _ in range(3)]
        assert [counter.post(it).status_code for it in mine] == [202, 202, 429]
        assert counter.post(mine[0]).status_code == 200, "known already: costs nothing"
        assert counter.post(counter.payment(payer=counter.estate.cleo, payee=counter.estate.bob)).status_code == 202
        forged = counter.payment(payer=counter.estate.lender) | {"signature": mine[0]["signature"]}
        for _ in range(3):
            assert counter.refused(forged)[1] == "invalid_signature"
        assert counter.post(counter.payment(payer=counter.estate.lender)).status_code == 202, "forgers take no tokens"


def test_a_bucket_fills_again():
    now = [0.0]
    limiter = Limiter(Rate(2, 4), clock=lambda: now[0], most=2)
    assert [limiter.wait_s("a") for _ in range(5)] == [0, 0, 0, 0, 0.5]
    assert limiter.wait_s("b", 10) == 0, "a full bucket may owe the rest"
    assert limiter.wait_s("b") == 3.5
    now[0] = 0.5
    assert limiter.wait_s("a") == 0
    limiter.wait_s("c")
    assert limiter.wait_s("b") == 0, "the quietest was forgotten"


def test_when_the_chain_is_gone_it_says_so(counter, monkeypatch):
    def gone(*_):
        raise RpcUnreachableError("it is gone")

    with monkeypatch.context() as broken:
        broken.setattr(counter.office.rpc, "batch", gone)
        assert counter.refused(counter.payment()) == (503, "chain_unavailable")
        answer = counter.client.get("/ready")
    assert (answer.status_code, answer.json()["parts"]) == (503, {"database": "ok", "chain": "RpcUnreachableError"})
    assert counter.client.get("/health").json() == {"status": "ok"}


NOT_ANSWERED = [
    "eth_getBlockByNumber", "eth_getTransactionCount", "eth_getBalance", "eth_call", "eth_getTransactionReceipt",
    "eth_chainId",
]  # fmt: skip


@pytest.mark.parametrize("method", NOT_ANSWERED)
def test_it_is_not_ready_while_the_node_refuses_what_a_worker_asks(counter, monkeypatch, method):
    batch = counter.office.rpc.batch

    def partly(calls):
        told = batch(calls)
        return [RpcError(method, -32601, "not here") if it[0] == method else told[n] for n, it in enumerate(calls)]

    assert counter.client.get("/ready").json() == {"ready": True, "parts": {"database": "ok", "chain": "ok"}}
    monkeypatch.setattr(counter.office.rpc, "batch", partly)
    answer = counter.client.get("/ready")
    assert (answer.status_code, answer.json()["parts"]) == (503, {"database": "ok", "chain": "RpcError"})


def test_it_is_not_ready_with_a_node_of_another_chain_or_of_one_without_the_town(counter, monkeypatch):
    office = counter.office
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(office.rpc, "number", lambda *_: 5)
        assert counter.client.get("/ready").json()["parts"]["chain"] == "NotReadyError"
    counter.rpc.call("anvil_setCode", office.kinds["transfer"].contract.address, "0x")
    answer = counter.client.get("/ready")
    assert (answer.status_code, answer.json()["parts"]["chain"]) == (503, "NotReadyError")


def test_it_is_not_ready_with_a_database_that_does_not_hold_its_slips(counter):
    assert counter.client.get("/ready").status_code == 200
    with counter.office.store.engine.begin() as other:
        other.exec_driver_sql("ALTER TABLE slips RENAME TO elsewhere")
    answer = counter.client.get("/ready")
    assert (answer.status_code, answer.json()["parts"]) == (503, {"database": "OperationalError", "chain": "ok"})


def test_when_the_database_is_gone_it_says_so(counter, monkeypatch):
    def gone(*_):
        raise OperationalError("secret statement", {}, Exception("disk"))

    monkeypatch.setattr(counter.office.store, "statuses", gone)
    assert counter.refused(counter.payment()) == (503, "store_unavailable")
    assert counter.client.get(f"/v1/slips/{NOWHERE}").status_code == 503


def test_a_slip_that_brings_the_check_down_brings_no_other_down(counter, monkeypatch):
    check, poison = type(counter.office.kinds["transfer"]).check, counter.payment(cents=666)

    def upset(kind, rpc, drafts):
        if any(it.message["value"] == 666 for it in drafts):
            raise OverflowError("that number")
        return check(kind, rpc, drafts)

    monkeypatch.setattr(type(counter.office.kinds["transfer"]), "check", upset)
    answer = counter.post({"slips": [counter.payment(), poison]}, "/v1/slips/batch")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert len(counter.office.store.counts()) == 1, "the good one was taken in all the same"


def test_when_too_many_wait_it_says_so(estate, tmp_path):
    with open_counter(estate, tmp_path, replace(OPEN_TO_ALL, waiting=1)) as counter:
        two = {"slips": [counter.payment(), counter.payment()]}
        answer = counter.post(two, "/v1/slips/batch")
        assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "too_busy", "1")
