"""A node that lies: a real HTTP server before a real node, whose answers pass through lies that a test composes.

A lie takes what is asked and a way to the truth, and returns what the person is told. The first of several is the
outermost: it hears the question first and has the last word. What a person asks is kept, for a question may be all that
an attacker wants: a gas estimate carries everything that a transaction would.

A second node that differs is the real one's own URL, or another of these with other lies.
"""

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import requests
from eth_abi.abi import decode

from beffroi.chain.abi import entry, selector, types
from beffroi.chain.contract import Contract
from tests.support.fake_node import serving

TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Asked:
    """A call of JSON-RPC."""

    method: str
    params: list[Any]


Answer = dict[str, Any]
"""`result`, or `error`."""
Ask = Callable[[Asked], Answer]
Lie = Callable[[Asked, Ask], Answer]


def asks(url: str) -> Ask:
    """The way to a node."""

    def ask(asked: Asked) -> Answer:
        body = {"jsonrpc": "2.0", "id": 1, "method": asked.method, "params": asked.params}
        told = requests.post(url, json=body, timeout=TIMEOUT_S).json()
        return {name: told[name] for name in ("result", "error") if name in told}

    return ask


@dataclass
class LyingNode:
    """Where it answers, what it says, and what it heard.

    Attributes:
        url: of the node as people know it.
        truth: the way to the real one.
        lies: told at the moment; none of them, and it is honest.
        heard: every call since these lies are told, in order.
    """

    url: str
    truth: Ask
    lies: list[Lie] = field(default_factory=list)
    heard: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        self.heard.append(asked)
        ask = self.truth
        for lie in reversed(self.lies):
            ask = _through(lie, ask)
        return ask(asked)

    @contextlib.contextmanager
    def telling(self, *lies: Lie) -> Iterator[list[Asked]]:
        """Tells these lies for as long as the block lasts, and is honest before and after; gives what it hears."""
        self.lies, self.heard = list(lies), []
        try:
            yield self.heard
        finally:
            self.lies = []


def overheard(heard: list[Asked], contract: Contract, function: str) -> list[tuple[Any, ...]]:
    """The arguments of each gas estimate of a function: what a transaction will say, before it exists."""
    item = entry(contract.abi, "function", function)
    calls = [bytes.fromhex(it.params[0]["data"][2:]) for it in heard if it.method == "eth_estimateGas"]
    return [decode(types(item["inputs"]), call[4:]) for call in calls if call[:4] == selector(item)]


def _through(lie: Lie, ask: Ask) -> Ask:
    return lambda asked: lie(asked, ask)


@contextlib.contextmanager
def lying_node(real: str, *lies: Lie) -> Iterator[LyingNode]:
    """A node before the real one, for as long as the block lasts; wallets in pages may ask it too (CORS)."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            calls = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answers = [
                {"jsonrpc": "2.0", "id": it["id"], **node.answer(Asked(it["method"], it.get("params", [])))}
                for it in (calls if isinstance(calls, list) else [calls])
            ]
            self._sends(json.dumps(answers if isinstance(calls, list) else answers[0]).encode())

        def do_OPTIONS(self) -> None:
            self._sends(b"")

        def _sends(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "*")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Stays silent."""

    with serving(Handler) as url:
        node = LyingNode(url, asks(real), list(lies))
        yield node
