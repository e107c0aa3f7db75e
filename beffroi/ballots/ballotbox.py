"""Who voted, and which ballot counts: the part of an audit that depends on order, in flat memory.

Eight bytes a voter of the roll are kept in an array, and an entry for each who votes again; the ciphertexts, needed
when a ballot is replaced, wait in a temporary file at the place of their voter, which the system keeps sparse.
"""

from __future__ import annotations

import tempfile
from array import array
from typing import TYPE_CHECKING

from beffroi.ballots.ballot import CIPHERTEXT, split
from beffroi.ballots.chunks import ChunkReport, Entry, Origin
from beffroi.ballots.events import RefusedFor
from beffroi.ballots.group import INFINITY, add, neg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.ballots.params import Params
    from beffroi.ballots.tally import Ciphertext
    from beffroi.ballots.verdict import Findings

_NOBODY = -1


class BallotBox:
    """Takes the reports of every chunk, in order, and keeps the totals that they make.

    Room is made for as many voters as `seats`, whatever the terms say: these may be a node's invention.
    """

    def __init__(self, params: Params, roll: Sequence[bytes] | None, findings: Findings, seats: int) -> None:
        self._roll, self._findings = roll, findings
        self._size = CIPHERTEXT * params.rule.size
        self._store = tempfile.TemporaryFile()  # noqa: SIM115 closed with the box
        self._batch_of = array("q", [_NOBODY]) * seats
        self._seq_of: dict[int, int] = {}
        self._replacements: dict[tuple[int, int], int] = {}
        self._next_batch = 0
        self.totals: list[Ciphertext] = [(INFINITY, INFINITY)] * params.rule.size
        self.ballots = self.records = self.replaced = self.refused = 0
        self.origins = dict.fromkeys(Origin, 0)

    def close(self) -> None:
        """Forget the temporary file."""
        self._store.close()

    def take(self, report: ChunkReport) -> None:
        """Count a chunk; those before it were taken."""
        self.totals = [(add(r, x), add(s, y)) for (r, s), (x, y) in zip(self.totals, report.totals, strict=True)]
        for batch in report.batches:
            if batch.number != self._next_batch:
                self._findings.add("batches", f"batch {batch.number} comes where batch {self._next_batch} should")
            self._next_batch = batch.number + 1
            if batch.problem:
                self._findings.add("batches", f"batch {batch.number}: {batch.problem}")
            for entry in batch.entries:
                self.records += 1
                where = f"batch {batch.number}, voter {entry.index}"
                if entry.reason:
                    self._refuse(entry, where)
                else:
                    self._count(entry, batch.number, where)

    def replace(self, index: int, seq: int, batch: int) -> None:
        """Take the contract's word that ballot ``seq`` replaced the one of ``batch``; matched with what is found."""
        self._match(index, seq, batch, f"voter {index}")

    def unmatched(self) -> int:
        """Replacements announced and not found, or found and not announced."""
        return len(self._replacements)

    def _refuse(self, entry: Entry, where: str) -> None:
        self.refused += 1
        voted = entry.index < len(self._batch_of) and self._batch_of[entry.index] != _NOBODY
        justified: dict[int, bool] = {
            RefusedFor.SEQUENCE: entry.seq != 0,
            RefusedFor.ALREADY_VOTED: voted,
            RefusedFor.SIGNATURE: entry.origin is not Origin.SIGNED,
            RefusedFor.PROOF: not entry.proven,
        }
        if not justified.get(entry.reason, False):
            self._findings.add("refused", f"{where}: refused without the reason given")

    def _count(self, entry: Entry, batch: int, where: str) -> None:
        self.origins[entry.origin] += 1
        if not entry.proven:
            self._findings.add("proofs", f"{where}: counted, but its proof is false")
            return
        if entry.index >= len(self._batch_of):
            self._findings.add("roll", f"{where}: counted, but the roll ends before")
            return
        if self._roll is not None and self._roll[entry.index] != entry.voter:
            self._findings.add("roll", f"{where}: the account is not the one on the roll")
        before, seq = self._batch_of[entry.index], self._seq_of.get(entry.index, 0)
        if before == _NOBODY:
            self.ballots += 1
            if entry.seq:
                self._findings.add("once", f"{where}: replaces a ballot that was never cast")
        else:
            self.replaced += 1
            if entry.seq != seq + 1:
                self._findings.add("once", f"{where}: ballot {entry.seq} counted after ballot {seq}")
            self._match(entry.index, entry.seq, before, where)
            self._subtract(entry.index)
            self._seq_of[entry.index] = entry.seq
        self._batch_of[entry.index] = batch
        self._store.seek(entry.index * self._size)
        self._store.write(entry.ciphertexts)

    def _match(self, index: int, seq: int, batch: int, where: str) -> None:
        known = self._replacements.pop((index, seq), None)
        if known is None:
            self._replacements[index, seq] = batch
        elif known != batch:
            self._findings.add("once", f"{where}: replaces the ballot of batch {batch}, or {known}?")

    def _subtract(self, index: int) -> None:
        self._store.seek(index * self._size)
        old = split(self._store.read(self._size), len(self.totals))
        self.totals = [(add(r, neg(x)), add(s, neg(y))) for (r, s), (x, y) in zip(self.totals, old, strict=True)]
