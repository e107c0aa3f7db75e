"""How many acts share a transaction, by gas: the one rule for everything that is sent in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from beffroi.chain.transaction import MAX_GAS, TooMuchGasError

BASE_GAS = 60_000
"""Of a transaction itself and of the contract's loop; what is not used is not paid."""
TARGET_GAS = 12_000_000
"""Of a batch sized by what a few of its acts cost: under EIP-7825's limit with room for costlier ones, and two of them
to a block where blocks hold 30 million."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class BatchGas:
    """What a batch of like acts is expected to cost.

    Attributes:
        each: one act, its calldata included.
        base: the transaction, and what a batch does once.
        limit: the most that a transaction may use.
        margin_percent: how much of the limit is left unused.
    """

    each: int
    base: int = BASE_GAS
    limit: int = MAX_GAS
    margin_percent: int = 10

    def cost(self, acts: int) -> int:
        """The expected gas of a batch."""
        return self.base + acts * self.each

    @property
    def most(self) -> int:
        """How many acts fit in a batch.

        Raises:
            TooMuchGasError: not even one does.
        """
        usable = self.limit * (100 - self.margin_percent) // 100
        most = (usable - self.base) // self.each
        if most < 1:
            raise TooMuchGasError(f"a batch of one costs {self.cost(1):,} gas and {usable:,} may be used")
        return most


def most_by_sample(sample_gas: int, acts: int) -> int:
    """How many acts a batch may hold, at least one, when a node says what a transaction of a few costs."""
    return max(1, TARGET_GAS * acts // sample_gas)


def parts(
    items: Sequence[Item],
    gas_each: Sequence[int],
    *,
    base: int = BASE_GAS,
    most_each: Sequence[int],
    limit: int = MAX_GAS,
) -> list[tuple[Sequence[Item], int]]:
    """Acts that share a transaction, in order, and its gas limit.

    Args:
        items: the acts.
        gas_each: what each may need.
        base: what a batch needs besides.
        most_each: how many may share one with each, itself counted, whatever they need.
        limit: the most that a transaction may use; an act that needs more goes alone.
    """
    found: list[tuple[Sequence[Item], int]] = []
    start, gas, room = 0, base, len(items)
    for place, (more, most) in enumerate(zip(gas_each, most_each, strict=True)):
        if place > start and (place - start >= min(room, most) or gas + more > limit):
            found.append((items[start:place], gas))
            start, gas, room = place, base, most
        gas, room = gas + more, min(room, most)
    return [*found, (items[start:], gas)] if items else []
