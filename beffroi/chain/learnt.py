"""How much a node takes at once: nobody publishes it, so it is learnt from refusals, and remembered per node."""

from dataclasses import dataclass, field

MOST_CALLS = 500
BLOCKS_AT_FIRST = 2_000
PATIENCE = 4
"""Successes in a row before more is tried: a node that refused once refuses again."""
MOST_PATIENCE = 64


@dataclass
class Learnt:
    """A size that a node takes: halved, down to 1, when it refuses; doubled after several full successes.

    Attributes:
        size: what to ask for next.
        most: what is never exceeded; None for no bound of ours.
    """

    size: int
    most: int | None = None
    _streak: int = field(default=0, init=False)
    _patience: int = field(default=PATIENCE, init=False)
    _grown: bool = field(default=False, init=False)

    def refused(self, size: int) -> None:
        """The node would not take this much. If we had just tried for more, the next try waits twice as long."""
        self.size = max(1, min(size, self.size) // 2)
        self._streak = 0
        if self._grown:
            self._patience = min(2 * self._patience, MOST_PATIENCE)
            self._grown = False

    def taken(self, size: int) -> None:
        """The node took this much; less than was learnt proves nothing."""
        if size < self.size or self.size == self.most:
            return
        self._streak += 1
        if self._streak >= self._patience:
            self.size = 2 * self.size if self.most is None else min(2 * self.size, self.most)
            self._streak = 0
            self._grown = True


@dataclass
class Sizes:
    """What one node takes.

    Attributes:
        calls: in one request.
        blocks: that one question for logs spans.
    """

    calls: Learnt = field(default_factory=lambda: Learnt(MOST_CALLS, MOST_CALLS))
    blocks: Learnt = field(default_factory=lambda: Learnt(BLOCKS_AT_FIRST))


_SIZES: dict[str, Sizes] = {}


def sizes_of(url: str) -> Sizes:
    """What is known of the node at an URL, the same for all who ask it from this process."""
    return _SIZES.setdefault(url, Sizes())
