"""The slips' database. Each method is one transaction, and what it wrote is durable when it returns."""

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from math import inf
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from beffroi.post.commits import GroupCommit
from beffroi.post.locks import Lock, sole_sender
from beffroi.post.model import (
    Acknowledgement,
    QueuedSlip,
    Refusal,
    SlipState,
    SlipStatus,
    Taken,
    Vitals,
    share,
)
from beffroi.post.outbox import FREE, Outbox
from beffroi.post.rows import refused_as, taken
from beffroi.post.tables import LIVING, WAITING, batches, senders, slips
from beffroi.post.versions import WRITES, open_engine

PATIENCE_S = 600.0
"""A slip is due this long after it came, or when its deadline nears, whichever is first: the queue's order."""
HOLD_S = 60.0
"""How long a worker has a slip in hand before another may take it."""
IDS_AT_ONCE = 10_000

LATEST_S = 2**62
"""Deadlines beyond it are as good as never, and fit in no column."""

_SENT = slips.outerjoin(batches, slips.c.batch == batches.c.number)
_STATUS = (
    slips.c.id, slips.c.kind, slips.c.signer, slips.c.state, slips.c.received_at, slips.c.changed_at,
    slips.c.deadline_s, slips.c.place, slips.c.error, batches.c.transaction, batches.c.block, batches.c.size,
    batches.c.gas_used, batches.c.fee_wei,
)  # fmt: skip


