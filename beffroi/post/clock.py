"""The chain's clock: deadlines are compared with it, since a test chain may be weeks ahead of the wall."""

import threading
import time
from dataclasses import dataclass, field

from beffroi.chain.rpc import Rpc, RpcError

FRESH_S = 1.0


@dataclass
class Clock:
    """Unix seconds as the next block will have them, asked for at most once a second.

    Args:
        rpc: the node.
    """

    rpc: Rpc
    _chain_s: int = field(default=0, init=False)
    _asked_at: float = field(default=float("-inf"), init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def now_s(self) -> int:
        """The next block's time.

        Raises:
            RpcUnreachableError: the node does not answer, and never has.
        """
        with self._lock:
            if time.monotonic() - self._asked_at > FRESH_S:
                self._chain_s = self._ask()
                self._asked_at = time.monotonic()
            return self._chain_s + int(time.monotonic() - self._asked_at)

    def forget(self) -> None:
        """Asks the node the next time: somebody moved its clock."""
        self._asked_at = float("-inf")

    def _ask(self) -> int:
        pending, latest = self.rpc.batch(
            [("eth_getBlockByNumber", ["pending", False]), ("eth_getBlockByNumber", ["latest", False])]
        )
        known = [int(it["timestamp"], 16) for it in (pending, latest) if it and not isinstance(it, RpcError)]
        # A node that makes no pending block has only the last one, which may be old.
        return max([*known, int(time.time())] if len(known) < 2 else known)
