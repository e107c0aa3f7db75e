"""How much each address may ask: token buckets, in this process.

An address is a client's (IP) or a signer's. Buckets of those who have been quiet are forgotten, so that strangers
cannot fill the memory. Several processes behind one proxy each count for themselves.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_BUCKETS = 100_000


@dataclass(frozen=True)
class Rate:
    """How much is allowed.

    Attributes:
        per_s: in the long run; 0 for no limit.
        burst: at once.
    """

    per_s: float
    burst: float


@dataclass
class Limiter:
    """A bucket for each address.

    Args:
        rate: of each.
        clock: seconds that only grow.
    """

    rate: Rate
    clock: Callable[[], float] = time.monotonic
    most: int = MOST_BUCKETS
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict, init=False)

    def wait_s(self, address: str, tokens: float = 1.0) -> float:
        """0 when that much is allowed now, and then it is taken; else how long to wait. Nothing is taken then.

        More than a whole burst is allowed to a full bucket alone, which then owes the rest.
        """
        if not self.rate.per_s:
            return 0.0
        now = self.clock()
        level, since = self._buckets.pop(address, (self.rate.burst, now))
        level = min(self.rate.burst, level + (now - since) * self.rate.per_s)
        needed = min(tokens, self.rate.burst)
        allowed = level >= needed
        self._buckets[address] = (level - tokens if allowed else level, now)
        if len(self._buckets) > self.most:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (needed - level) / self.rate.per_s
