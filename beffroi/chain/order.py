"""Transactions to be sent, and what became of them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from beffroi.chain.transaction import Signer
from beffroi.errors import ChainError


class OrderState(StrEnum):
    """What became of an order."""

    DONE = "done"
    FAILED = "failed"  # in a block, and reverted
    REFUSED = "refused"  # the node would not take it
    HELD = "held"  # behind one of the same signer that was refused, and whose place could not be filled
    PENDING = "pending"  # taken by the node, in no block after the timeout


class RevertsError(ChainError):
    """An order would revert; nothing was sent."""


class NotFundedError(ChainError):
    """A signer cannot pay for what it is asked to send; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Order:
    """A transaction to be sent.

    Attributes:
        signer: who signs and pays.
        to: the contract called.
        data: calldata.
        gas: limit; 0 lets the node estimate it.
        purpose: in words, for whoever reads the error.
    """

    signer: Signer
    to: str
    data: bytes
    gas: int = 0
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order.

    Attributes:
        order: the order.
        state: how it ended.
        transaction: its hash, empty when it was never signed.
        reason: why it is not done, with the custom error decoded; empty when it is.
        receipt: the node's, when it is in a block.
    """

    order: Order
    state: OrderState
    transaction: str = ""
    reason: str = ""
    receipt: dict[str, Any] = field(default_factory=dict)

    @property
    def gas_used(self) -> int:
        """Units of gas; 0 when it is in no block."""
        return int(self.receipt.get("gasUsed", "0x0"), 16)
