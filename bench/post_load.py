"""Clients of a post office: bare HTTP/1.1 on asyncio, so that what is measured is the server and not the client."""

import asyncio
import json
import re
import time
from collections.abc import Sequence
from typing import Any

CONNECTIONS = 64
TIMEOUT_S = 300.0
_LENGTH = re.compile(rb"(?i)content-length: (\d+)")


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


def until_confirmed(port: int, bodies: Sequence[dict[str, Any]]) -> float:
    """Hands every slip in, one a request, as fast as the post office takes them; slips a second until the last counts.

    Raises:
        AssertionError: a slip was refused, or did not end.
    """
    return asyncio.run(_until_confirmed(port, [json.dumps(it).encode() for it in bodies]))


def latencies(port: int, bodies: Sequence[dict[str, Any]], per_s: float) -> list[float]:
    """Seconds from each slip's request until its sender is told that it is confirmed, at a steady rate; sorted."""
    return asyncio.run(_latencies(port, [json.dumps(it).encode() for it in bodies], per_s))


async def _until_confirmed(port: int, bodies: list[bytes]) -> float:
    waiting, ids = iter(bodies), []
    started = time.perf_counter()

    async def hand_in() -> None:
        connection = Connection(port)
        for body in waiting:
            ids.append((await _hand_in(connection, body))["id"])  # noqa: PERF401, in the order of the answers
        connection.close()

    await asyncio.gather(*(hand_in() for _ in range(CONNECTIONS)))
    # They are posted in the order in which they came: the last are waited for, then all are looked at.
    await _all_confirmed(port, ids[-CONNECTIONS:])
    seconds = time.perf_counter() - started
    if await _all_confirmed(port, ids):
        seconds = time.perf_counter() - started
    return len(bodies) / seconds


async def _all_confirmed(port: int, ids: list[str]) -> int:
    """Waits for these slips; how many were not confirmed at the first look."""
    left, late = iter(ids), 0

    async def ask() -> None:
        nonlocal late
        connection = Connection(port)
        for id_ in left:
            state = await _state(connection, id_, wait_s=0)
            late += state != "confirmed"
            while state != "confirmed":
                state = await _state(connection, id_, wait_s=25)
        connection.close()

    await asyncio.wait_for(asyncio.gather(*(ask() for _ in range(CONNECTIONS))), TIMEOUT_S)
    return late


async def _state(connection: Connection, id_: str, wait_s: int) -> str:
    _, answer = await connection.ask("GET", f"/v1/slips/{id_}?wait_s={wait_s}")
    state = str(json.loads(answer)["state"])
    if state in {"rejected", "expired"}:
        raise AssertionError(answer)
    return state


async def _latencies(port: int, bodies: list[bytes], per_s: float) -> list[float]:
    free: list[Connection] = []

    async def follow(place: int, body: bytes) -> float:
        await asyncio.sleep(place / per_s)
        connection = free.pop() if free else Connection(port)
        started = time.perf_counter()
        told = await _hand_in(connection, body)
        while await _state(connection, told["id"], wait_s=25) != "confirmed":
            continue
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
