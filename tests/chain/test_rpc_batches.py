"""What providers answer to a batch, imitated: every call of it is answered, and what a node takes is learnt."""

import itertools

import pytest

from beffroi.chain import transport
from beffroi.chain.rpc import Rpc, RpcError
from tests.support.fake_node import Reply, answer, fake_node, honest, refusal

pytestmark = pytest.mark.usefixtures("fresh_and_quick")
CALLS = [("eth_getBalance", [f"0x{number:040x}", "latest"]) for number in range(100)]


def of_account(call):
    return call["params"][0]


EXPECTED = [of_account({"params": params}) for _, params in CALLS]


def too_large(most, refused):
    return lambda calls: honest(calls, of_account) if len(calls) <= most else refused(calls)


def none(code, message, status=200):
    return lambda _: Reply({"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}, status)


LIMITS = {
    "one object, its id null": none(-32600, "batch too large"),
    "likewise, 400": none(-32600, "too many requests in one batch", 400),
    "likewise, 413": none(-32005, "20 calls at most", 413),
    "likewise, 500": none(-32000, "internal error", 500),
    "a list of one": lambda calls: Reply([none(-32600, "batch too large")(calls).body]),
    "413 in HTML": lambda _: Reply("<h1>413 Request Entity Too Large</h1>", 413),
    "the first answered, the rest missing": lambda calls: Reply([answer(it, of_account(it)) for it in calls[:7]]),
    "the last answered, the rest missing": lambda calls: Reply([answer(it, of_account(it)) for it in calls[-7:]]),
    "the first answered, the rest too fast": lambda calls: Reply(
        [answer(it, of_account(it)) for it in calls[:7]] + [refusal(it, 429, "rate limited") for it in calls[7:]]
    ),
}


@pytest.mark.parametrize("most", [1, 7, 20, 64])
@pytest.mark.parametrize("refused", LIMITS.values(), ids=LIMITS)
def test_every_call_of_a_batch_that_is_too_large_is_answered_in_smaller_ones(most, refused):
    with fake_node(too_large(most, refused)) as node:
        assert Rpc(node.url).batch(CALLS) == EXPECTED


def test_what_a_node_takes_is_remembered_by_all_who_ask_it():
    with fake_node(too_large(20, none(-32600, "batch too large"))) as node:
        Rpc(node.url).batch(CALLS)
        before = len(node.asked)
        Rpc(node.url).batch(CALLS[:12])
        assert node.sizes[before:] == [12]


def test_more_is_tried_after_several_successes_and_ever_more_rarely():
    with fake_node(too_large(20, none(-32600, "batch too large"))) as node:
        rpc = Rpc(node.url)
        for _ in range(40):
            rpc.batch(CALLS)
        tried = [place for place, size in enumerate(node.sizes) if size > 20]
        later = [place for place in tried if place > 5]  # the first were needed to learn
        assert later
        gaps = [after - before for before, after in itertools.pairwise(later)]
        assert gaps == sorted(gaps)
        assert gaps[-1] > 4 * gaps[0]


def test_a_refusal_of_us_stands_for_every_call_of_its_batch():
    with fake_node(none(-32000, "project ID is required", 401)) as node:
        answers = Rpc(node.url).batch(CALLS)
        assert {str(it) for it in answers} == {"eth_getBalance: project ID is required (-32000)"}
        assert len(node.asked) == 1


def test_an_error_without_an_id_is_the_answer_of_every_call():
    with fake_node(none(-32700, "parse error")) as node:
        answers = Rpc(node.url).batch(CALLS)
        assert [str(it) for it in answers] == ["eth_getBalance: parse error (-32700)"] * len(CALLS)


def test_a_call_that_the_node_leaves_out_stands_alone():
    with fake_node(lambda calls: Reply([answer(it) for it in calls if it["params"][0] != EXPECTED[3]])) as node:
        answers = Rpc(node.url).batch(CALLS[:10])
        assert [place for place, it in enumerate(answers) if isinstance(it, RpcError)] == [3]
        assert "without an answer" in str(answers[3])


@pytest.mark.parametrize("body", ["[]", "[1, null]", '[{"id": 999, "result": "0x1"}]'])
def test_a_list_without_our_answer_is_no_answer(body):
    with fake_node(lambda _: Reply(body)) as node, pytest.raises(RpcError, match="without an answer"):
        Rpc(node.url).call("eth_chainId")


def test_answers_are_told_apart_by_their_ids_in_any_order():
    with fake_node(lambda calls: Reply([answer(it, of_account(it)) for it in reversed(calls)])) as node:
        assert Rpc(node.url).batch(CALLS) == EXPECTED


def test_a_gateway_that_is_always_out_of_time_is_given_up_soon():
    with fake_node(lambda _: Reply("<h1>504 Gateway Time-out</h1>", 504)) as node:
        answers = Rpc(node.url).batch([CALLS[0]] * 500)
        assert {str(it) for it in answers} == {"eth_getBalance: 504 Gateway Time-out (504)"}
        assert len(answers) == 500
        assert node.sizes == [500, 250, 125, 62, 31, 15, 7, 3] + [1] * 5


def test_a_gateway_that_has_no_time_for_much_answers_less():
    with fake_node(too_large(7, lambda _: Reply("", 504))) as node:
        assert Rpc(node.url).batch(CALLS) == EXPECTED


def test_a_rate_that_is_never_granted_ends_in_the_nodes_words():
    with fake_node(lambda calls: Reply([refusal(it, -32005, "rate limited: 1 a day") for it in calls])) as node:
        answers = Rpc(node.url, retries=2).batch(CALLS[:9])
        assert {str(it) for it in answers} == {"eth_getBalance: rate limited: 1 a day (-32005)"}
        assert len(node.asked) <= 2 * 4  # 9, 4, 2 and 1 calls, each tried twice: not each call for itself


def test_a_body_without_end_is_not_kept(monkeypatch):
    monkeypatch.setattr(transport, "MOST_BODY_BYTES", 10_000)
    with fake_node(lambda calls: honest(calls, lambda _: "0x" + "00" * 6_000)) as node:
        with pytest.raises(RpcError, match="in one answer"):
            Rpc(node.url).call("eth_getLogs")
        assert len(node.asked) == 1
    with fake_node(lambda calls: honest(calls, lambda _: "0x" + "00" * 1_000)) as node:
        assert len(Rpc(node.url).batch(CALLS)) == len(CALLS), "less passes"


def test_nothing_asked_is_nothing_sent():
    assert Rpc("http://127.0.0.1:1").batch([]) == []
