"""Waiting for what is under way, so that the chain tells the whole truth before anything more is sent."""

import time
from collections.abc import Callable
from typing import TypeVar

from beffroi.chain.rpc import Rpc
from beffroi.errors import ChainError

T = TypeVar("T")

POLL_S = 0.1
SLOW_POLL_S = 2.0
TIMEOUT_S = 300.0


class TransactionPendingError(ChainError):
    """A transaction was sent and is not in a block yet."""


def settle(
    rpc: Rpc, account: str, timeout_s: float = TIMEOUT_S, told: Callable[[str], object] = lambda _: None
) -> bool:
    """Waits until every transaction of an account that the node knows is in a block: what an earlier run sent, too.

    Args:
        rpc: the node.
        account: checksummed.
        timeout_s: for how long.
        told: called with words for whoever waits, when there is something to wait for.

    Returns:
        Whether there was anything to wait for.

    Raises:
        TransactionPendingError: one still waits after the timeout.
        RpcError: the node could not say.
        RpcUnreachableError: it does not answer.
    """

    def is_settled() -> bool | None:
        # In this order: a block that comes in between makes it look unsettled for once, never settled too early.
        latest, pending = (rpc.number("eth_getTransactionCount", account, it) for it in ("latest", "pending"))
        return pending <= latest or None

    if is_settled():
        return False
    told(f"waiting for transactions of {account} that are in no block yet …")
    words = f"{account} has transactions pending: wait for them, or replace them from its wallet, then start again"
    until(is_settled, words, timeout_s)
    return True


def until(poll: Callable[[], T | None], otherwise: str, timeout_s: float = TIMEOUT_S) -> T:
    """What a question answers once it answers anything; asked ever more rarely.

    Raises:
        TransactionPendingError: it has answered nothing after the timeout; with these words.
    """
    started = time.monotonic()
    while True:
        if (found := poll()) is not None:
            return found
        waited = time.monotonic() - started
        if waited > timeout_s:
            raise TransactionPendingError(otherwise)
        time.sleep(POLL_S if waited < SLOW_POLL_S else SLOW_POLL_S)
