"""What the log may know: a slip's hash, and nothing else of it."""

import logging
import re
import threading
import time

import pytest

from beffroi.chain.keys import Key
from beffroi.post import privacy
from beffroi.post.locks import SenderTakenError
from beffroi.post.serving import Crew
from beffroi.post.worker import Worker
from tests.post.test_api_land import drafted, signature_of
from tests.support.mailroom import QUICK

DIGEST = re.compile("0x[0-9a-f]{64}")


@pytest.fixture
def written(caplog):
    """Everything that any part logs, at its most talkative."""
    levels = {name: logging.getLogger(name).level for name in privacy.TALKATIVE}
    privacy.quiet()
    caplog.set_level(logging.DEBUG)
    yield lambda: "\n".join(logging.Formatter("%(message)s").format(record) for record in caplog.records).lower()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_nothing_of_a_slip_but_its_hash_is_written(counter, written, monkeypatch):
    bob, cleo = counter.estate.bob, counter.estate.cleo
    good, poor = counter.payment(cents=31_415_92), counter.payment(cents=271_828_182_845)
    id_ = counter.take(good)
    counter.refused(poor)
    counter.refused(good | {"signature": "0x" + "ab" * 65, "tip": "swordfish"})
    counter.post({"slips": [counter.payment(cents=16_180_33), poor]}, "/v1/slips/batch")
    counter.client.post("/v1/slips", content=b'{"kind": "swordfish", ')
    counter.client.get(f"/v1/rolls/0x{'00' * 32}/{bob.address}?account=swordfish")
    counter.client.get(f"/v1/deeds?party={cleo.address}")
    deed = drafted(counter, "compromis", counter.estate.terms())["id"]
    counter.take(signature_of(counter, deed, bob))
    counter.works(id_)
    with monkeypatch.context() as broken:
        broken.setattr(counter.office.intake, "draft", erring)
        assert counter.post(good).status_code == 500
    log = written()

    assert id_ in log, "its hash is how it is found again"
    assert "valueerror at erring" in log, "a failure is told by where it was"
    secrets = [bob.address, cleo.address, good["signature"], poor["signature"], good["message"]["nonce"]]
    secrets += ["3141592", "271828182845", "1618033", "swordfish", "ab" * 65]
    for secret in secrets:
        assert secret.lower().removeprefix("0x") not in log, secret
    known = {id_, deed, counter.follow(id_)["transaction"]}
    assert known <= set(DIGEST.findall(log))


def erring(slip):
    raise ValueError(f"what a library might say of {slip}")


def test_a_pass_that_fails_is_tried_again_and_quotes_nothing(counter, written, monkeypatch):
    passes = []

    def failing(_):
        passes.append(1)
        erring("swordfish")

    monkeypatch.setattr(Worker, "step", failing)
    crew = Crew(counter.office, [Key.derived("postwoman")], QUICK)
    crew.start(on_failure=lambda: pytest.fail("a pass is no reason to end"))
    wait_until(lambda: len(passes) > 1)
    crew.end()
    assert "valueerror at erring" in written()
    assert "swordfish" not in written()


@pytest.mark.clock
def test_a_worker_without_its_key_ends_the_process(counter, written):
    crews = [Crew(counter.office, [Key.derived("postwoman")], QUICK) for _ in range(2)]
    ended = [threading.Event() for _ in crews]
    crews[0].start(on_failure=ended[0].set)
    wait_until(counter.office.store.senders)
    crews[1].start(on_failure=ended[1].set)
    assert ended[1].wait(120)
    with pytest.raises(SenderTakenError):
        crews[1].end()
    crews[0].end()
    assert not ended[0].is_set()
    assert "sendertakenerror at" in written()


def wait_until(condition, seconds=120):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
