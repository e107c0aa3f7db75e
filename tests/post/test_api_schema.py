"""Schemathesis against the description: whatever it draws, the answer is one that is described, and never a 500.

BEFFROI_SCHEMA_CASES sets how many cases there are in all: 5,000 before a release, fewer in `make test`, whose hour they
would be a tenth of.
"""

import copy
import os
import threading
import time
from collections import Counter
from dataclasses import replace

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

CASES = int(os.environ.get("BEFFROI_SCHEMA_CASES", "2000"))
SLIPS_PERCENT, BATCH_PERCENT = 45, 10
"""Of all cases; each kind of slip gets its part of them. Drawn from the choice of all kinds a case takes ten times as
long, so the description is narrowed to one kind at a time, and this office takes few in a batch."""
SHARES = {
    "POST /v1/deeds": 6, "GET /v1/slips/{id}": 9, "GET /v1/rolls/{root}/{account}": 8, "GET /v1/deeds": 6,
    "GET /v1/deeds/{id}": 6, "GET /v1/costs": 5, "GET /v1/costs.csv": 5,
}  # fmt: skip
KINDS = [
    "TransferSlip", "CancelSlip", "RedeemSlip", "PermitSlip", "VetoSlip", "BallotSlip", "PledgesSlip", "AmendmentSlip",
    "EvidenceSlip", "CounterEvidenceSlip", "AppealSlip", "PetitionSlip", "FundSlip", "LandTaxSlip", "RetractionSlip",
    "WithdrawalSlip", "PaperIssueSlip", "PaperUseSlip", "TrusteeStepSlip", "AcknowledgementSlip", "ShareSlip",
    "DeedSignatureSlip", "ClearingDepositSlip", "ClearingCapSlip", "ClearingTakeSlip", "ClearingLeaveSlip",
    "ClearingContestSlip", "WithdrawalClearingSlip", "MeterCommitSlip", "CreditPaySlip", "CreditMixedSlip",
    "CreditCancelSlip", "VouchSlip", "UnvouchSlip", "SpendSlip", "RefundSlip", "GrantSlip",
    "WithdrawalProgrammesSlip",
]  # fmt: skip
PLAIN = ["GET /v1/town", "GET /health", "GET /ready", "GET /metrics"]
"""They take nothing, so that there is one case of each."""
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture(scope="module")
def described(settled, tmp_path_factory):
    """The description, and the office behind a socket."""
    folder = tmp_path_factory.mktemp("office")
    config = PostConfig(f"sqlite:///{folder}/post.db", limits=replace(OPEN_TO_ALL, batch=3))
    office = open_office(config, settled.rpc, settled.manifest)
    app = make_app(office)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    yield requests.get(f"{url}/openapi.json", timeout=10).json(), url, requests.Session()
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("mode", MODES, ids=lambda it: it.value)
@pytest.mark.parametrize("label", SHARES)
def test_every_case_is_answered_as_described(described, label, mode):
    wanted = CASES * SHARES[label] // 100 // len(MODES) + 1
    assert sum(draw(described, label, mode, wanted).values()) >= wanted


@pytest.mark.parametrize("mode", MODES, ids=lambda it: it.value)
@pytest.mark.parametrize("kind", KINDS)
def test_every_slip_is_answered_as_described(described, kind, mode):
    for label, percent in (("POST /v1/slips", SLIPS_PERCENT), ("POST /v1/slips/batch", BATCH_PERCENT)):
        wanted = CASES * percent // 100 // len(KINDS) // len(MODES) + 1
        assert sum(draw(described, label, mode, wanted, kind).values()) >= wanted


@pytest.mark.parametrize("label", PLAIN)
def test_what_takes_nothing_is_answered_as_described(described, label):
    assert set(draw(described, label, GenerationMode.POSITIVE, 1)) == {200}


def test_no_operation_is_left_out(described):
    labels = {it.ok().label for it in schemathesis.openapi.from_dict(described[0]).get_all_operations()}
    assert labels == {*SHARES, *PLAIN, "POST /v1/slips", "POST /v1/slips/batch"}
    slips = described[0]["components"]["schemas"]["SlipRequest"]["oneOf"]
    assert sorted(it["$ref"].split("/")[-1] for it in slips) == sorted(KINDS)


def draw(described, label, mode, most, kind=None):
    """Sends so many cases; how often each status was the answer."""
    description, url, session = described
    if kind is not None:
        description = copy.deepcopy(description)
        schemas = description["components"]["schemas"]
        schemas["SlipRequest"] = schemas[kind]
    schema = schemathesis.openapi.from_dict(description)
    rejection = schema.config.checks.negative_data_rejection
    rejection.expected_statuses = [*rejection.expected_statuses, "413"]
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
