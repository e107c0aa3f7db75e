"""A JSON-RPC proxy that fails on purpose: it drops a request, or forwards it and loses the answer."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests


class Fault(Enum):
    """What happens to a request."""

    NONE = "answered"
    DROP = "never reaches the node"
    LOSE_ANSWER = "reaches the node, its answer is lost"


Faults = Callable[[str], Fault]


class Upset:
    """A fault for chosen occurrences of a method, counted from 1.

    Args:
        method: of JSON-RPC.
        fault: what happens to it.
        occurrences: which.
    """

    def __init__(self, method: str, fault: Fault, occurrences: set[int]) -> None:
        self.method, self.fault, self.occurrences = method, fault, occurrences
        self.seen = 0

    def __call__(self, method: str) -> Fault:
        if method != self.method:
            return Fault.NONE
        self.seen += 1
        return self.fault if self.seen in self.occurrences else Fault.NONE


@contextlib.contextmanager
def flaky_proxy(node: str, faults: Faults) -> Iterator[str]:
    """The URL of a proxy before a node."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calls = json.loads(body)
            chosen = [faults(call["method"]) for call in (calls if isinstance(calls, list) else [calls])]
            if Fault.DROP in chosen:
                self.close_connection = True
                return
            answer = requests.post(node, data=body, headers={"Content-Type": "application/json"}, timeout=30).content
            if Fault.LOSE_ANSWER in chosen:
                self.close_connection = True
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments: object) -> None:
            """Stays silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
