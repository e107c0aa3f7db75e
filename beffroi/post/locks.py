"""One worker a key: two that sign with the same key would give out the same nonces."""

import contextlib
import fcntl
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text

from beffroi.errors import SetupError

NAMESPACE = 0xBEF0
GRACE_S = 3.0
POLL_S = 0.05


class SenderTakenError(SetupError):
    """Another worker sends with this key."""


class Lock(Protocol):
    """A key that is ours alone."""

    def check(self) -> None:
        """Does nothing while it is ours.

        Raises:
            SenderTakenError: the lock was lost, with the database's connection.
        """
        ...


@contextlib.contextmanager
def sole_sender(engine: Engine, sender: str) -> Iterator[Lock]:
    """Nobody else sends with this key meanwhile. The operating system, or PostgreSQL, ends it with the process.

    PostgreSQL may take a moment to see that a killed process is gone: it is given `GRACE_S`.

    Raises:
        SenderTakenError: somebody does already.
    """
    if engine.dialect.name == "postgresql":
        yield from _advisory(engine, sender)
    else:
        yield from _file(Path(engine.url.database or "post"), sender)


class _Kept:
    def check(self) -> None:
        """A file's lock lasts as long as the process."""


def _file(database: Path, sender: str) -> Iterator[Lock]:
    with Path(f"{database}.{sender}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _taken(sender) from error
        yield _Kept()


class _Advisory:
    def __init__(self, connection: Connection, key: dict[str, int], sender: str) -> None:
        self._connection = connection
        self._key = key
        self._sender = sender

    def check(self) -> None:
        """PostgreSQL frees the lock when its connection ends."""
        held = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            " AND classid::bigint = :space AND objid::bigint = :key"
        )
        if not self._connection.execute(held, self._key).scalar():
            raise _taken(self._sender)


def _advisory(engine: Engine, sender: str) -> Iterator[Lock]:
    key = {"space": NAMESPACE, "key": zlib.crc32(sender.lower().encode()) & 0x7FFF_FFFF}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        deadline = time.monotonic() + GRACE_S
        while not connection.execute(text("SELECT pg_try_advisory_lock(:space, :key)"), key).scalar():
            if time.monotonic() > deadline:
                raise _taken(sender)
            time.sleep(POLL_S)
        try:
            yield _Advisory(connection, key, sender)
        finally:
            connection.invalidate()  # the lock goes with the connection, which must not return to the pool


def _taken(sender: str) -> SenderTakenError:
    return SenderTakenError(f"another worker sends with {sender}: give this one a key of its own")
