"""A chain that is set back, and with it the post office, which would post again what it has posted."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from beffroi.chain.rpc import Rpc
from beffroi.demo.serving import OpenedPost


@contextlib.contextmanager
def set_back(rpc: Rpc, office: OpenedPost) -> Iterator[None]:
    """The chain and the post office are afterwards as they were.

    Args:
        rpc: Anvil.
        office: is closed for a moment where it was given anything meanwhile.
    """
    with tempfile.TemporaryDirectory() as name:
        kept, before = Path(name) / "kept.db", rpc.call("evm_snapshot")
        _copy(office.database, kept)
        yield
        # A slip that arrives from here on was sent by a page that is closed.
        was_given = _slips(office.database) != _slips(kept)
        if was_given:
            office.end()
        rpc.call("evm_revert", before)
        if was_given:
            _copy(kept, office.database)
            office.start()


def _copy(source: Path, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(source)) as from_, contextlib.closing(sqlite3.connect(target)) as to:
        from_.backup(to)


def _slips(database: Path) -> int:
    with contextlib.closing(sqlite3.connect(database)) as store:
        return int(store.execute("SELECT count(*) FROM slips").fetchone()[0])
