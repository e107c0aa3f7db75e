"""A node, or what stands where one should: it answers as a test tells it, and keeps what it was asked."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """An HTTP answer; a body that is no text is sent as JSON."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass
class FakeNode:
    """Where it answers, and every body that was posted to it, in order."""

    url: str
    asked: list[Any] = field(default_factory=list)

    @property
    def sizes(self) -> list[int]:
        """How many calls each request held."""
        return [len(it) if isinstance(it, list) else 1 for it in self.asked]


Behaviour = Callable[[list[dict[str, Any]]], Reply]
"""What it makes of the calls in one request."""


def answer(call: dict[str, Any], result: Any = "0x1") -> dict[str, Any]:
    """A call's result."""
    return {"jsonrpc": "2.0", "id": call["id"], "result": result}


def refusal(call: dict[str, Any], code: int, message: str, **more: Any) -> dict[str, Any]:
    """A call's error."""
    return {"jsonrpc": "2.0", "id": call["id"], "error": {"code": code, "message": message, **more}}


def honest(calls: list[dict[str, Any]], result: Callable[[dict[str, Any]], Any] = lambda _: "0x1") -> Reply:
    """Answers each call, a single one by a single answer."""
    answers = [answer(it, result(it)) for it in calls]
    return Reply(answers if len(calls) > 1 else answers[0])


@contextlib.contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Answers by a handler for as long as the block lasts; where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def fake_node(behaviour: Behaviour) -> Iterator[FakeNode]:
    """A server that behaves so, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            node.asked.append(body)
            reply = behaviour(body if isinstance(body, list) else [body])
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.data)))
            self.end_headers()
            self.wfile.write(reply.data)

        def log_message(self, *arguments: object) -> None:
            """Stays silent."""

    with serving(Handler) as url:
        node = FakeNode(url)
        yield node
