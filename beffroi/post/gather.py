"""Many small requests, answered together: what waits while a group is being worked on is the next group."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from beffroi.post.codes import Code, PostError

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Failed:
    """What stands for a result that there is none of."""

    error: Exception


class Gather(Generic[T, R]):
    """One thread that works on groups of items, while the event loop gathers the next.

    A check of a slip asks the node and writes to the disk: both cost nearly the same for two hundred as for one.

    Args:
        work: gives a result for each item, in order; runs in the thread.
        most: items of one group.
        waiting: items that may wait.
        everybodys: errors that no item brought about: tried alone it would meet them too.
    """

    def __init__(
        self,
        work: Callable[[list[T]], Sequence[R]],
        *,
        most: int,
        waiting: int,
        everybodys: tuple[type[Exception], ...] = (),
    ) -> None:
        self._work = work
        self._everybodys = everybodys
        self._most = most
        self._room = waiting
        self._queue: list[tuple[T, asyncio.Future[R]]] = []
        self._busy = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gather")
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, items: Sequence[T]) -> list[R]:
        """The results, in order.

        Raises:
            PostError: too many wait already.
            Exception: whatever `work` raises for one of them.
        """
        if len(self._queue) + len(items) > self._room:
            raise PostError(Code.TOO_BUSY, "too many slips are waiting to be checked: come again", retryAfter=1)
        loop = asyncio.get_running_loop()
        futures = [loop.create_future() for _ in items]
        self._queue.extend(zip(items, futures, strict=True))
        if not self._busy:
            self._busy = True
            task = loop.create_task(self._run())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return [await future for future in futures]

    def close(self) -> None:
        """Ends the thread once its group is done."""
        self._thread.shutdown()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._queue:
                group, self._queue = self._queue[: self._most], self._queue[self._most :]
                results = await loop.run_in_executor(self._thread, self._worked, [item for item, _ in group])
                for (_, future), result in zip(group, results, strict=True):
                    if future.done():
                        continue
                    if isinstance(result, Failed):
                        future.set_exception(result.error)
                    else:
                        future.set_result(result)
        finally:
            self._busy = False

    def _worked(self, items: list[T]) -> Sequence[R | Failed]:
        """The results; what one item alone brings about befalls no other."""
        try:
            return self._work(items)
        except Exception as error:  # noqa: BLE001, handed to whoever waits
            if len(items) == 1 or isinstance(error, self._everybodys):
                return [Failed(error)] * len(items)
            return [result for item in items for result in self._worked([item])]
