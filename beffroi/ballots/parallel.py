"""Where the work is done: this process, every core, or a cluster."""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


class Here(Executor):
    """Runs at once, in this process."""

    @override
    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The finished call."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 a future carries whatever was raised
            future.set_exception(error)
        return future


def cores() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pool(workers: int | None = None) -> Executor:
    """Processes on this machine, one a core by default; ``workers=1`` stays in this process.

    They are spawned, not forked: a fork of a program with threads (web3's sessions, say) may hang.
    """
    workers = workers or cores()
    return Here() if workers == 1 else ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
