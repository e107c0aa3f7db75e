"""How the post office's database is opened: SQLite by default, PostgreSQL by URL; made, or brought up to this release.

Its version is a row of its own. Each step from one version to the next is a function here, and what a step leads to is
held equal to what `tables` makes. A database without that row is of the first release, which kept none.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, inspect, select, text

from beffroi.errors import SetupError
from beffroi.post.tables import slips, tables, version

BUSY_TIMEOUT_MS = 30_000
WRITES = "beffroi_writes"
TABLES_LOCK = 0xBEFF
"""Several workers may start at once: PostgreSQL lets one of them look after the tables, SQLite one write at all."""
FIRST = 1


class DatabaseVersionError(SetupError):
    """The database is not one that this release can work with."""


def open_engine(url: str) -> Engine:
    """The database at an SQLAlchemy URL, with this release's tables.

    SQLite writes ahead and syncs each commit to the disk before it answers (WAL, synchronous=FULL).

    Raises:
        DatabaseVersionError: it is of a newer release, or not what its version says.
        SQLAlchemyError: it does not open.
    """
    if url.startswith("postgresql:"):
        url = url.replace("postgresql:", "postgresql+psycopg:", 1)
    engine = create_engine(url, pool_size=20, max_overflow=40, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    try:
        _open(engine)
    except Exception:
        engine.dispose()
        raise
    return engine


def _open(engine: Engine) -> None:
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TABLES_LOCK})
        _bring_up(connection)


def _bring_up(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    if slips.name not in there:
        tables.create_all(connection)
        connection.execute(insert(version).values(number=VERSION))
        return
    number = connection.execute(select(version.c.number)).scalar() if version.name in there else FIRST
    if number is None or number < FIRST:
        raise DatabaseVersionError(
            f"this database says that it is of version {number}, which none ever was: it was changed by other means, "
            "or belongs to another program; take another database, or a copy that is whole"
        )
    if number > VERSION:
        raise DatabaseVersionError(
            f"this database is of version {number}, and this release of the post office knows no more than {VERSION}: "
            "start the release that wrote it, or a newer one; nothing was changed"
        )
    for step in range(number + 1, VERSION + 1):
        STEPS[step](connection)
        connection.execute(delete(version))
        connection.execute(insert(version).values(number=step))
    _require_columns(connection)


def _require_columns(connection: Connection) -> None:
    """Said now, and not at the first slip."""
    for table in tables.sorted_tables:
        seen = inspect(connection)
        there = {it["name"] for it in seen.get_columns(table.name)} if seen.has_table(table.name) else set()
        if missing := [it.name for it in table.columns if it.name not in there]:
            raise DatabaseVersionError(
                f"this database says that it is of version {VERSION} and lacks {table.name}.{missing[0]}: it was "
                "changed by other means, or belongs to another program; take another database, or a copy that is whole"
            )


def _gas_of_slips(connection: Connection) -> None:
    """2: the version itself; the gas that each slip may use; deeds everywhere."""
    version.create(connection)
    connection.execute(text("ALTER TABLE slips ADD COLUMN gas BIGINT NOT NULL DEFAULT 0"))
    connection.execute(text("CREATE INDEX slips_signer ON slips (signer, received_at)"))
    data, double = ("BLOB", "DOUBLE") if connection.dialect.name == "sqlite" else ("BYTEA", "DOUBLE PRECISION")
    rest = f"body TEXT NOT NULL, parties TEXT NOT NULL, drafted_at {double} NOT NULL"
    key = "PRIMARY KEY (deed, party)"
    for made in (  # which only the post office of a town with a land register had
        f"TABLE IF NOT EXISTS deeds (id {data} PRIMARY KEY, act VARCHAR(16) NOT NULL, {rest})",
        f"TABLE IF NOT EXISTS deed_parties (party VARCHAR(42), deed {data}, PRIMARY KEY (party, deed))",
        "INDEX IF NOT EXISTS ix_deed_parties_deed ON deed_parties (deed)",
        f"TABLE IF NOT EXISTS deed_signatures (deed {data}, party VARCHAR(42), signature {data} NOT NULL, {key})",
    ):
        connection.execute(text(f"CREATE {made}"))
    # On PostgreSQL the first release did not enter who a deed's parties are, and found none of their deeds.
    add = text("INSERT INTO deed_parties (party, deed) VALUES (:party, :deed) ON CONFLICT DO NOTHING")
    for deed in connection.execute(text("SELECT id, parties FROM deeds")).all():
        connection.execute(add, [{"party": party, "deed": deed.id} for party in set(json.loads(deed.parties))])


STEPS: Mapping[int, Callable[[Connection], None]] = {2: _gas_of_slips}
"""What leads to each version from the one before, in one transaction with all that follow."""
VERSION = max(STEPS)


def _configure(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we say when a transaction begins, not the driver
    for setting in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {setting}").close()


def _begin(connection: Any) -> None:
    # A transaction that will write takes the lock first: one that reads, then writes, could be refused half-way.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
