"""Slips and batches as rows of the post office's tables, and back."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from beffroi.chain.transaction import Call
from beffroi.post.model import EXPIRED, Batch, BatchState, QueuedSlip, Refusal, SlipState, Taken


def taken(row: Row[Any]) -> Taken:
    """A slip, from its row."""
    queued = QueuedSlip(
        bytes(row.id), row.kind, row.lane, row.signer, bytes(row.payload), row.deadline_s, row.priority, row.gas
    )
    return Taken(queued, row.received_at, row.changed_at, row.attempts)


def refused_as(refusal: Refusal) -> dict[str, Any]:
    """The columns of a slip that is refused for good."""
    state = SlipState.EXPIRED if refusal.code == EXPIRED else SlipState.REJECTED
    return {"state": state, "error": json.dumps(asdict(refusal), default=str)}


def batch_row(batch: Batch, size: int, now: float) -> dict[str, Any]:
    """The columns of a batch that was just made."""
    return {
        "sender": batch.sender,
        "nonce": batch.nonce,
        "kind": batch.kind,
        "lane": batch.lane,
        "size": size,
        "to": batch.call.to,
        "data": batch.call.data,
        "purpose": batch.call.purpose,
        "gas_limit": batch.gas_limit,
        "state": BatchState.OPEN,
        "created_at": now,
    }


def batch_of(row: Row[Any]) -> Batch:
    """A batch, from its row."""
    call = Call(row.to, bytes(row.data), row.purpose)
    state = BatchState(row.state)
    parts = (row.sender, row.nonce, row.kind, row.lane, call, row.gas_limit, state)
    return Batch(*parts, row.transaction, row.block, row.block_hash, row.number)
