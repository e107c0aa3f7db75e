"""The post office's tables, and how its database is opened: SQLite by default, PostgreSQL by URL."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Double,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    literal_column,
    text,
)

BUSY_TIMEOUT_MS = 30_000
WRITES = "beffroi_writes"
TABLES_LOCK = 0xBEFF  # several workers may start at once

tables = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what it calls an integer

slips = Table(
    "slips",
    tables,
    Column("id", LargeBinary(32), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("lane", String(96), nullable=False),
    Column("signer", String(42), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("deadline_s", BigInteger),
    Column("priority", Integer, nullable=False),
    Column("due_us", BigInteger, nullable=False),  # by when it should be posted: orders the queue
    Column("state", String(16), nullable=False),
    Column("received_at", Double, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("not_before", Double, nullable=False, default=0.0),  # do not take it earlier
    Column("attempts", Integer, nullable=False, default=0),
    Column("holder", String(96)),  # the worker that has it in hand
    Column("held_until", Double),
    Column("batch", _NUMBER),
    Column("place", Integer),
    Column("error", Text),  # JSON
)


def _in(column: Column[str], *states: str) -> ColumnElement[bool]:
    """Written out in the query: a database uses a partial index only where it sees that it serves."""
    return column.in_([literal_column(f"'{state}'") for state in states])


WAITING = _in(slips.c.state, "received", "queued")
LIVING = _in(slips.c.state, "received", "queued", "posted")
Index(
    "slips_waiting",
    slips.c.priority.desc(),
    slips.c.due_us,
    slips.c.received_at,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)
Index("slips_living", slips.c.signer, sqlite_where=LIVING, postgresql_where=LIVING)
_dying = WAITING & slips.c.deadline_s.is_not(None)
Index("slips_deadline", slips.c.deadline_s, sqlite_where=_dying, postgresql_where=_dying)
Index("slips_batch", slips.c.batch)

batches = Table(
    "batches",
    tables,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("sender", String(42), nullable=False),
    Column("nonce", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("lane", String(96), nullable=False),
    Column("size", Integer, nullable=False),
    Column("to", String(42), nullable=False),
    Column("data", LargeBinary, nullable=False),  # emptied once final
    Column("purpose", Text, nullable=False),
    Column("gas_limit", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", Double, nullable=False),
    Column("transaction", String(66), nullable=False, default=""),
    Column("block", BigInteger, nullable=False, default=0),
    Column("block_hash", String(66), nullable=False, default=""),
    Column("mined_at", Double),
    Column("succeeded", Integer),
    Column("gas_used", BigInteger),
    Column("fee_wei", String(78)),  # decimal: wei outgrow 64 bits
)
COUNTED = batches.c.state != literal_column("'void'")
Index(
    "batches_nonce",
    batches.c.sender,
    batches.c.nonce,
    unique=True,
    sqlite_where=COUNTED,
    postgresql_where=COUNTED,
)
WATCHED = _in(batches.c.state, "open", "mined", "confirmed")
Index("batches_watched", batches.c.sender, batches.c.nonce, sqlite_where=WATCHED, postgresql_where=WATCHED)
Index("batches_mined", batches.c.mined_at)

envelopes = Table(
    "envelopes",
    tables,
    Column("hash", String(66), primary_key=True),
    Column("batch", _NUMBER, nullable=False, index=True),
    Column("raw", LargeBinary, nullable=False),
    Column("max_fee_wei", String(78), nullable=False),
    Column("tip_wei", String(78), nullable=False),
    Column("signed_at", Double, nullable=False),
)

strays = Table(  # letters that were in a batch which was given up: it may turn out to have been carried out after all
    "strays",
    tables,
    Column("slip", LargeBinary(32), primary_key=True),
    Column("batch", _NUMBER, primary_key=True),
    Column("place", Integer, nullable=False),
)

Index("strays_batch", strays.c.batch)

senders = Table(
    "senders",
    tables,
    Column("address", String(42), primary_key=True),
    Column("seen_at", Double, nullable=False),
    Column("balance_wei", String(78), nullable=False),
    Column("low_wei", String(78), nullable=False),
    Column("in_flight", Integer, nullable=False),
    Column("replaced", Integer, nullable=False),
    Column("undone", Integer, nullable=False),
    Column("reverted", Integer, nullable=False),
)


def open_engine(url: str) -> Engine:
    """The database at an SQLAlchemy URL, its tables made if need be.

    SQLite writes ahead and syncs each commit to the disk before it answers (WAL, synchronous=FULL).
    """
    if url.startswith("postgresql:"):
        url = url.replace("postgresql:", "postgresql+psycopg:", 1)
    engine = create_engine(url, pool_size=20, max_overflow=40, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TABLES_LOCK})
        tables.create_all(connection)
    return engine


def _configure(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we say when a transaction begins, not the driver
    for setting in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {setting}").close()


def _begin(connection: Any) -> None:
    # A transaction that will write takes the lock first: one that reads, then writes, could be refused half-way.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
