"""What the node that lies is able to: each lie alone, before a real chain; the truth stands beside it at the node's own
URL, as whoever asks a second node would see it.
"""

import time

import pytest

from beffroi.chain.rpc import Rpc, RpcError
from testbed.anvil import anvil
from testbed.polls import HOUR_S
from tests.adversaries.vote.lies import alters, answers, answers_from, delays, hides, loses, replays, swaps
from tests.adversaries.vote.lying_node import Asked, lying_node, overheard

DELAY_S = 0.2


@pytest.fixture
def opened(station):
    """A ceremony in which all have enrolled."""
    number = station.hall.open_ceremony()
    station.hall.step(number)
    return number


@pytest.fixture
def sees(station, opened):
    """A trustee's replay of the ceremony by a node that tells these lies, and by a second one that tells none."""

    def sees(*lies):
        with station.node(*lies) as node:
            return station.by(node).ceremony(opened), station.by(None).ceremony(opened)

    return sees


def test_without_lies_it_is_the_node_itself(station, sees):
    told, true = sees()
    assert told == true
    with station.node() as node:
        asked = [("eth_chainId", []), ("eth_blockNumber", [])]
        assert Rpc(node.url).batch(asked) == station.polls.rpc.batch(asked)
        assert node.heard == [Asked(*it) for it in asked]


def test_a_swapped_event_shows_other_values_in_logs_and_receipts(station, opened, sees):
    lie = swaps(station.polls.ceremonies, "Enrolled", lambda it: it | {"key": (it["index"], 7)})
    told, true = sees(lie)
    assert told.unsigned == [f"trustee {index} did not sign what is shown as hers (enrol)" for index in true.enrolled]
    assert told.enrolled == {}
    (log, *_) = station.polls.ceremonies.events(station.polls.rpc, "Enrolled", about=opened)
    with station.node(lie) as node:
        receipt = Rpc(node.url).call("eth_getTransactionReceipt", log.transaction)
    (shown,) = station.polls.ceremonies.logged(receipt, "Enrolled")
    assert shown.args["key"] == (log.args["index"], 7) != log.args["key"]


def test_a_hidden_event_is_left_out_and_others_stay(station, sees):
    told, true = sees(hides(station.polls.ceremonies, "Enrolled"))
    assert (told.enrolled, len(true.enrolled)) == ({}, 3)
    assert told.ceremony == true.ceremony


def test_an_altered_view_answers_with_other_values_and_others_with_their_own(station, opened):
    ceremonies = station.polls.ceremonies
    with station.node(alters(ceremonies, "threshold", lambda values: [values[0] + 1])) as node:
        assert ceremonies.read(Rpc(node.url), "threshold", opened) == 3
        assert ceremonies.read(Rpc(node.url), "trustees", opened) == 3
    assert ceremonies.read(station.polls.rpc, "threshold", opened) == 2


def test_a_method_may_be_answered_with_anything(station):
    with station.node(answers("eth_chainId", lambda _, true: hex(int(true, 16) + 1))) as node:
        assert Rpc(node.url).number("eth_chainId") == station.polls.chain_id + 1


def test_a_delayed_answer_is_true_and_late(station):
    with station.node(delays(DELAY_S, "eth_chainId")) as node:
        started = time.monotonic()
        assert Rpc(node.url).number("eth_chainId") == station.polls.chain_id
        assert time.monotonic() - started >= DELAY_S


def test_an_old_chain_is_shown_as_if_nothing_had_come_after(station, opened):
    then = station.polls.rpc.number("eth_blockNumber")
    was = station.polls.ceremony(opened), station.polls.now_s()
    station.hall.step(opened)
    station.hall.pass_s(HOUR_S)
    with station.node(replays(then)) as node:
        old = station.by(node)
        assert (old.ceremony(opened), old.now_s()) == was
        assert old.rpc.number("eth_blockNumber") == then
        assert old.ceremonies.read(old.rpc, "acts", opened)[1] == 0
        asked = {"toBlock": "latest", "address": old.ceremonies.address}
        logs = [old.rpc.call("eth_getLogs", asked | {"fromBlock": hex(first)}) for first in (0, then, then + 1)]
        assert [{int(log["blockNumber"], 16) <= then for log in some} for some in logs] == [{True}, {True}, set()]
    assert station.polls.ceremonies.read(station.polls.rpc, "acts", opened)[1] == 0b111


def test_another_chain_may_answer_under_the_name_of_this_one(station):
    with anvil(chain_id=5) as other, lying_node(station.polls.rpc.url, answers_from(other, "eth_chainId")) as node:
        assert Rpc(other).number("eth_chainId") == 5
        assert Rpc(node.url).number("eth_chainId") == station.polls.chain_id
        assert Rpc(node.url).number("eth_blockNumber") == 0


def test_what_is_lost_was_heard_and_never_came_to_the_chain(station, opened):
    before = station.polls.rpc.number("eth_blockNumber")
    trustee = station.hall.trustees[0]
    with station.node() as node:
        with node.telling(loses("eth_estimateGas")) as heard:
            station.step(opened, trustee, node)
        assert [index for _, index, *_ in overheard(heard, station.polls.ceremonies, "commit")] == [trustee.index]
        assert "header not found" in station.told[-1]
        assert station.polls.rpc.number("eth_blockNumber") == before
        station.step(opened, trustee, node)
    assert station.polls.rpc.number("eth_blockNumber") == before + 1


def test_of_several_lies_the_first_has_the_last_word(station):
    first, second = (answers("eth_chainId", lambda _, true, by=by: hex(int(true, 16) * by)) for by in (2, 3))
    with station.node(first, second) as node:
        assert Rpc(node.url).number("eth_chainId") == 6 * station.polls.chain_id
    with station.node(loses("eth_chainId"), first) as node, pytest.raises(RpcError, match="header not found"):
        Rpc(node.url).call("eth_chainId")
