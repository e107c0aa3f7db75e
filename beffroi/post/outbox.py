"""The batches that carry slips, and the signed transactions that carry batches: recorded before they are sent.

What is written here is what we mean to do; the chain decides what was done. Each method is one transaction.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, delete, exists, func, insert, select, update

from beffroi.chain.transaction import Call
from beffroi.errors import StateError
from beffroi.post.model import Abroad, Batch, BatchState, Envelope, Refusal, SlipState, Taken
from beffroi.post.rows import batch_of, batch_row, refused_as, taken
from beffroi.post.tables import COUNTED, WATCHED, batches, envelopes, slips, strays

_ABROAD = batches.c.gas_limit == 0
"""Of somebody else's transaction we know no limit, and paid nothing."""
FREE = {"holder": None, "held_until": None}
_FORGOTTEN = {"transaction": "", "block": 0, "block_hash": "", "mined_at": None, "succeeded": None} | {
    "gas_used": None,
    "fee_wei": None,
}


class SlipsLostError(StateError):
    """Some slips are no longer in the worker's hand: another took them after its time was up. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Mined:
    """What a receipt says.

    Attributes:
        transaction: its hash.
        block: number.
        block_hash: of that block.
        succeeded: it did not revert.
        gas_used: units.
        fee_wei: what it cost.
        mined_at: the block's or our time, unix seconds.
    """

    transaction: str
    block: int
    block_hash: str
    succeeded: bool
    gas_used: int
    fee_wei: int


class Outbox:
    """Batches of every sender; see `Store.outbox`."""

    def __init__(self, reads: Engine, writes: Engine, clock: Callable[[], float]) -> None:
        self._reads = reads
        self._writes = writes
        self._clock = clock

    def record(self, worker: str, batch: Batch, envelope: Envelope, ids: Sequence[bytes]) -> int:
        """Writes down a signed transaction and which slips it carries, in order: they are posted from here on.

        Returns:
            The batch's number.

        Raises:
            SlipsLostError: a slip is not in this worker's hand any more.
        """
        held = select(slips.c.id).where(
            slips.c.id.in_(ids), slips.c.holder == worker, slips.c.state == SlipState.QUEUED
        )
        posted = (
            update(slips)
            .where(slips.c.id == bindparam("id_"))
            .values(
                state=SlipState.POSTED,
                changed_at=self._clock(),
                batch=bindparam("batch_"),
                place=bindparam("at"),
                **FREE,
            )
        )
        with self._writes.begin() as connection:
            if len(connection.execute(held.with_for_update()).all()) != len(ids):
                raise SlipsLostError
            number = _add_batch(connection, batch_row(batch, len(ids), self._clock()))
            _add_envelope(connection, number, envelope)
            if ids:
                places = [{"id_": id_, "batch_": number, "at": place} for place, id_ in enumerate(ids)]
                connection.execute(posted, places)
        return number

    def add_envelope(self, number: int, envelope: Envelope) -> None:
        """Writes down a second transaction for a batch, of a higher fee, before it is sent."""
        with self._writes.begin() as connection:
            _add_envelope(connection, number, envelope)

    def watched(self, sender: str) -> list[Batch]:
        """A sender's batches that are not final, by nonce."""
        asked = select(batches).where(batches.c.sender == sender, WATCHED, ~_ABROAD).order_by(batches.c.nonce)
        with self._reads.begin() as connection:
            return [batch_of(it) for it in connection.execute(asked)]

    def watched_abroad(self) -> list[Batch]:
        """Transactions of others that carried slips out, and are not final."""
        with self._reads.begin() as connection:
            return [batch_of(it) for it in connection.execute(select(batches).where(WATCHED, _ABROAD))]

    def envelopes(self, numbers: Collection[int]) -> dict[int, list[Envelope]]:
        """The signed transactions of batches, oldest first."""
        asked = select(envelopes).where(envelopes.c.batch.in_(numbers)).order_by(envelopes.c.signed_at)
        found: dict[int, list[Envelope]] = {number: [] for number in numbers}
        with self._reads.begin() as connection:
            for it in connection.execute(asked):
                fees = int(it.max_fee_wei), int(it.tip_wei)
                found[it.batch].append(Envelope(it.hash, bytes(it.raw), *fees, it.signed_at))
        return found

    def raised_tips(self) -> dict[int, int]:
        """What every sender has raised its tips to, and what that batch had offered first."""
        several = select(envelopes.c.batch).group_by(envelopes.c.batch).having(func.count() > 1)
        asked = select(envelopes.c.batch, envelopes.c.tip_wei).where(envelopes.c.batch.in_(several))
        firsts: dict[int, int] = {}
        raised: dict[int, int] = {}
        with self._reads.begin() as connection:
            for it in connection.execute(asked.order_by(envelopes.c.signed_at)):
                tip_wei = int(it.tip_wei)
                raised.setdefault(tip_wei, firsts.setdefault(it.batch, tip_wei))
        return {tip: offered for tip, offered in raised.items() if tip != offered}

    def queued_slips(self, number: int) -> tuple[list[Taken], set[bytes]]:
        """All that a batch's transaction carries, by place; and those that are still its own, not queued again."""
        own = select(slips, slips.c.place.label("at")).where(slips.c.batch == number)
        left = select(slips, strays.c.place.label("at")).join(strays, strays.c.slip == slips.c.id)
        left = left.where(strays.c.batch == number)
        with self._reads.begin() as connection:
            rows = {row.at: row for query in (left, own) for row in connection.execute(query)}
        ours = {bytes(it.id) for it in rows.values() if it.batch == number}
        return [taken(rows[place]) for place in sorted(rows)], ours

    def batch(self, number: int) -> Batch:
        """A batch by its number."""
        with self._reads.begin() as connection:
            return batch_of(connection.execute(select(batches).where(batches.c.number == number)).one())

    def nonces(self, sender: str, first: int) -> set[int]:
        """The nonces from `first` on that a sender's batches have; those given up do not count."""
        asked = select(batches.c.nonce).where(_counted(sender), batches.c.nonce >= first)
        with self._reads.begin() as connection:
            return set(connection.execute(asked).scalars())

    def last_nonce(self, sender: str) -> int | None:
        """The highest nonce of a sender's batches; None before the first."""
        with self._reads.begin() as connection:
            return connection.execute(select(func.max(batches.c.nonce)).where(_counted(sender))).scalar()

    def mined(self, number: int, mined: Mined) -> None:
        """A block has it; not deep enough yet."""
        with self._writes.begin() as connection:
            self._enter(connection, number, BatchState.MINED, mined)

    def confirm(
        self, number: int, mined: Mined, refused: Mapping[bytes, Refusal], again: Mapping[bytes, float]
    ) -> None:
        """Deep enough: its slips are confirmed, but for those that were refused and those to be tried again.

        Args:
            number: of the batch.
            mined: what the receipt says.
            refused: by slip.
            again: by slip, after how many seconds.
        """
        now = self._clock()
        mine = update(slips).where(slips.c.batch == number, slips.c.state == SlipState.POSTED)
        with self._writes.begin() as connection:
            self._enter(connection, number, BatchState.CONFIRMED, mined)
            for id_, refusal in refused.items():
                connection.execute(mine.where(slips.c.id == id_).values(changed_at=now, **refused_as(refusal)))
            if again:
                self._stray(connection, number, again)
            connection.execute(mine.values(state=SlipState.CONFIRMED, changed_at=now))

    def reopen(self, number: int) -> None:
        """A reorganisation undid it: it and its slips, whatever became of them, wait for a block again."""
        posted = {"state": SlipState.POSTED, "error": None, "changed_at": self._clock()}
        with self._writes.begin() as connection:
            opened = update(batches).where(batches.c.number == number).values(state=BatchState.OPEN, **_FORGOTTEN)
            connection.execute(opened)
            connection.execute(update(slips).where(slips.c.batch == number).values(**posted))

    def void(self, number: int) -> None:
        """No block will have it, or has it any more where it was somebody else's: its slips are queued again."""
        with self._writes.begin() as connection:
            connection.execute(update(batches).where(batches.c.number == number).values(state=BatchState.VOID))
            ids = connection.execute(select(slips.c.id).where(slips.c.batch == number)).scalars().all()
            self._stray(connection, number, dict.fromkeys(ids, 0.0))

    def strays(self, ids: Collection[bytes]) -> dict[bytes, list[tuple[int, int]]]:
        """The batches, with the place in each, that slips were in before."""
        found: dict[bytes, list[tuple[int, int]]] = {}
        with self._reads.begin() as connection:
            for it in connection.execute(select(strays).where(strays.c.slip.in_(ids))):
                found.setdefault(bytes(it.slip), []).append((it.batch, it.place))
        return found

    def was_given_up(self, id_: bytes) -> bool:
        """Whether a slip was in a batch whose nonce another transaction used, as far as we know."""
        void = select(batches.c.number).where(batches.c.state == BatchState.VOID)
        asked = select(strays.c.slip).where(strays.c.slip == id_, strays.c.batch.in_(void)).limit(1)
        with self._reads.begin() as connection:
            return connection.execute(asked).first() is not None

    def revive(self, number: int, places: Mapping[bytes, int]) -> None:
        """A batch that was given up is in a block after all: these slips are its own again."""
        mine = {"state": SlipState.POSTED, "error": None, "changed_at": self._clock(), "batch": number} | FREE
        with self._writes.begin() as connection:
            asleep = batches.c.number == number, batches.c.state.in_((BatchState.VOID, BatchState.CONFIRMED))
            connection.execute(update(batches).where(*asleep).values(state=BatchState.OPEN))
            moved = slips.c.id.in_(places), slips.c.batch.is_not(None), slips.c.batch != number
            _remember(connection, *moved)
            for id_, place in places.items():
                connection.execute(update(slips).where(slips.c.id == id_).values(place=place, **mine))

    def done_abroad(self, kind: str, abroad: Abroad, ids: Collection[bytes]) -> bool:
        """Somebody else's transaction carried slips out: they are confirmed by it, and it cost the town nothing.

        False, and nothing is written, where that nonce is a batch of ours: then the batch's own receipt tells.
        """
        now = self._clock()
        there = select(batches.c.number, batches.c.transaction)
        there = there.where(_counted(abroad.sender), batches.c.nonce == abroad.nonce)
        with self._writes.begin() as connection:
            known_as = connection.execute(there).first()
            if known_as and known_as.transaction != abroad.transaction:
                return False
            nothing = Batch(abroad.sender, abroad.nonce, kind, kind, Call("", b"", "posted by somebody else"), 0)
            mined = {"transaction": abroad.transaction, "block": abroad.block, "block_hash": abroad.block_hash}
            mined |= {"state": BatchState.CONFIRMED, "mined_at": now, "succeeded": 1}
            row = batch_row(nothing, len(ids), now) | mined
            number = known_as.number if known_as else _add_batch(connection, row)
            done = {"state": SlipState.CONFIRMED, "error": None, "changed_at": now}
            done |= {"batch": number, "place": 0, "gas": 0}
            _remember(connection, slips.c.id.in_(ids), slips.c.batch.is_not(None), slips.c.batch != number)
            connection.execute(update(slips).where(slips.c.id.in_(ids)).values(**done, **FREE))
        return True

    def finalize(self, sender: str, below: int) -> None:
        """What is confirmed below this block, whoever sent it, cannot be undone: no transaction of it is kept."""
        whose = (batches.c.sender == sender) | _ABROAD
        deep = whose, WATCHED, batches.c.state == BatchState.CONFIRMED, batches.c.block < below
        with self._writes.begin() as connection:
            numbers = connection.execute(select(batches.c.number).where(*deep)).scalars().all()
            final = {"state": BatchState.FINAL, "data": b""}
            connection.execute(update(batches).where(batches.c.number.in_(numbers)).values(**final))
            connection.execute(delete(envelopes).where(envelopes.c.batch.in_(numbers)))

    def _enter(self, connection: Connection, number: int, state: BatchState, mined: Mined) -> None:
        known = asdict(mined) | {"fee_wei": str(mined.fee_wei), "succeeded": int(mined.succeeded)}
        entered = update(batches).where(batches.c.number == number)
        connection.execute(entered.values(state=state, mined_at=self._clock(), **known))

    def _stray(self, connection: Connection, number: int, again: Mapping[bytes, float]) -> None:
        """Takes slips out of a batch and puts them into the queue."""
        _remember(connection, slips.c.batch == number, slips.c.id.in_(again))
        now = self._clock()
        for id_, after_s in again.items():
            queued = {"state": SlipState.QUEUED, "changed_at": now, "not_before": now + after_s, "error": None}
            out = {"batch": None, "place": None, "attempts": slips.c.attempts + 1}
            connection.execute(update(slips).where(slips.c.id == id_, slips.c.batch == number).values(**queued, **out))


def _counted(sender: str) -> ColumnElement[bool]:
    return (batches.c.sender == sender) & COUNTED


def _remember(connection: Connection, *which: ColumnElement[bool]) -> None:
    """In which batch these slips are, before they leave it."""
    known = exists().where(strays.c.slip == slips.c.id, strays.c.batch == slips.c.batch)
    left = select(slips.c.id, slips.c.batch, slips.c.place).where(*which, ~known)
    connection.execute(insert(strays).from_select(["slip", "batch", "place"], left))


def _add_batch(connection: Connection, row: Mapping[str, Any]) -> int:
    key = connection.execute(insert(batches).values(row)).inserted_primary_key
    assert key is not None  # noqa: S101, for mypy: an insert of one row has a key
    return int(key[0])


def _add_envelope(connection: Connection, number: int, envelope: Envelope) -> None:
    fees = {"max_fee_wei": str(envelope.max_fee_wei), "tip_wei": str(envelope.tip_wei)}
    row = {"hash": envelope.hash, "batch": number, "raw": envelope.raw, "signed_at": envelope.signed_at, **fees}
    connection.execute(insert(envelopes).values(row))
