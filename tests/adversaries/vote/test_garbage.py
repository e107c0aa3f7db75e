"""A node that answers what no contract of ours can have said: every tool names the log or the answer, in a sentence."""

import pytest

from beffroi.ballots.parallel import Here
from beffroi.chain.identity import chain_identity
from beffroi.chain.rpc import RpcError
from beffroi.consultation import ceremony, checking, sharing
from beffroi.consultation.promised import Memory
from beffroi.consultation.sound_key import require_acknowledged
from beffroi.errors import BeffroiError
from tests.adversaries.vote.lies import alters, answers, swaps


def every_log(**fields):
    return answers("eth_getLogs", lambda _, true: [it | {k: v(it[k]) for k, v in fields.items()} for it in true])


def of_logs():
    return {
        "data cut": every_log(data=lambda it: it[:70]),
        "no data": every_log(data=lambda _: "0x"),
        "data in no hex": every_log(data=lambda _: "0xzz"),
        "null for data": every_log(data=lambda _: None),
        "topics cut": every_log(topics=lambda it: it[:1]),
        "null for topics": every_log(topics=lambda _: None),
        "null for a block": every_log(blockNumber=lambda _: None, blockHash=lambda _: None),
        "a word for a block": every_log(blockNumber=lambda _: "latest"),
        "lengths without end": every_log(data=lambda _: "0x" + "ff" * 512),
    }


def of_answers():
    return {
        "nothing called": answers("eth_call", lambda _, true: "0x"),
        "null called": answers("eth_call", lambda _, true: None),
        "no hex called": answers("eth_call", lambda _, true: "0xzz"),
        "ones called": answers("eth_call", lambda _, true: "0x" + "ff" * 640),
        "null for the chain": answers("eth_chainId", lambda _, true: None),
        "a word for the chain": answers("eth_chainId", lambda _, true: "main"),
    }


GARBAGE = of_logs() | of_answers()


@pytest.fixture
def acts(station, vote):
    """What people do with a vote that is closed, and with its key, by a node."""
    key, (first, *_) = vote.params.ceremony, station.hall.trustees
    file = station.hall.key_file(key, first)
    now_s = station.polls.now_s()
    return {
        "status": lambda polls: (ceremony.progress(polls, key), polls.ceremony(key).disbelief()),
        "step": lambda polls: ceremony.take_step(polls, key, first.account, file, Memory()),
        "cast": lambda polls: require_acknowledged(polls, polls.params(vote.number), station.hall.panels),
        "share": lambda polls: sharing.count(polls, vote.number, file, vote.roll, now_s=now_s, executor=Here()),
        "audit": lambda polls: checking.audit(polls, vote.number, vote.roll, Here()),
    }


def fails(act):
    """Whether it ends in a sentence; whatever else is raised has a traceback, and so fails the test."""
    try:
        act()
    except BeffroiError:
        return True
    return False


def test_by_an_honest_node_none_of_it_fails(station, acts):
    with station.node() as node:
        assert [it for it, act in acts.items() if fails(lambda act=act: act(station.by(node)))] == []


@pytest.mark.parametrize("lie", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_told_in_a_sentence_by_every_tool(station, acts, lie):
    with station.node(lie) as node:
        assert [it for it, act in acts.items() if not fails(lambda act=act: act(station.by(node)))] == []


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("KeyProposed", {"key": (5, 5)}),
        ("KeyProposed", {"shareKeys": [(5, 5)] * 3}),
        ("CeremonyOpened", {"threshold": 1}),
        ("CeremonyOpened", {"threshold": 4}),
    ],
)
def test_a_key_off_the_curve_and_an_impossible_threshold_are_the_nodes_lie(station, acts, event, said):
    with station.node(swaps(station.polls.ceremonies, event, lambda it: it | said)) as node:
        for act in acts.values():
            with pytest.raises(RpcError, match="is not what the contract can have said: the node lies"):
                act(station.by(node))


def test_a_number_that_means_nothing_is_told_so(station, vote):
    polls, key = station.polls, vote.params.ceremony
    lies = (
        alters(polls.ceremonies, "phase", lambda it: [9, it[1]]),
        alters(polls.consultations, "status", lambda _: [9]),
    )
    with station.node(*lies) as node:
        with pytest.raises(RpcError, match="the node answers 9, and no Phase has that number"):
            ceremony.progress(station.by(node), key)
        with pytest.raises(RpcError, match="the node answers 9, and no PollStatus has that number"):
            station.by(node).status(vote.number)


@pytest.mark.parametrize("header", [None, {}, {"timestamp": None, "hash": 5}, {"timestamp": "soon", "hash": "0x"}])
def test_a_block_without_time_or_hash_is_told_so(station, header):
    with station.node(answers("eth_getBlockByNumber", lambda _, true: header)) as node:
        polls = station.by(node)
        with pytest.raises(RpcError, match="the node tells of block latest no timestamp"):
            polls.now_s()
        with pytest.raises(RpcError, match="the node tells of block 0x0 no hash"):
            chain_identity(polls.rpc)
