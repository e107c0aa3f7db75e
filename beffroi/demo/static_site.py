"""A folder served as any static host serves it: no special header, no rewriting."""

import contextlib
import functools
import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

from typing_extensions import override


@contextlib.contextmanager
def static_site(folder: Path, port: int = 0) -> Iterator[str]:
    """The URL of a folder, on loopback, until the caller is done.

    Args:
        folder: with an index.html.
        port: where to listen; a free one when 0.

    Raises:
        OSError: the port is taken.
    """
    handler = functools.partial(_Handler, directory=str(folder))
    server = _Server(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def port_near(wanted: int) -> int:
    """That port where it is free, otherwise one that is."""
    for port in (wanted, 0):
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
            free: int = listener.getsockname()[1]
            return free
    raise OSError("no port is free")


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".geojson": "application/geo+json",
        ".js": "text/javascript",
    }

    @override
    def log_message(self, *_: object) -> None:
        """Says nothing: the terminal is the story's."""
