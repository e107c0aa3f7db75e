"""Whoever starts Anvil gets the one that was started."""

import pytest

from beffroi.chain.anvil import AnvilError, anvil_running, start_anvil
from beffroi.chain.rpc import Rpc
from tests.support.fake_node import fake_node, honest


def test_a_node_that_has_the_port_is_not_taken_for_our_own():
    with fake_node(honest) as other:
        port = int(other.url.rpartition(":")[2])
        with pytest.raises(AnvilError, match=f"port {port} is taken by another program"):
            start_anvil(port=port)
        assert other.asked == []


def test_on_a_port_of_its_own_it_answers_at_once_and_is_gone_afterwards():
    with anvil_running(chain_id=4711) as ours:
        assert Rpc(ours.url, retries=1).number("eth_chainId") == 4711
    assert ours.process.poll() is not None


def test_what_anvil_does_not_understand_is_told_in_its_words():
    with pytest.raises(AnvilError, match=r"Anvil ended at once: .*--no-such-flag"):
        start_anvil(extra=("--no-such-flag",))


def test_whatever_anvil_complains_of_it_is_not_stopped_by_a_pipe_that_nobody_reads():
    with anvil_running() as ours:
        assert ours.process.stderr is None
