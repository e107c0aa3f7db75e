"""Logs come whole and in order, whatever a node takes at once."""

import pytest

from beffroi.chain import learnt
from beffroi.chain.logs import contract_logs, read_logs
from beffroi.chain.rpc import Rpc, RpcError
from tests.support.fake_node import Reply, answer, fake_node, refusal

HEAD = 50_000
TOWN = "0x" + "11" * 20
LOGS = [{"blockNumber": hex(number), "data": "0x"} for number in (0, 1, 499, 500, 9_999, 20_000, 20_000, HEAD)]

pytestmark = pytest.mark.usefixtures("fresh_and_quick")


def node_of(logs, refused, is_too_wide):
    """A node with these logs, which refuses a range (first, last, found) that is too wide."""

    def behaviour(calls):
        (call,) = calls
        if call["method"] == "eth_blockNumber":
            return Reply(answer(call, hex(HEAD)))
        first, last = (int(call["params"][0][it], 16) for it in ("fromBlock", "toBlock"))
        found = [it for it in logs if first <= int(it["blockNumber"], 16) <= last]
        return refused(call) if is_too_wide(first, last, found) else Reply(answer(call, found))

    return fake_node(behaviour)


def wider(most):
    return lambda first, last, _: last - first + 1 > most


REFUSALS = {
    f"{code}, {status}": lambda call, code=code, words=words, status=status: Reply(refusal(call, code, words), status)
    for code, words, status in [
        (-32600, "you may query up to 500 blocks", 200),
        (-32600, "500 blocks at most", 400),
        (-32614, "eth_getLogs is limited to a 10,000 range", 413),
        (-32000, "exceed maximum block range: 5000", 500),
        (-32005, "query returned more than 10000 results", 503),
    ]
} | {
    "413 in HTML": lambda _: Reply("<h1>413 Payload Too Large</h1>", 413),
    "504 in HTML": lambda _: Reply("<h1>504 Gateway Time-out</h1>", 504),
}


@pytest.mark.parametrize("most", [499, 1_000, 10_000])
@pytest.mark.parametrize("refused", REFUSALS.values(), ids=REFUSALS)
def test_a_range_that_is_refused_is_halved(most, refused):
    with node_of(LOGS, refused, wider(most)) as node:
        assert contract_logs(Rpc(node.url), TOWN) == LOGS


def test_one_block_at_a_time_where_a_node_takes_no_more():
    few = [it for it in LOGS if it["blockNumber"] in {"0x1f3", "0x1f4"}]
    with node_of(LOGS, REFUSALS["-32600, 400"], wider(1)) as node:
        assert list(read_logs(Rpc(node.url), TOWN, first=490, last=510)) == few


def test_many_logs_in_few_blocks_are_read_too():
    crowd = [{"blockNumber": hex(number), "data": "0x"} for number in range(30_000, 30_040)]
    with node_of(crowd, REFUSALS["-32005, 503"], lambda _, __, found: len(found) > 3) as node:
        assert list(read_logs(Rpc(node.url), TOWN)) == crowd


def test_the_range_that_a_node_takes_is_remembered():
    with node_of(LOGS, REFUSALS["-32600, 200"], wider(600)) as node:
        list(read_logs(Rpc(node.url), TOWN, last=5_000))
        before = len(node.asked)
        list(read_logs(Rpc(node.url), TOWN, first=5_000, last=5_400))
        assert len(node.asked) == before + 1


def test_wide_ranges_are_found_out_where_a_node_takes_them():
    with node_of(LOGS, REFUSALS["-32600, 200"], wider(HEAD + 1)) as node:
        assert contract_logs(Rpc(node.url), TOWN) == LOGS
        assert len(node.asked) < HEAD / learnt.BLOCKS_AT_FIRST


def test_a_node_that_refuses_a_single_block_is_told_and_its_range_is_not_blamed():
    with node_of(LOGS, REFUSALS["-32600, 400"], wider(0)) as node:
        rpc = Rpc(node.url)
        with pytest.raises(RpcError, match="500 blocks at most"):
            contract_logs(rpc, TOWN)
        assert rpc.sizes.blocks.size == learnt.BLOCKS_AT_FIRST


@pytest.mark.parametrize("result", [None, "0x", {}, [None], ["0x12"]])
def test_what_are_no_logs_is_refused_in_words(result):
    with fake_node(lambda calls: Reply(answer(calls[0], result))) as node, pytest.raises(RpcError, match="no logs"):
        list(read_logs(Rpc(node.url), TOWN, last=0))


def test_no_block_is_no_question():
    with node_of(LOGS, REFUSALS["-32600, 400"], wider(0)) as node:
        assert list(read_logs(Rpc(node.url), TOWN, first=9, last=8)) == []
        assert node.asked == []
