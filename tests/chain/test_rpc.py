"""What providers answer, imitated: a node's words are kept, and what may pass is tried again."""

import contextlib
import socket
import threading
import time
from email.utils import formatdate

import pytest

from beffroi.chain.rpc import Rpc, RpcError, RpcRefusedError, RpcUnreachableError
from tests.support.fake_node import Reply, fake_node, honest, refusal

pytestmark = pytest.mark.usefixtures("fresh_and_quick")


def once(first, then=honest):
    """Answers by the first reply the first time."""
    seen = []

    def behaviour(calls):
        seen.append(calls)
        return first(calls) if len(seen) == 1 else then(calls)

    return behaviour


WORDS = "unknown block: it was pruned"


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 413, 422, 500, 503])
@pytest.mark.parametrize(
    "error",
    [
        pytest.param(lambda call: refusal(call, -32000, WORDS), id="its id"),
        pytest.param(lambda call: refusal(call, -32000, WORDS) | {"id": None}, id="no id"),
        pytest.param(lambda call: {"id": call["id"], "error": WORDS}, id="text"),
        pytest.param(lambda _: {"error": WORDS}, id="bare text"),
        pytest.param(lambda call: {"id": str(call["id"]), "error": {"message": WORDS}}, id="an id in quotes"),
    ],
)
def test_a_nodes_own_words_are_kept_whatever_the_http_status_and_asked_for_once(status, error):
    with fake_node(lambda calls: Reply(error(calls[0]), status)) as node:
        with pytest.raises(RpcError, match=f"eth_chainId: {WORDS}"):
            Rpc(node.url).call("eth_chainId")
        assert len(node.asked) == 1


def test_a_reverts_data_is_kept_whatever_the_http_status():
    with fake_node(lambda calls: Reply(refusal(calls[0], 3, "execution reverted", data="0x1234"), 400)) as node:
        with pytest.raises(RpcError) as refused:
            Rpc(node.url).call("eth_call", {}, "latest")
        assert (refused.value.code, refused.value.data) == (3, "0x1234")


@pytest.mark.parametrize(
    "busy",
    [
        pytest.param(lambda _: Reply("Too many requests", 429), id="429 in text"),
        pytest.param(lambda _: Reply({"error": "rate limited"}, 429), id="429 without an id"),
        pytest.param(lambda _: Reply({"error": "rate limited"}), id="200 without an id"),
        pytest.param(lambda calls: Reply(refusal(calls[0], -32005, "request rate exceeded")), id="200, -32005"),
        pytest.param(lambda calls: Reply(refusal(calls[0], 429, "slow down")), id="200, 429 inside"),
        pytest.param(lambda calls: Reply(refusal(calls[0], -32000, "busy"), 429), id="429, other words"),
        *[pytest.param(lambda _, it=it: Reply("<h1>no</h1>", it), id=str(it)) for it in (408, 500, 502, 503, 504)],
    ],
)
def test_what_may_pass_is_asked_again(busy):
    with fake_node(once(busy)) as node:
        assert Rpc(node.url).call("eth_chainId") == "0x1"
        assert len(node.asked) == 2


@pytest.mark.parametrize("header", ["1", "date"])
def test_a_node_that_says_when_to_come_again_is_obeyed(header):
    def later(_):
        return Reply("", 429, {"Retry-After": formatdate(time.time() + 2, usegmt=True) if header == "date" else header})

    started = time.monotonic()
    with fake_node(once(later)) as node:
        assert Rpc(node.url).call("eth_chainId") == "0x1"
    assert time.monotonic() - started > 0.9


def test_a_node_that_asks_for_an_hours_patience_is_not_waited_for():
    with fake_node(lambda _: Reply("come back later", 429, {"Retry-After": "3600"})) as node:
        with pytest.raises(RpcUnreachableError, match="429 Too Many Requests: come back later"):
            Rpc(node.url).call("eth_chainId")
        assert len(node.asked) == 1


def test_a_contract_that_speaks_of_rates_has_answered():
    with fake_node(lambda calls: Reply(refusal(calls[0], -32000, "execution reverted: rate too high"))) as node:
        with pytest.raises(RpcError, match="rate too high"):
            Rpc(node.url).call("eth_call", {}, "latest")
        assert len(node.asked) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<html><body><h1>Welcome</h1></body></html>", 200),
        ("busy", 200),
        ("null", 200),
        ("{}", 200),
        ("[" * 100_000, 200),
        (b"\xff\xfe\x00", 200),
        ("", 200),
        ("<h1>Unauthorized</h1>", 401),
        ("no such page", 404),
    ],
)
def test_what_is_no_node_is_told_in_one_sentence_at_once(body, status):
    with fake_node(lambda _: Reply(body, status)) as node:
        with pytest.raises(RpcRefusedError, match=rf"^{node.url} answers {status} .*JSON-RPC") as refused:
            Rpc(node.url).call("eth_chainId")
        assert "\n" not in str(refused.value)
        assert len(node.asked) == 1


def test_a_pages_words_are_told_without_its_tags():
    with fake_node(lambda _: Reply("<html><h1>Project\n paused</h1></html>", 403)) as node:
        with pytest.raises(RpcRefusedError) as refused:
            Rpc(node.url).call("eth_chainId")
        assert str(refused.value).endswith("It says: Project paused")


@pytest.mark.parametrize("url", ["", "localhost", "ftp://localhost", "http://", "http://[::1", "http://a:99999999"])
def test_what_is_no_url_is_told_so(url):
    with pytest.raises(RpcUnreachableError, match="URL"):
        Rpc(url, retries=1).call("eth_chainId")


@pytest.mark.parametrize("result", [None, "", "0x", "12 blocks", {}, [], True])
def test_what_is_no_quantity_is_refused_in_words(result):
    with fake_node(lambda calls: honest(calls, lambda _: result)) as node, pytest.raises(RpcError, match="no quantity"):
        Rpc(node.url).number("eth_blockNumber")


@pytest.mark.clock
def test_an_answer_that_comes_byte_by_byte_is_not_waited_for_for_ever():
    """Each byte is in time, and the last one never comes."""
    ended = threading.Event()

    def drip(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        with contextlib.suppress(OSError):
            while not ended.wait(0.05):
                connection.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=lambda: drip(server.accept()[0]))
        thread.start()
        with pytest.raises(RpcUnreachableError, match="no answer in time"):
            Rpc(f"http://127.0.0.1:{server.getsockname()[1]}", retries=1, timeout_s=0.5).call("eth_chainId")
        ended.set()
        thread.join()
