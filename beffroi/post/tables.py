"""The post office's tables, as this release makes and expects them; whoever changes one adds a step to `versions`."""

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    literal_column,
)

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
    Column("gas", BigInteger, nullable=False, server_default="0"),  # that it may use; 0: of the first release
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
Index("slips_signer", slips.c.signer, slips.c.received_at)

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

strays = Table(  # slips that were in a batch which was given up: it may turn out to have been carried out after all
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

deeds = Table(
    "deeds",
    tables,
    Column("id", LargeBinary(32), primary_key=True),
    Column("act", String(16), nullable=False),
    Column("body", Text, nullable=False),  # JSON, as it was asked for
    Column("parties", Text, nullable=False),  # JSON
    Column("drafted_at", Double, nullable=False),
)

deed_parties = Table(
    "deed_parties",
    tables,
    Column("party", String(42), primary_key=True),
    Column("deed", LargeBinary(32), primary_key=True, index=True),
)

deed_signatures = Table(
    "deed_signatures",
    tables,
    Column("deed", LargeBinary(32), primary_key=True),
    Column("party", String(42), primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)

version = Table("version", tables, Column("number", Integer, primary_key=True))
"""One row: which of `versions` these tables are of."""
