"""What posting cost: gas and fee of each slip, of each service, of each day; exact, from the receipts.

A transaction's gas and fee are shared among its slips so that the parts add up to the whole. A slip that was
refused by the contract bears its share; one that was in two transactions bears two.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select, union

from beffroi.post.model import share
from beffroi.post.store import Store
from beffroi.post.tables import batches, slips, strays

ROWS_AT_ONCE = 5_000
GAPS = "gap"
"""The service of transactions that carry nothing: they only fill a gap between nonces."""


@dataclass(frozen=True, slots=True)
class SlipCost:
    """What one transaction cost one slip.

    Attributes:
        slip: its digest, 0x-hex.
        service: its kind.
        day: UTC, ISO 8601.
        transaction: hash.
        block: number.
        gas: units.
        fee_wei: in wei.
    """

    slip: str
    service: str
    day: str
    transaction: str
    block: int
    gas: int
    fee_wei: int


@dataclass(frozen=True, slots=True)
class DayCost:
    """What a service cost on a day.

    Attributes:
        day: UTC, ISO 8601; empty for all days together.
        service: the kind of its slips.
        slips: how many were carried.
        transactions: in how many.
        gas: units.
        fee_wei: in wei.
    """

    day: str
    service: str
    slips: int
    transactions: int
    gas: int
    fee_wei: int


def by_slip(store: Store, *, since: float = 0.0) -> Iterator[SlipCost]:
    """A row for each slip and each transaction that carried it, oldest first.

    Args:
        store: the slips.
        since: of blocks that were seen from then on, unix seconds.
    """
    now = select(slips.c.id, slips.c.batch, slips.c.place).where(slips.c.batch.is_not(None))
    before = select(strays.c.slip, strays.c.batch, strays.c.place)
    carried = union(now, before).subquery()
    asked = (
        select(batches, carried.c.id, carried.c.place)
        .join(carried, carried.c.batch == batches.c.number)
        .where(batches.c.gas_used.is_not(None), batches.c.mined_at >= since)
        .order_by(batches.c.mined_at, batches.c.number, carried.c.place)
    )
    for it in _rows(store, asked):
        gas, fee = share(it.gas_used, it.size, it.place), share(int(it.fee_wei), it.size, it.place)
        yield SlipCost("0x" + it.id.hex(), it.kind, _day(it.mined_at), it.transaction, it.block, gas, fee)


def by_day(store: Store, *, since: float = 0.0) -> list[DayCost]:
    """A row for each day and service, in order; arguments as of `by_slip`."""
    asked = (
        select(batches.c.kind, batches.c.size, batches.c.mined_at, batches.c.gas_used, batches.c.fee_wei)
        .where(batches.c.gas_used.is_not(None), batches.c.mined_at >= since)
        .order_by(batches.c.mined_at)
    )
    costs = (DayCost(_day(it[2]), it[0] or GAPS, it[1], 1, it[3], int(it[4])) for it in _rows(store, asked))
    return _summed(costs)


def by_service(store: Store, *, since: float = 0.0) -> list[DayCost]:
    """A row for each service, of all days together; arguments as of `by_slip`."""
    return _summed(
        DayCost("", it.service, it.slips, it.transactions, it.gas, it.fee_wei) for it in by_day(store, since=since)
    )


def to_csv(rows: Iterable[SlipCost | DayCost], kind: type[SlipCost] | type[DayCost]) -> Iterator[str]:
    """Rows as CSV (RFC 4180), a line at a time, with a header.

    Args:
        rows: all of `kind`.
        kind: names the columns, so that an export without rows has them too.
    """
    yield _line([it.name for it in fields(kind)])
    for row in rows:
        yield _line(astuple(row))


def _summed(costs: Iterable[DayCost]) -> list[DayCost]:
    sums: dict[tuple[str, str], list[int]] = {}
    for it in costs:
        total = sums.setdefault((it.day, it.service), [0, 0, 0, 0])
        for place, number in enumerate((it.slips, it.transactions, it.gas, it.fee_wei)):
            total[place] += number
    return [DayCost(*key, *sums[key]) for key in sorted(sums)]


def _rows(store: Store, asked: Select[Any]) -> Iterator[Any]:
    with store.engine.connect().execution_options(yield_per=ROWS_AT_ONCE) as connection, connection.begin():
        yield from connection.execute(asked)


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def _line(values: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue()
