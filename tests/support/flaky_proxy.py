"""A JSON-RPC proxy that fails on purpose: it drops a request, loses an answer, hangs, or lies."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests


class Fault(Enum):
    """What happens to a request."""

    NONE = "answered"
    DROP = "never reaches the node"
    LOSE_ANSWER = "reaches the node, its answer is lost"
    HANG = "reaches the node, its answer comes after HANG_S"


HANG_S = 1.0
Faults = Callable[[str], Fault]
Lies = Callable[[str, Any], Any]


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
def flaky_proxy(node: str, faults: Faults, lies: Lies = lambda _, result: result) -> Iterator[str]:
    """The URL of a proxy before a node.

    Args:
        node: its URL.
        faults: what happens to a call, by its method.
        lies: what is answered, by the method and the true result.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calls = json.loads(body)
            every = calls if isinstance(calls, list) else [calls]
            chosen = [faults(call["method"]) for call in every]
            if Fault.DROP in chosen:
                self.close_connection = True
                return
            told = requests.post(node, data=body, headers={"Content-Type": "application/json"}, timeout=30).json()
            if Fault.HANG in chosen:
                time.sleep(HANG_S)
            if Fault.LOSE_ANSWER in chosen:
                self.close_connection = True
                return
            methods = {call["id"]: call["method"] for call in every}
            for it in told if isinstance(told, list) else [told]:
                if "result" in it:
                    it["result"] = lies(methods[it["id"]], it["result"])
            answer = json.dumps(told).encode()
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
