"""Questions kept open until a slip moves on: all of them are one question to the database, ten times a second."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from beffroi.post.codes import Code, PostError
from beffroi.post.model import SlipState, SlipStatus

EVERY_S = 0.1

Ask = Callable[[Collection[bytes]], Mapping[bytes, SlipStatus]]


class Watch:
    """Those who wait for a slip to change.

    Args:
        ask: the states of many slips; blocks, and is called in a thread.
        most: who may wait at once.
    """

    def __init__(self, ask: Ask, most: int) -> None:
        self._ask = ask
        self._most = most
        self._waiting: dict[bytes, set[asyncio.Future[SlipStatus]]] = defaultdict(set)
        self._since: dict[asyncio.Future[SlipStatus], SlipState] = {}
        self._task: asyncio.Task[None] | None = None

    async def moved(self, status: SlipStatus, wait_s: float) -> SlipStatus:
        """The status once it differs from this one, or this one when the time is over.

        Raises:
            PostError: too many wait already.
        """
        if status.state.ended or wait_s <= 0:
            return status
        if len(self._since) >= self._most:
            raise PostError(Code.TOO_BUSY, "too many are waiting: ask again without wait_s", retryAfter=1)
        future: asyncio.Future[SlipStatus] = asyncio.get_running_loop().create_future()
        self._waiting[status.id].add(future)
        self._since[future] = status.state
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            return await asyncio.wait_for(future, wait_s)
        except TimeoutError:
            return status
        finally:
            self._since.pop(future, None)
            self._waiting[status.id].discard(future)
            if not self._waiting[status.id]:
                del self._waiting[status.id]

    async def _run(self) -> None:
        while self._waiting:
            started = time.monotonic()
            try:
                seen = await asyncio.to_thread(self._ask, list(self._waiting))
            except Exception as error:  # noqa: BLE001, told to everybody who waits
                for future in list(self._since):
                    if not future.done():
                        future.set_exception(error)
                seen = {}
            for id_, status in seen.items():
                for future in self._waiting.get(id_, ()):
                    if not future.done() and self._since.get(future) != status.state:
                        future.set_result(status)
            await asyncio.sleep(max(0.0, EVERY_S - (time.monotonic() - started)))
