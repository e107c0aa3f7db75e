"""A slip between its reading and its storing."""

from dataclasses import dataclass, replace
from typing import Any

import orjson

from beffroi.post.model import SINGLE, QueuedSlip


@dataclass(frozen=True)
class Draft:
    """A slip that was read, and not yet checked.

    Attributes:
        id: its EIP-712 digest.
        kind: the name of its kind.
        account: whose signature it must carry, checksummed; empty when only the chain knows (`Kind.resolve`).
        signature: as it came.
        message: its members, by name.
        extra: what the contract needs besides.
        payload: canonical JSON of message, signature and extra.
        lane: slips of one lane may share a batch.
        after_s: valid strictly after, unix seconds.
        deadline_s: from this second on the contract refuses it; None for never.
    """

    id: bytes
    kind: str
    account: str
    signature: bytes
    message: dict[str, Any]
    extra: dict[str, Any]
    payload: bytes
    lane: str = SINGLE
    after_s: int = 0
    deadline_s: int | None = None

    def queued(self, signer: str, priority: int, gas: int = 0) -> QueuedSlip:
        """As it is stored once it was checked."""
        return QueuedSlip(self.id, self.kind, self.lane, signer, self.payload, self.deadline_s, priority, gas)

    def signed(self, signature: bytes) -> "Draft":
        """The same with its signature in another form."""
        body = orjson.loads(self.payload)
        payload = orjson.dumps(body | {"signature": "0x" + signature.hex()})
        return replace(self, signature=signature, payload=payload)
