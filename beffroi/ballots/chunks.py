"""The unit of work of an audit: a few batches, verified on their own, on any core or machine.

``verify_chunk`` is pure: it takes and returns values that travel between processes, and keeps nothing. What depends on
order (who voted before, which ballot replaces which) is left to the auditor, who reads the reports in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from beffroi.ballots.ballot import CIPHERTEXT, split, verify_ballot
from beffroi.ballots.records import EMPTY_LEAF, Record, RecordError, batch_root, records, signer
from beffroi.ballots.tally import total
from beffroi.ballots.transcript import keccak

if TYPE_CHECKING:
    from beffroi.ballots.params import Params
    from beffroi.ballots.tally import Ciphertext


class Origin(IntEnum):
    """How a ballot shows that it is its voter's."""

    SIGNED = 0
    """By her signature, verified here."""
    VOUCHED = 1
    """By the contract alone: a smart account's signature, or one that a node invents."""


class LoggedBatch(NamedTuple):
    """A batch as logged; ``refused`` maps a position to the index and the reason given."""

    number: int
    root: bytes
    records: bytes
    refused: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What was found about one record.

    Attributes:
        index: on the roll.
        seq: 0 for a first vote.
        voter: whose it says it is.
        reason: why it was refused; 0 when it was counted.
        proven: whether the ballot obeys the rule.
        origin: how it shows that it is its voter's.
        ciphertexts: of a counted ballot.
    """

    index: int
    seq: int
    voter: bytes
    reason: int
    proven: bool
    origin: Origin
    ciphertexts: bytes


class BatchReport(NamedTuple):
    """What was found about one batch; ``problem`` is empty when its bytes, refusals and root agree."""

    number: int
    problem: str
    entries: list[Entry]


class ChunkReport(NamedTuple):
    """What was found about a chunk, and the sum of its counted ballots."""

    batches: list[BatchReport]
    totals: list[Ciphertext]


def verify_chunk(params: Params, batches: list[LoggedBatch]) -> ChunkReport:
    """Verify every record of these batches, their roots, and add up what they count."""
    reports = [_verify_batch(params, batch) for batch in batches]
    n = params.rule.size
    counted = [split(e.ciphertexts, n) for r in reports for e in r.entries if e.proven and not e.reason]
    return ChunkReport(reports, [total(ballot[i] for ballot in counted) for i in range(n)])


def _verify_batch(params: Params, batch: LoggedBatch) -> BatchReport:
    entries, leaves, problem = [], [], ""
    try:
        for position, record in enumerate(records(batch.records, params.rule.ballot_length)):
            index, reason = batch.refused.get(position, (record.index, 0))
            if index != record.index:
                problem = f"the refusal at position {position} names another voter"
            entries.append(_verify_record(params, record, reason))
            leaves.append(
                EMPTY_LEAF if reason else params.leaf(record.index, record.seq, keccak(entries[-1].ciphertexts))
            )
    except RecordError as error:
        problem = str(error)
    if not leaves or any(position >= len(leaves) for position in batch.refused):
        problem = problem or "a record is refused that is not there"
    elif batch_root(leaves) != batch.root:
        problem = problem or "its root is not that of its ballots"
    return BatchReport(batch.number, problem, entries)


def _verify_record(params: Params, record: Record, reason: int) -> Entry:
    digest = params.slip_digest(record.voter, record.seq, keccak(record.ballot))
    origin = Origin.SIGNED if signer(digest, record.signature) == record.voter else Origin.VOUCHED
    return Entry(
        record.index,
        record.seq,
        record.voter,
        reason,
        verify_ballot(params, record.voter, record.seq, record.ballot),
        origin,
        b"" if reason else record.ballot[: CIPHERTEXT * params.rule.size],
    )
