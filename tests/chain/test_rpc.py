"""What providers answer, imitated: a node's words are kept, what may pass is tried again, what it takes is learnt."""

import contextlib
import itertools
import socket
import threading
import time
from email.utils import formatdate

import pytest

from beffroi.chain import learnt, transport
from beffroi.chain.rpc import Rpc, RpcError, RpcRefusedError, RpcUnreachableError
from beffroi.errors import ChainError
from tests.support.fake_node import Reply, answer, fake_node, honest, refusal

CALLS = [("eth_getBalance", [f"0x{number:040x}", "latest"]) for number in range(100)]


def of_account(call):
    return call["params"][0]


EXPECTED = [of_account({"params": params}) for _, params in CALLS]


@pytest.fixture(autouse=True)
def fresh_and_quick(monkeypatch):
    """Nothing is learnt of a port that another test used; nobody waits for a node that never gets better."""
    monkeypatch.setattr(learnt, "_SIZES", {})
    monkeypatch.setattr(transport, "RETRY_DELAY_S", 0.001)


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


def test_a_rate_that_is_never_granted_ends_in_the_nodes_words():
    with fake_node(lambda calls: Reply([refusal(it, -32005, "rate limited: 1 a day") for it in calls])) as node:
        answers = Rpc(node.url, retries=2).batch(CALLS[:9])
        assert {str(it) for it in answers} == {"eth_getBalance: rate limited: 1 a day (-32005)"}
        assert len(node.asked) <= 2 * 4  # 9, 4, 2 and 1 calls, each tried twice: not each call for itself


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


def test_a_stopped_node_is_told_in_one_sentence_that_shows_no_key():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(RpcUnreachableError, match="refused") as refused:
        Rpc(f"http://user:password@{place}/v3/secret-key?token=secret", retries=2).call("eth_chainId")
    assert str(refused.value) == (
        f"http://{place} does not answer (connection refused): does the node run, and is this its URL?"
    )


@pytest.mark.parametrize("url", ["", "localhost", "ftp://localhost", "http://", "http://[::1", "http://a:99999999"])
def test_what_is_no_url_is_told_so(url):
    with pytest.raises(RpcUnreachableError, match="URL"):
        Rpc(url, retries=1).call("eth_chainId")


@pytest.mark.parametrize("result", [None, "", "0x", "12 blocks", {}, [], True])
def test_what_is_no_quantity_is_refused_in_words(result):
    with fake_node(lambda calls: honest(calls, lambda _: result)) as node, pytest.raises(RpcError, match="no quantity"):
        Rpc(node.url).number("eth_blockNumber")


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


KEY, TOKEN = "0123456789abcdef", "sesame-open"
SECRET_PATHS = f"/v3/{KEY}?token={TOKEN}"
QUOTES = {
    "a page": lambda path: Reply(f"<html>Cannot POST {path}</html>", 404),
    "a page of a gateway": lambda path: Reply(f"<html>Cannot POST {path}</html>", 503),
    "a gateway out of time": lambda path: Reply(f"<html>no time for {path}</html>", 504),
    "an error of the node's": lambda path: Reply(
        {"id": None, "error": {"code": -32000, "message": f"bad {path}"}}, 403
    ),
    "the key alone": lambda _: Reply(f"invalid project id {KEY}, token {TOKEN}", 401),
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
@pytest.mark.parametrize("path", [SECRET_PATHS, SECRET_PATHS.replace("-", "%2D")], ids=["plain", "escaped"])
def test_a_key_that_an_answer_quotes_is_never_told(quote, path):
    with fake_node(lambda _: quote(path)) as node:
        with pytest.raises(ChainError) as refused:
            Rpc(node.url.replace("//", f"//ada:{KEY}x@") + path, retries=1).call("eth_chainId")
        told = str(refused.value)
        assert KEY not in told
        assert "sesame" not in told
        assert "…" in told


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (f"https://node.example:8545/v3/{KEY}", "https://node.example:8545"),
        (f"https://ada:{KEY}@node.example/v3/{KEY}", "https://node.example"),
        (f"node.example/v3/{KEY}", "node.example"),
        (f"http://[::1/v3/{KEY}", "http://[::1"),
        (f"https://node.example?key={KEY}", "https://node.example"),
        ("localhost", "localhost"),
    ],
)
def test_a_node_is_named_without_its_keys(url, place):
    assert transport.place_of(url) == place


def test_a_body_without_end_is_not_kept(monkeypatch):
    monkeypatch.setattr(transport, "MOST_BODY_BYTES", 10_000)
    with fake_node(lambda calls: honest(calls, lambda _: "0x" + "00" * 6_000)) as node:
        with pytest.raises(RpcError, match="in one answer"):
            Rpc(node.url).call("eth_getLogs")
        assert len(node.asked) == 1
    with fake_node(lambda calls: honest(calls, lambda _: "0x" + "00" * 1_000)) as node:
        assert len(Rpc(node.url).batch(CALLS)) == len(CALLS), "less passes"


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


def test_nothing_asked_is_nothing_sent():
    assert Rpc("http://127.0.0.1:1").batch([]) == []
