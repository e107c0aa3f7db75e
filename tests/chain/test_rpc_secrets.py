"""The keys in a node's URL are told to nobody, whatever the node answers."""

import socket

import pytest

from beffroi.chain import transport
from beffroi.chain.rpc import Rpc, RpcUnreachableError
from beffroi.errors import ChainError
from tests.support.fake_node import Reply, fake_node

pytestmark = pytest.mark.usefixtures("fresh_and_quick")


def test_a_stopped_node_is_told_in_one_sentence_that_shows_no_key():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(RpcUnreachableError, match="refused") as refused:
        Rpc(f"http://user:password@{place}/v3/secret-key?token=secret", retries=2).call("eth_chainId")
    assert str(refused.value) == (
        f"http://{place} does not answer (connection refused): does the node run, and is this its URL?"
    )


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
