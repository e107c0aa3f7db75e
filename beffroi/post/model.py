"""What the post office speaks of: slips, what became of them, the transactions that carry them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call

EXPIRED = "slip_expired"
"""The code of a refusal that says: too late. Such a slip ends as expired, not as rejected."""
SINGLE = "single"
"""The lane of slips that travel alone."""


class SlipState(StrEnum):
    """Where a slip stands."""

    RECEIVED = "received"  # durable here
    QUEUED = "queued"  # a worker has looked at it: it waits for its place in a batch, or to be tried again
    POSTED = "posted"  # in a signed transaction that is recorded, and that will be sent until a block takes it
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    EXPIRED = "expired"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen, short of a reorganisation."""
        return self in {SlipState.CONFIRMED, SlipState.REJECTED, SlipState.EXPIRED}


@dataclass(frozen=True, slots=True)
class QueuedSlip:
    """A slip that was checked.

    Attributes:
        id: its EIP-712 digest, 32 bytes.
        kind: the name of its `Kind`.
        lane: slips of one lane may share a batch.
        signer: whose slip it is, checksummed.
        payload: canonical JSON of message, signature and extra: all that is needed to post it.
        deadline_s: unix seconds; from this second on the contract refuses it. None: never.
        priority: the higher goes first.
        gas: units that carrying it out may take, a smart account's answer included; 0: what its kind says.
    """

    id: bytes
    kind: str
    lane: str
    signer: str
    payload: bytes
    deadline_s: int | None = None
    priority: int = 0
    gas: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a slip is not carried out.

    Attributes:
        code: machine-readable and stable; `EXPIRED` makes the slip expired.
        name: of the custom error, empty when it is not one.
        args: of the custom error; JSON.
        message: in words.
        passing: it may well be accepted later (no funds yet, not yet valid): it is tried again for a while.
        untold: the chain said nothing of the slip (an unknown answer, too little gas): it is never refused for that.
    """

    code: str
    name: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    passing: bool = False
    untold: bool = False


@dataclass(frozen=True, slots=True)
class SlipStatus:
    """What became of a slip.

    Attributes:
        id: its digest.
        kind: the name of its kind.
        signer: whose slip it is.
        state: where it stands.
        received_at: unix seconds.
        changed_at: of its last change of state, unix seconds.
        deadline_s: as the slip's.
        transaction: the hash of the one that carries it, once a block has it.
        block: its number.
        gas: its share of the transaction's, once known; shares add up to the whole.
        fee_wei: likewise.
        error: why it was refused.
    """

    id: bytes
    kind: str
    signer: str
    state: SlipState
    received_at: float
    changed_at: float
    deadline_s: int | None = None
    transaction: str | None = None
    block: int | None = None
    gas: int | None = None
    fee_wei: int | None = None
    error: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer to whoever hands a slip in.

    Attributes:
        status: what has become of it.
        new: it was not known before.
    """

    status: SlipStatus
    new: bool


class Kind(Protocol):
    """What the worker must know of a kind of slip; a registry of them is all that it is given."""

    @property
    def name(self) -> str:
        """As in `QueuedSlip.kind`."""
        ...

    @property
    def most_in_batch(self) -> int:
        """How many slips one transaction may carry."""
        ...

    @property
    def gas_base(self) -> int:
        """Of a transaction itself, and what its contract wants left at the end; what is not used is not paid."""
        ...

    def estimate_each(self) -> int:
        """A gas limit for each slip of a batch: with room, since what is not used is not paid."""
        ...

    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """One transaction for slips of one lane, in this order."""
        ...

    def precheck(self, rpc: Rpc, queued_slips: Sequence[QueuedSlip]) -> dict[int, Refusal]:
        """By place, what the chain would refuse now, read in one JSON-RPC batch."""
        ...

    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:
        """By place, what the contract left out of a transaction that succeeded."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A slip in a worker's hand.

    Attributes:
        slip: the slip.
        received_at: unix seconds.
        changed_at: of its last change of state, unix seconds.
        attempts: how often it was in a transaction that came to nothing.
    """

    queued: QueuedSlip
    received_at: float
    changed_at: float
    attempts: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """A signed transaction. A batch has several when its fee was raised; they share their nonce, so one counts.

    Attributes:
        hash: of the transaction.
        raw: the bytes that a node takes.
        max_fee_wei: the most a unit of gas may cost.
        tip_wei: what the block's maker gets of it.
        signed_at: unix seconds.
    """

    hash: str
    raw: bytes
    max_fee_wei: int
    tip_wei: int
    signed_at: float


class BatchState(StrEnum):
    """Where a batch stands."""

    OPEN = "open"  # recorded, sent or about to be; in no block that we know of
    MINED = "mined"  # in a block, not deep enough yet
    CONFIRMED = "confirmed"  # deep enough to count, still watched
    FINAL = "final"  # too deep to be undone
    VOID = "void"  # its nonce was used by another transaction


@dataclass(frozen=True, slots=True)
class Batch:
    """Slips that share a transaction.

    Attributes:
        sender: who signs and pays, checksummed.
        nonce: of the transaction.
        kind: of its slips; empty for a transaction that only fills a gap between nonces.
        lane: of its slips.
        call: what it does.
        gas_limit: units.
        state: where it stands.
        transaction: hash of the envelope that a block took.
        block: number of that block.
        block_hash: of that block.
        number: ours; 0 before it is recorded.
    """

    sender: str
    nonce: int
    kind: str
    lane: str
    call: Call
    gas_limit: int
    state: BatchState = BatchState.OPEN
    transaction: str = ""
    block: int = 0
    block_hash: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Abroad:
    """A transaction that somebody else sent, and which carried a slip out.

    Attributes:
        transaction: its hash.
        sender: who sent and paid it.
        nonce: of the sender's.
        block: number.
        block_hash: of that block.
    """

    transaction: str
    sender: str
    nonce: int
    block: int
    block_hash: str


@dataclass(frozen=True, slots=True)
class Vitals:
    """How a sender does; for metrics, and for whoever is woken when its money runs low.

    Attributes:
        address: whose.
        seen_at: when its worker last looked, unix seconds.
        balance_wei: what it holds.
        low_wei: a balance that is an alert.
        in_flight: its transactions that no block has.
        replaced: transactions whose fee was raised, since the worker started.
        undone: batches that a reorganisation undid, likewise.
        reverted: batches that reverted in their block, likewise.
    """

    address: str
    seen_at: float
    balance_wei: int
    low_wei: int
    in_flight: int
    replaced: int = 0
    undone: int = 0
    reverted: int = 0

    @property
    def is_low(self) -> bool:
        """Whether somebody should fund it soon."""
        return self.balance_wei < self.low_wei


def share(total: int, size: int, place: int) -> int:
    """The part of a total that the slip at a place bears; the parts of all places add up to the total exactly."""
    return total // size + (place < total % size)
