"""Clients of a post office: bare HTTP/1.1 on asyncio, so that what is measured is the server and not the client."""

import asyncio
import json
import re
import time
from collections.abc import Sequence
from typing import Any

CONNECTIONS = 64
POLL_S = 0.05
TIMEOUT_S = 300.0
_LENGTH = re.compile(rb"(?i)content-length: (\d+)")
_CONFIRMED = re.compile(r'^beffroi_post_slips\{kind="(\w+)",state="confirmed"\} ([\d.e+]+)$', re.MULTILINE)


class Connection:
    """One connection, kept open.

    Args:
        port: of the post office, on loopback.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """(status, body) of an answer; asked once more where the server had ended an idle connection."""
        try:
            return await self._ask(method, path, body)
        except (asyncio.IncompleteReadError, ConnectionError):
            self._streams = None
            return await self._ask(method, path, body)

    async def _ask(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = f"{method} {path} HTTP/1.1\r\nHost: post\r\nContent-Type: application/json\r\n"
        writer.write(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(answer)
        told = await reader.readexactly(int(length[1]) if length else 0)
        return int(answer[9:12]), told

    def close(self) -> None:
        """Ends it."""
        if self._streams:
            self._streams[1].close()


def until_confirmed(port: int, kind: str, bodies: Sequence[dict[str, Any]]) -> float:
    """Hands every slip in, one a request, as fast as the post office takes them; slips a second until the last counts.

    Raises:
        AssertionError: a slip was refused, or did not end.
    """
    return asyncio.run(_until_confirmed(port, kind, [json.dumps(it).encode() for it in bodies]))


def latencies(port: int, bodies: Sequence[dict[str, Any]], per_s: float) -> list[float]:
    """Seconds from each slip's request until its sender is told that it is confirmed, at a steady rate; sorted."""
    return asyncio.run(_latencies(port, [json.dumps(it).encode() for it in bodies], per_s))


async def _until_confirmed(port: int, kind: str, bodies: list[bytes]) -> float:
    waiting, watcher = iter(bodies), Connection(port)
    before = await _confirmed(watcher, kind)
    started = time.perf_counter()

    async def hand_in() -> None:
        connection = Connection(port)
        for body in waiting:
            await _hand_in(connection, body)
        connection.close()

    await asyncio.gather(*(hand_in() for _ in range(CONNECTIONS)))
    while await _confirmed(watcher, kind) - before < len(bodies):
        if time.perf_counter() - started > TIMEOUT_S:
            raise AssertionError("slips are left behind")
        await asyncio.sleep(POLL_S)
    watcher.close()
    return len(bodies) / (time.perf_counter() - started)


async def _confirmed(connection: Connection, kind: str) -> int:
    _, metrics = await connection.ask("GET", "/metrics")
    return int(float(dict(_CONFIRMED.findall(metrics.decode())).get(kind, 0)))


async def _latencies(port: int, bodies: list[bytes], per_s: float) -> list[float]:
    free: list[Connection] = []

    async def follow(place: int, body: bytes) -> float:
        await asyncio.sleep(place / per_s)
        connection = free.pop() if free else Connection(port)
        started = time.perf_counter()
        told = await _hand_in(connection, body)
        while told["state"] != "confirmed":
            _, answer = await connection.ask("GET", f"/v1/slips/{told['id']}?wait_s=25")
            told = json.loads(answer)
            if told["state"] in {"rejected", "expired"}:
                raise AssertionError(answer)
        free.append(connection)
        return time.perf_counter() - started

    found = await asyncio.gather(*(follow(place, body) for place, body in enumerate(bodies)))
    for connection in free:
        connection.close()
    return sorted(found)


async def _hand_in(connection: Connection, body: bytes) -> dict[str, Any]:
    status, answer = await connection.ask("POST", "/v1/slips", body)
    if status not in {200, 202}:
        raise AssertionError(f"{status}: {answer[:300]!r}")
    told: dict[str, Any] = json.loads(answer)
    return told
