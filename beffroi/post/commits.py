"""Group commit: what many threads want written at the same moment is written in one transaction, with one sync."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass
class _Ticket(Generic[T, R]):
    items: list[T]
    done: bool = False
    results: list[R] = field(default_factory=list)
    error: Exception | None = None


class GroupCommit(Generic[T, R]):
    """Calls of many threads, gathered while an earlier group is being written.

    Args:
        write: writes items in one transaction, and gives a result for each, in order.
        most: how many items go in one transaction; a single call's are never divided.
    """

    def __init__(self, write: Callable[[list[T]], list[R]], most: int = 2_000) -> None:
        self._write = write
        self._most = most
        self._waiting: list[_Ticket[T, R]] = []
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    def __call__(self, items: Sequence[T]) -> list[R]:
        """The results, once they are durable.

        Raises:
            Exception: whatever `write` raises for these items alone.
        """
        ticket: _Ticket[T, R] = _Ticket(list(items))
        with self._lock:
            self._waiting.append(ticket)
        while not ticket.done:
            with self._writing:  # whoever comes first writes for all who wait; they then find their ticket done
                if not ticket.done:
                    self._write_for(self._group())
        if ticket.error is not None:
            raise ticket.error
        return ticket.results

    def _group(self) -> list[_Ticket[T, R]]:
        with self._lock:
            group, size = [self._waiting[0]], len(self._waiting[0].items)
            for ticket in self._waiting[1:]:
                size += len(ticket.items)
                if size > self._most:
                    break
                group.append(ticket)
            del self._waiting[: len(group)]
        return group

    def _write_for(self, group: list[_Ticket[T, R]]) -> None:
        try:
            results = iter(self._write([item for ticket in group for item in ticket.items]))
            for ticket in group:
                ticket.results = [next(results) for _ in ticket.items]
        except Exception as error:  # noqa: BLE001, the caller's to judge
            if len(group) == 1:
                group[0].error = error
            else:
                for ticket in group:  # one that cannot be written is no reason to refuse the others
                    self._write_for([ticket])
        for ticket in group:
            ticket.done = True
