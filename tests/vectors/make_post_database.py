"""Writes tests/vectors/post-<version>.<dialect>.sql: a small database of the post office as this release makes it.

The next release must open it: run this at each change of the tables, and keep the files of the versions before.
`python -m tests.vectors.make_post_database`
"""

import sqlite3
import subprocess
import tempfile
from pathlib import Path

from beffroi.chain.transaction import Call
from beffroi.post.deedbook import DeedBook
from beffroi.post.model import Batch, Envelope, QueuedSlip, Refusal, Vitals
from beffroi.post.outbox import Mined
from beffroi.post.store import Store
from beffroi.post.versions import VERSION
from tests.support import postgres

HERE = Path(__file__).parent
ADA, BEA, POSTER = "0x" + "aA" * 20, "0x" + "bB" * 20, "0x" + "cC" * 20
NOW = 1_800_000_000.0
DEED = b"\xde" * 32
NOISE = ("--", "\\", "SET ", "SELECT pg_catalog.set_config")


def fill(url: str) -> None:
    """Slips in every state, a batch in each of its own, a deed with a signature."""
    store = Store(url, clock=lambda: NOW)
    store.receive([_slip(number) for number in range(1, 10)])
    for nonce, ids in enumerate(([1, 2], [3], [4], [5])):
        store.take("w", ["transfer"], len(ids))
        batch = Batch(POSTER, nonce, "transfer", "transfer", Call(BEA, b"data", "2 payments"), 100_000)
        envelope = Envelope(f"0x{nonce:064x}", b"raw", 2 * 10**18, 10**9, NOW)
        store.outbox.record("w", batch, envelope, [it.to_bytes(32) for it in ids])
    store.outbox.confirm(1, _mined(0), {_id(2): Refusal("slip_used", "LocalCurrency_SlipUsed", {"nonce": "2"})}, {})
    store.outbox.finalize(POSTER, 8)
    store.outbox.confirm(2, _mined(1), {}, {_id(3): 1.0})
    store.outbox.mined(3, _mined(2))
    store.take("v", ["transfer"], 1)
    store.receive([_slip(10, deadline_s=7)])
    late = store.take_late("u", 8, 1)
    why = Refusal("slip_expired", message="its deadline passed before it could be posted")
    store.reject("u", {it.queued.id: why for it in late})
    store.report(Vitals(POSTER, NOW, 10**20, 10**17, 2, 1, 0, 0))
    book = DeedBook(store.engine, clock=lambda: NOW)
    book.draft(DEED, "rescission", {"sale": "7", "terms": {"settleBy": "9"}}, [ADA, BEA])
    book.sign(DEED, ADA, b"\x01" * 65)
    store.close()


def sqlite_text() -> str:
    """The database as SQLite's own statements."""
    with tempfile.TemporaryDirectory() as folder:
        fill(f"sqlite:///{folder}/post.db")
        with sqlite3.connect(f"{folder}/post.db") as connection:
            return "\n".join(connection.iterdump()) + "\n"


def postgresql_text() -> str:
    """The database as PostgreSQL's own statements."""
    with postgres.cluster() as cluster:
        url = postgres.fresh(cluster)
        fill(url)
        dump = [postgres.binaries() / "pg_dump", "--inserts", "--no-owner", "--no-privileges", "--no-comments", url]
        text = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith(NOISE)) + "\n"


def _slip(number: int, deadline_s: int | None = None) -> QueuedSlip:
    return QueuedSlip(_id(number), "transfer", "transfer", ADA, b'{"n":%d}' % number, deadline_s)


def _id(number: int) -> bytes:
    return number.to_bytes(32)


def _mined(nonce: int) -> Mined:
    return Mined(f"0x{nonce:064x}", 7 + nonce, "0xb10c", True, 100_001, 10**20 + 1)


if __name__ == "__main__":
    for dialect, text in (("sqlite", sqlite_text()), ("postgresql", postgresql_text())):
        (HERE / f"post-{VERSION}.{dialect}.sql").write_text(text)
