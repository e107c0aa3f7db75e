"""What a period's root says, and what is stated of it on chain: hashes as `Clearing` and `Meters` make them. Pure."""

from dataclasses import dataclass
from typing import Any

from sha3 import keccak_256

from beffroi.flows.energy.curves import MOST_CELLS, MOST_COLUMNS, MOST_SLOTS, MOST_STEPS

WORD = 32
NO_STEP = 2**256 - 1
"""In place of a step, where there is none."""
LEAST_STEP_S, MOST_STEP_S = 300, 3_600


def keccak(data: bytes) -> bytes:
    """keccak-256, 32 bytes."""
    digest: bytes = keccak_256(data).digest()
    return digest


@dataclass(frozen=True)
class PeriodHeader:
    """The shape of a period, and the roots of what it holds.

    Attributes:
        op: the operation's name on chain, 32 bytes.
        period: its number.
        start_s: unix seconds at which its first step begins.
        step_s: seconds of a step.
        steps: how many.
        consumers: how many of the columns draw; they come first.
        columns: how many.
        slots: how many the tariff has.
        columns_root: of the columns, 32 bytes.
        cells_root: of the cells.
        allocations_root: of the allocations.
    """

    op: bytes
    period: int
    start_s: int
    step_s: int
    steps: int
    consumers: int
    columns: int
    slots: int
    columns_root: bytes
    cells_root: bytes
    allocations_root: bytes

    @property
    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract takes it."""
        sizes = self.period, self.start_s, self.step_s, self.steps, self.consumers, self.columns, self.slots
        return self.op, *sizes, self.columns_root, self.cells_root, self.allocations_root

    @property
    def root(self) -> bytes:
        """A statement's `readingsRoot`: keccak(abi.encode(header)), 32 bytes."""
        return keccak(b"".join(it if isinstance(it, bytes) else it.to_bytes(WORD) for it in self.as_tuple))

    @property
    def end_s(self) -> int:
        """Unix seconds at which its last step ends."""
        return self.start_s + self.steps * self.step_s

    @property
    def is_shapely(self) -> bool:
        """Whether its sizes are those that a period may have."""
        return (
            0 < self.steps <= MOST_STEPS
            and 0 < self.columns <= MOST_COLUMNS
            and self.consumers <= self.columns
            and 0 < self.slots <= MOST_SLOTS
            and self.steps * self.columns <= MOST_CELLS
            and LEAST_STEP_S <= self.step_s <= MOST_STEP_S
        )