class Store:
    """Slips, and what became of them; for any number of threads, and of processes.

    Args:
        url: SQLAlchemy's; `sqlite:///file` or `postgresql://…`.
        clock: unix seconds.

    Raises:
        DatabaseVersionError: the database is of a newer release, or not what its version says.
        SQLAlchemyError: it does not open.

    Attributes:
        engine: the database, for tables of one's own beside these.
        outbox: the batches that carry slips.
    """

    def __init__(self, url: str, *, clock: Callable[[], float] = time.time) -> None:
        self.engine = open_engine(url)
        self._writes = self.engine.execution_options(**{WRITES: True})
        self._clock = clock
        self._dialect = sqlite if self.engine.dialect.name == "sqlite" else postgresql
        self._receive = GroupCommit(self._receive_all)
        self.outbox = Outbox(self.engine, self._writes, clock)

    def receive(self, queued_slips: Sequence[QueuedSlip]) -> list[Acknowledgement]:
        """Takes slips in, in this order; one that is known already stays as it is.

        Calls of several threads share a transaction, so many small ones are nearly as fast as a large one.
        """
        return self._receive(queued_slips) if queued_slips else []

    def status(self, id_: bytes) -> SlipStatus | None:
        """What became of a slip; None when it is unknown."""
        return self.statuses([id_]).get(id_)

    def statuses(self, ids: Collection[bytes]) -> dict[bytes, SlipStatus]:
        """What became of those of these slips that are known."""
        with self.engine.begin() as connection:
            return _statuses(connection, ids)

    def counts(self) -> dict[tuple[str, SlipState], int]:
        """How many slips of each kind stand where."""
        asked = select(slips.c.kind, slips.c.state, func.count()).group_by(slips.c.kind, slips.c.state)
        with self.engine.begin() as connection:
            return {(kind, SlipState(state)): number for kind, state, number in connection.execute(asked)}

    def oldest_waiting_s(self) -> float:
        """For how long the slip that waits longest has waited; 0 when none does."""
        asked = select(func.min(slips.c.received_at)).where(WAITING)
        with self.engine.begin() as connection:
            since = connection.execute(asked).scalar()
        return self._clock() - since if since is not None else 0.0

    def take(
        self, worker: str, kinds: Collection[str], limit: int, *, after_s: int = 0, hold_s: float = HOLD_S
    ) -> list[Taken]:
        """Puts slips that wait into a worker's hand: by priority, then those whose deadline ends soon.

        No other worker is given them for `hold_s`. On PostgreSQL those that another is just taking are passed over.

        Args:
            worker: into whose hand.
            kinds: of which.
            limit: how many, at most.
            after_s: unix seconds; those whose deadline comes no later are left to `take_late`.
            hold_s: for how long.
        """
        in_time = or_(slips.c.deadline_s.is_(None), slips.c.deadline_s > after_s)
        return self._take(worker, limit, hold_s, slips.c.kind.in_(kinds), in_time)

    def take_late(self, worker: str, now_s: int, limit: int, *, hold_s: float = HOLD_S) -> list[Taken]:
        """The same of slips of any kind whose deadline has come, before anybody says so of them.

        Args:
            worker: into whose hand.
            now_s: the chain's time, unix seconds.
            limit: how many, at most.
            hold_s: for how long.
        """
        late = slips.c.deadline_s <= now_s
        with self.engine.begin() as connection:  # most often there is none, and then nothing is locked
            if connection.execute(select(slips.c.id).where(WAITING, late).limit(1)).first() is None:
                return []
        return self._take(worker, limit, hold_s, late)

    def _take(self, worker: str, limit: int, hold_s: float, *which: ColumnElement[bool]) -> list[Taken]:
        now = self._clock()
        free = or_(slips.c.holder.is_(None), slips.c.held_until < now)
        asked = (
            select(slips)
            .where(WAITING, slips.c.not_before <= now, free, *which)
            .order_by(slips.c.priority.desc(), slips.c.due_us, slips.c.received_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with self._writes.begin() as connection:
            rows = connection.execute(asked).all()
            if rows:
                held = {"state": SlipState.QUEUED, "holder": worker, "held_until": now + hold_s}
                connection.execute(update(slips).where(slips.c.id.in_([it.id for it in rows])).values(**held))
        return [taken(it) for it in rows]

    def put_back(self, worker: str, ids: Collection[bytes], *, after_s: float = 0.0) -> None:
        """Out of a worker's hand into the queue again, to be taken no earlier than in `after_s`."""
        freed = FREE | {"not_before": self._clock() + after_s}
        with self._writes.begin() as connection:
            connection.execute(_held(worker).where(slips.c.id.in_(ids)).values(**freed))

    def release(self, worker: str) -> int:
        """Frees whatever an earlier run of this worker had in hand; how many."""
        with self._writes.begin() as connection:
            return connection.execute(_held(worker).values(**FREE)).rowcount

    def reject(self, worker: str, refusals: Mapping[bytes, Refusal]) -> None:
        """Ends slips in a worker's hand, before they were in any transaction."""
        with self._writes.begin() as connection:
            for id_, refusal in refusals.items():
                ended = refused_as(refusal) | FREE | {"changed_at": self._clock()}
                connection.execute(_held(worker).where(slips.c.id == id_).values(**ended))

    def busy(self, signers: Collection[str], worker: str) -> set[str]:
        """Those of these signers who have a slip under way that is not in this worker's hand."""
        under_way = or_(slips.c.state == SlipState.POSTED, slips.c.holder != worker)
        asked = select(slips.c.signer).where(slips.c.signer.in_(signers), LIVING, under_way)
        with self.engine.begin() as connection:
            return set(connection.execute(asked.distinct()).scalars())

    def spent(self, signers: Collection[str], since: float) -> dict[str, int]:
        """Gas that slips of these signers, received from then on, may use or have used at the town's expense.

        Those that the contracts left out in a block count, and those that never were in a transaction do not.
        """
        costly = or_(LIVING, slips.c.batch.is_not(None), slips.c.attempts > 0)
        asked = select(slips.c.signer, func.sum(slips.c.gas)).group_by(slips.c.signer)
        asked = asked.where(slips.c.signer.in_(signers), slips.c.received_at >= since, costly)
        with self.engine.begin() as connection:
            return {signer: int(gas) for signer, gas in connection.execute(asked)}

    def report(self, vitals: Vitals) -> None:
        """How a sender does, in place of what was known before."""
        row = asdict(vitals) | {"balance_wei": str(vitals.balance_wei), "low_wei": str(vitals.low_wei)}
        with self._writes.begin() as connection:
            connection.execute(delete(senders).where(senders.c.address == vitals.address))
            connection.execute(insert(senders).values(row))

    def senders(self) -> list[Vitals]:
        """How every sender did when its worker last looked."""
        with self.engine.begin() as connection:
            rows = connection.execute(select(senders).order_by(senders.c.address)).mappings().all()
        return [Vitals(**dict(row) | {key: int(row[key]) for key in ("balance_wei", "low_wei")}) for row in rows]

    def alone(self, sender: str) -> AbstractContextManager[Lock]:
        """As `beffroi.post.locks.sole_sender`."""
        return sole_sender(self.engine, sender)

    def ready(self) -> None:
        """Does nothing where the database gives a slip to whoever may write.

        Raises:
            SQLAlchemyError: it does not.
        """
        with self._writes.begin() as connection:
            connection.execute(select(slips).limit(1).with_for_update(skip_locked=True)).all()

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    def _receive_all(self, queued_slips: list[QueuedSlip]) -> list[Acknowledgement]:
        now = self._clock()
        with self._writes.begin() as connection:
            known = _statuses(connection, {it.id for it in queued_slips})
            new = {it.id: _row(it, now, place) for place, it in enumerate(queued_slips) if it.id not in known}
            if new:
                # In one order everywhere, or two processes could each wait for the other's row.
                add = self._dialect.insert(slips).on_conflict_do_nothing()
                connection.execute(add, [new[id_] for id_ in sorted(new)])
        known |= {id_: _fresh(row) for id_, row in new.items()}
        return [Acknowledgement(known[it.id], new.pop(it.id, None) is not None) for it in queued_slips]


def _held(worker: str) -> Update:
    return update(slips).where(WAITING, slips.c.holder == worker)


def _row(queued: QueuedSlip, now: float, place: int) -> dict[str, Any]:
    due_s = min(now + PATIENCE_S, float(queued.deadline_s if queued.deadline_s is not None else inf))
    return {
        "id": queued.id,
        "kind": queued.kind,
        "lane": queued.lane,
        "signer": queued.signer,
        "payload": queued.payload,
        "gas": queued.gas,
        "deadline_s": None if queued.deadline_s is None else min(queued.deadline_s, LATEST_S),
        "priority": queued.priority,
        "due_us": int(due_s * 1e6),
        "state": SlipState.RECEIVED,
        "received_at": now + place * 1e-6,
        "changed_at": now,
        "not_before": 0.0,
        "attempts": 0,
    }


def _statuses(connection: Connection, ids: Collection[bytes]) -> dict[bytes, SlipStatus]:
    found: dict[bytes, SlipStatus] = {}
    every = list(ids)
    for start in range(0, len(every), IDS_AT_ONCE):
        some = every[start : start + IDS_AT_ONCE]
        asked = select(*_STATUS).select_from(_SENT).where(slips.c.id.in_(some))
        found |= {it.id: _status(it) for it in connection.execute(asked)}
    return found


def _fresh(row: Mapping[str, Any]) -> SlipStatus:
    times = row["received_at"], row["changed_at"], row["deadline_s"]
    return SlipStatus(row["id"], row["kind"], row["signer"], SlipState.RECEIVED, *times)


def _status(row: Any) -> SlipStatus:
    known = row.gas_used is not None
    return SlipStatus(
        bytes(row.id),
        row.kind,
        row.signer,
        SlipState(row.state),
        row.received_at,
        row.changed_at,
        row.deadline_s,
        row.transaction or None,
        row.block or None,
        share(row.gas_used, row.size, row.place) if known else None,
        share(int(row.fee_wei), row.size, row.place) if known else None,
        Refusal(**json.loads(row.error)) if row.error else None,
    )
