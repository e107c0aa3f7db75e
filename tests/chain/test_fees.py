"""Fees follow the market: the next block's base fee, the tip of recent blocks, and a bound that is their multiple."""

import pytest

from beffroi.chain.bulk import carry_out
from beffroi.chain.fees import MOST_TIP_WEI, TIP_WEI, AbsurdTipError, Fees, Market, market_of, read_market
from beffroi.chain.keys import Key
from beffroi.chain.order import Order
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.units import GWEI
from testbed.town import fund
from tests.support.fake_node import Reply, answer, fake_node, refusal

MARKET = Market(10 * GWEI, GWEI)


def history(bases, rewards=(), used=()):
    return {
        "baseFeePerGas": [hex(it) for it in bases],
        "reward": [[hex(it)] for it in rewards],
        "gasUsedRatio": list(used),
    }


BLOCK = {"baseFeePerGas": hex(7 * GWEI)}
MISSING = RpcError("eth_feeHistory", -32601, "the method does not exist")

CASES = {
    "the next block's base fee and the median tip": (
        (BLOCK, history([5, 6, 7, 8], [30, 10, 20], [0.5, 0.5, 0.5]), hex(99)),
        Market(8, 20),
    ),
    "empty blocks say nothing of tips": (
        (BLOCK, history([5, 6, 7, 8], [0, 40, 0], [0, 0.1, 0]), hex(99)),
        Market(8, 40),
    ),
    "of two tips the lower": ((BLOCK, history([5, 5, 5], [10, 90], [1, 1]), hex(99)), Market(5, 10)),
    "without any transaction the node's tip": ((BLOCK, history([5, 6], [0], [0]), hex(99)), Market(6, 99)),
    "without rewards the node's tip": ((BLOCK, {"baseFeePerGas": ["0x5"], "reward": None}, hex(99)), Market(5, 99)),
    "without either, ours": ((BLOCK, history([5, 6]), MISSING), Market(6, TIP_WEI)),
    "without a history the last block's base fee": ((BLOCK, MISSING, hex(99)), Market(7 * GWEI, 99)),
    "with an empty history likewise": ((BLOCK, {}, hex(99)), Market(7 * GWEI, 99)),
    "with a broken history likewise": (
        (BLOCK, {"baseFeePerGas": [None], "reward": [None, ["0x"], 3], "gasUsedRatio": [1, 1, 1]}, hex(99)),
        Market(7 * GWEI, 99),
    ),
    "what is negative is no fee": (
        (BLOCK, {"baseFeePerGas": ["-0x5"], "reward": [["-0x9"], ["0x7"]], "gasUsedRatio": [1, 1]}, "-0x3"),
        Market(7 * GWEI, 7),
    ),
    "a base fee of nothing is a base fee": ((BLOCK, history([0, 0], [0], [1]), hex(99)), Market(0, 0)),
}


@pytest.mark.parametrize(("told", "market"), CASES.values(), ids=CASES)
def test_what_the_market_asks(told, market):
    assert market_of(*told) == market


@pytest.mark.parametrize(("told", "market"), CASES.values(), ids=CASES)
def test_a_node_is_asked_for_it_in_one_batch(told, market):
    def behaviour(calls):
        assert [it["method"] for it in calls] == ["eth_getBlockByNumber", "eth_feeHistory", "eth_maxPriorityFeePerGas"]
        pairs = zip(calls, told, strict=True)
        return Reply([refusal(it, -1, "no") if isinstance(what, RpcError) else answer(it, what) for it, what in pairs])

    with fake_node(behaviour) as node:
        assert read_market(Rpc(node.url)) == market
        assert len(node.asked) == 1


@pytest.mark.parametrize("block", [RpcError("eth_getBlockByNumber", -32000, "no base fee: syncing"), {}, None])
def test_a_chain_without_a_base_fee_is_refused(block):
    with pytest.raises(RpcError, match="no base fee"):
        market_of(block, MISSING, MISSING)


