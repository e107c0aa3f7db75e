"""Schemathesis against the description: whatever it draws, the answer is one that is described, and never a 500.

BEFFROI_SCHEMA_CASES sets how many cases there are in all.
"""

import os
import threading
import time
from collections import Counter

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from beffroi.post.app import make_app
from beffroi.post.config import PostConfig
from beffroi.post.office import open_office
from tests.support.counter import OPEN_TO_ALL

CASES = int(os.environ.get("BEFFROI_SCHEMA_CASES", "5000"))
SHARES = {
    "POST /v1/slips": 45, "POST /v1/slips/batch": 10, "POST /v1/deeds": 15, "GET /v1/slips/{id}": 5,
    "GET /v1/rolls/{root}/{account}": 5, "GET /v1/deeds": 5, "GET /v1/deeds/{id}": 5, "GET /v1/costs": 5,
    "GET /v1/costs.csv": 5,
}  # fmt: skip
"""Per cent of all cases."""
PLAIN = ["GET /v1/town", "GET /health", "GET /ready", "GET /metrics"]
"""They take nothing, so that there is one case of each."""
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture(scope="module")
def described(founded, tmp_path_factory):
    """The description, and the office behind a socket."""
    folder = tmp_path_factory.mktemp("office")
    office = open_office(PostConfig(f"sqlite:///{folder}/post.db", limits=OPEN_TO_ALL), founded.rpc, founded.manifest)
    app = make_app(office)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    schema = schemathesis.openapi.from_dict(app.openapi())
    yield schema, f"http://127.0.0.1:{port}", requests.Session()
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("mode", MODES, ids=lambda it: it.value)
@pytest.mark.parametrize("label", SHARES)
def test_every_case_is_answered_as_described(described, label, mode):
    wanted = CASES * SHARES[label] // 100 // len(MODES)
    assert sum(draw(described, label, mode, wanted).values()) >= wanted


@pytest.mark.parametrize("label", PLAIN)
def test_what_takes_nothing_is_answered_as_described(described, label):
    assert set(draw(described, label, GenerationMode.POSITIVE, 1)) == {200}


def test_no_operation_is_left_out(described):
    assert {it.ok().label for it in described[0].get_all_operations()} == {*SHARES, *PLAIN}


def draw(described, label, mode, most):
    """Sends so many cases; how often each status was the answer."""
    schema, url, session = described
    operation = next(it.ok() for it in schema.get_all_operations() if it.ok().label == label)
    seen = Counter()

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=most, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        database=None, derandomize=True,
    )  # fmt: skip
    def answered(case):
        seen[case.call_and_validate(base_url=url, session=session).status_code] += 1

    answered()
    return seen
