"""Deeds that are being signed: three tables of the post office's database, and all that touches them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from beffroi.post.tables import deed_parties, deed_signatures, deeds
from beffroi.post.versions import WRITES
from beffroi.units import DAY_S

UNSIGNED_S = 7 * DAY_S
"""A deed that nobody has signed is forgotten after a week."""
KEPT_S = 365 * DAY_S
"""Any other, a year after it was drafted: a sale is over by then, and the chain remembers it."""
MOST_LISTED = 100


@dataclass(frozen=True)
class Deed:
    """An act that its parties sign, each in her own time.

    Attributes:
        id: the digest that all of them sign, 32 bytes.
        act: compromis, amendment, deed or rescission.
        body: the request that drafted it.
        parties: checksummed, in the order in which the contract wants their signatures; one may stand there twice.
        signatures: by party.
        drafted_at: unix seconds.
    """

    id: bytes
    act: str
    body: dict[str, Any]
    parties: tuple[str, ...]
    signatures: dict[str, bytes]
    drafted_at: float

    @property
    def is_complete(self) -> bool:
        """Whether everybody has signed."""
        return set(self.parties) <= self.signatures.keys()

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "id": "0x" + self.id.hex(),
            "act": self.act,
            "sale": self.body.get("sale"),
            "from": self.body.get("from"),
            "terms": self.body["terms"],
            "parties": list(self.parties),
            "signed": [party for party in dict.fromkeys(self.parties) if party in self.signatures],
            "complete": self.is_complete,
            "signatures": [_hex(self.signatures.get(party)) for party in self.parties],
            "draftedAt": int(self.drafted_at),
        }


class DeedBook:
    """The deeds of a post office. Each method is one transaction.

    Args:
        engine: of its database.
        clock: unix seconds.
    """

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.time) -> None:
        self._reads = engine
        self._writes = engine.execution_options(**{WRITES: True})
        self._dialect = sqlite if engine.dialect.name == "sqlite" else postgresql
        self._clock = clock

    def draft(self, id_: bytes, act: str, body: dict[str, Any], parties: Sequence[str]) -> bool:
        """Writes a deed down; whether it is new. Those whose time is over are forgotten on the way."""
        with self._writes.begin() as connection:
            self._forget(connection)
            row = {
                "id": id_,
                "act": act,
                "body": orjson.dumps(body).decode(),
                "parties": orjson.dumps(list(parties)).decode(),
                "drafted_at": self._clock(),
            }
            if new := self._add(connection, deeds, row):
                rows = [{"party": party, "deed": id_} for party in sorted(set(parties))]
                connection.execute(self._dialect.insert(deed_parties).on_conflict_do_nothing(), rows)
        return new

    def sign(self, id_: bytes, party: str, signature: bytes) -> bool:
        """Adds a party's signature; whether there was none of hers. The first one stays."""
        row = {"deed": id_, "party": party, "signature": signature}
        with self._writes.begin() as connection:
            return self._add(connection, deed_signatures, row)

    def get(self, id_: bytes) -> Deed | None:
        """A deed."""
        found = self._read(select(deeds).where(deeds.c.id == id_))
        return found[0] if found else None

    def of(self, party: str) -> list[Deed]:
        """The deeds that an account is a party to, newest first."""
        theirs = select(deed_parties.c.deed).where(deed_parties.c.party == party)
        return self._read(
            select(deeds).where(deeds.c.id.in_(theirs)).order_by(deeds.c.drafted_at.desc()).limit(MOST_LISTED)
        )

    def count(self) -> int:
        """How many there are."""
        with self._reads.begin() as connection:
            return int(connection.execute(select(func.count()).select_from(deeds)).scalar_one())

    def _add(self, connection: Connection, table: Table, row: dict[str, Any]) -> bool:
        """Whether a row is new. Psycopg does not count inserted rows: what was inserted is asked back."""
        added = self._dialect.insert(table).on_conflict_do_nothing().returning(*table.primary_key)
        return connection.execute(added, row).first() is not None

    def _read(self, asked: Any) -> list[Deed]:
        with self._reads.begin() as connection:
            rows = connection.execute(asked).all()
            ids = [row.id for row in rows]
            signed = connection.execute(select(deed_signatures).where(deed_signatures.c.deed.in_(ids))).all()
        signatures: dict[bytes, dict[str, bytes]] = {bytes(id_): {} for id_ in ids}
        for it in signed:
            signatures[bytes(it.deed)][it.party] = bytes(it.signature)
        return [
            Deed(
                bytes(row.id), row.act, orjson.loads(row.body), tuple(orjson.loads(row.parties)),
                signatures[bytes(row.id)], row.drafted_at,
            )
            for row in rows
        ]  # fmt: skip

    def _forget(self, connection: Connection) -> None:
        now = self._clock()
        unsigned = deeds.c.id.not_in(select(deed_signatures.c.deed))
        late = ((deeds.c.drafted_at < now - UNSIGNED_S) & unsigned) | (deeds.c.drafted_at < now - KEPT_S)
        gone = [row.id for row in connection.execute(select(deeds.c.id).where(late).limit(MOST_LISTED))]
        if gone:
            connection.execute(delete(deed_signatures).where(deed_signatures.c.deed.in_(gone)))
            connection.execute(delete(deed_parties).where(deed_parties.c.deed.in_(gone)))
            connection.execute(delete(deeds).where(deeds.c.id.in_(gone)))


def _hex(data: bytes | None) -> str | None:
    return None if data is None else "0x" + data.hex()
