"""A node that drops requests, or loses the answer to what it took: every transaction is sent once all the same."""

import pytest

from beffroi.chain import transport
from beffroi.chain.rpc import Rpc, RpcUnreachableError
from beffroi.town.apply import NoBirthError, apply_plan
from beffroi.town.plan import make_plan
from testbed.town import MAYOR
from tests.support.flaky_proxy import Fault, Upset, flaky_proxy
from tests.town.conftest import Deployer

SEND = "eth_sendRawTransaction"
STEPS = 4


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(transport, "RETRY_DELAY_S", 0.001)


def through(url: str, deployer: Deployer) -> Deployer:
    return Deployer(url, deployer.folder)


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_when_the_answer_to_a_send_is_lost_it_is_not_sent_twice(deployer, step):
    with flaky_proxy(deployer.url, Upset(SEND, Fault.LOSE_ANSWER, {step})) as url:
        manifest = through(url, deployer).deploy()

    assert deployer.sent() == STEPS
    assert len({record.transaction for record in manifest.contracts.values()} | set(manifest.acts.values())) == STEPS


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_when_every_answer_to_a_send_is_lost_the_next_run_resumes_without_a_duplicate(deployer, step):
    lost = Upset(SEND, Fault.LOSE_ANSWER, set(range(step, 100)))
    with flaky_proxy(deployer.url, lost) as url, pytest.raises(RpcUnreachableError):
        through(url, deployer).deploy()
    assert deployer.sent() == step  # the node took it

    deployer.deploy()
    assert deployer.sent() == STEPS


@pytest.mark.parametrize(
    "method", ["eth_getCode", "eth_call", "eth_getLogs", "eth_estimateGas", "eth_getTransactionReceipt", SEND]
)
def test_when_requests_are_dropped_they_are_asked_again(deployer, method):
    with flaky_proxy(deployer.url, Upset(method, Fault.DROP, {1, 2, 4, 7, 8})) as url:
        through(url, deployer).deploy()

    assert deployer.sent() == STEPS


def test_when_the_node_goes_away_midway_the_next_run_does_the_rest(deployer):
    gone = Upset(SEND, Fault.DROP, set(range(3, 100)))
    with flaky_proxy(deployer.url, gone) as url, pytest.raises(RpcUnreachableError):
        through(url, deployer).deploy()
    assert deployer.sent() == 2

    deployer.deploy()
    assert deployer.sent() == STEPS


def test_a_node_without_the_logs_of_a_town_that_stands_is_told_in_words(town, tmp_path):
    class LoglessRpc(Rpc):
        def batch(self, calls):
            logs = {"eth_getLogs": []}
            return [logs.get(name, it) for (name, _), it in zip(calls, super().batch(calls), strict=True)]

    plan = make_plan(town.rpc, town.config, MAYOR.address)
    with pytest.raises(NoBirthError, match=r"Town stands at 0x.*no log of its creation"):
        apply_plan(plan, LoglessRpc(town.rpc.url), MAYOR, folder=tmp_path)