def test_an_offer_leaves_room_for_the_base_fee_to_double():
    assert MARKET.fees == Fees(21 * GWEI, GWEI)


@pytest.mark.parametrize(
    ("last", "bound_wei", "raised"),
    [
        pytest.param(Fees(8 * GWEI, GWEI), 100 * GWEI, Fees(21 * GWEI, 9 * GWEI // 8), id="the market went up"),
        pytest.param(Fees(40 * GWEI, 8 * GWEI), 100 * GWEI, Fees(45 * GWEI, 9 * GWEI), id="an eighth more"),
        pytest.param(Fees(8, 1), 100, None, id="below what the market asks for its tip"),
        pytest.param(Fees(8, 1), 20 * GWEI, Fees(20 * GWEI, GWEI), id="as far as the bound"),
        pytest.param(Fees(17 * GWEI, GWEI), 19 * GWEI, None, id="an eighth more is beyond the bound"),
        pytest.param(Fees(9, 9), 100 * GWEI, Fees(21 * GWEI, GWEI), id="rounded up"),
        pytest.param(Fees(0, 0), 100 * GWEI, Fees(21 * GWEI, GWEI), id="from nothing"),
    ],
)
def test_what_is_stuck_is_raised_within_the_bound(last, bound_wei, raised):
    assert MARKET.raised(last, bound_wei) == raised


def test_in_a_market_that_asks_for_nothing_a_raise_is_one_wei_at_least():
    assert Market(0, 0).raised(Fees(0, 0), 10) == Fees(1, 1)


def test_raises_without_end_stop_at_the_multiple():
    bound_wei, fees, raises = MARKET.bound_wei(4), MARKET.fees, 0
    while (higher := MARKET.raised(fees, bound_wei)) is not None:
        assert higher.most_wei * 8 >= fees.most_wei * 9
        assert higher.tip_wei * 8 >= fees.tip_wei * 9
        fees, raises = higher, raises + 1
    assert MARKET.price_wei < fees.most_wei <= 4 * MARKET.price_wei
    assert raises == 6


def test_a_tip_that_we_raised_counts_as_what_was_offered_first():
    assert market_of(BLOCK, history([5], [90, 90], [1, 1]), MISSING, {90: 10}) == Market(5, 10)
    assert market_of(BLOCK, history([5], [90, 91, 92], [1, 1, 1]), MISSING, {90: 10}) == Market(5, 91), (
        "others ask more"
    )
    assert market_of(BLOCK, history([5], [0], [0]), hex(90), {90: 10}) == Market(5, 10), (
        "the node has it from our blocks"
    )


ADA = Key.derived("tips")
SENDERS = {
    "one by one": lambda rpc: Sender(rpc, ADA).send(Call(ADA.address, b"", "nothing")),
    "in bulk": lambda rpc: carry_out(rpc, [Order(ADA, ADA.address, b"", 21_000)]),
}


@pytest.mark.parametrize("send", SENDERS.values(), ids=SENDERS)
def test_an_absurd_tip_is_refused_in_words(rpc, send):
    """The node tells of tips what it likes; all else is the chain's."""
    tip_wei = MOST_TIP_WEI + 1

    class GreedyRpc(Rpc):
        def batch(self, calls):
            answers = super().batch(calls)
            lies = {"eth_feeHistory": history([5], [tip_wei], [1])}
            return [lies.get(method, it) for (method, _), it in zip(calls, answers, strict=True)]

    fund(rpc, [ADA])
    rpc.call("anvil_setBalance", ADA.address, hex(10**24))
    with pytest.raises(AbsurdTipError, match="more than 500 is never offered"):
        send(GreedyRpc(rpc.url))
    assert rpc.number("eth_getTransactionCount", ADA.address, "pending") == 0
    tip_wei = MOST_TIP_WEI
    send(GreedyRpc(rpc.url))
    assert rpc.number("eth_getTransactionCount", ADA.address, "latest") == 1
