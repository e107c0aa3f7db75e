"""Readings that a home's own allocation would give away, because she draws at few of the steps that are shared. Pure.

An allocation is Σ k·c with public k over a slot. Over one step it is a reading; over a few a lattice finds them: the
fractions of 2³² alone are 32 bits of equation. That many homes share a slot at many steps helps no home that draws at
few of them, because her panels serve her, or she is away. So a home reads at none of a slot's shared steps, or at
`LEAST_STEPS` with `LEAST_BITS` together, twice what an allocation tells; and so of those that are shared in part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from beffroi.flows.energy.curves import WHOLE, Curves, MeterColumn, coefficients

LEAST_STEPS, LEAST_BITS = 16, 96


@dataclass(frozen=True)
class LoneReadings:
    """What an allocation would give away.

    Attributes:
        id: of the meter.
        slot: of the tariff.
        steps: at which it reads.
    """

    id: bytes
    slot: int
    steps: tuple[int, ...]


def lone_readings(curves: Curves, slots: Sequence[int], count: int) -> list[LoneReadings]:
    """Of each consumer's meter and slot; nothing where allocations give none away.

    Args:
        curves: of a period.
        slots: the slot of each step, below `count`.
        count: of slots.
    """
    weights, _ = coefficients(curves)
    found = []
    for slot in range(count):
        shared = [step for step, k in enumerate(weights) if k and slots[step] == slot]
        in_part = [step for step in shared if weights[step] < WHOLE]
        for column in curves.consumers:
            few = next((them for them in (_read(column, in_part), _read(column, shared)) if _is_few(column, them)), ())
            if few:
                found.append(LoneReadings(column.id, slot, few))
    return found


def withheld(curves: Curves, slots: Sequence[int], count: int) -> Curves:
    """The curves without what allocations would give away: those steps count zero, and are marked as missing.

    Their homes share nothing then, and buy these few Wh of their own suppliers. Arguments as of `lone_readings`.
    """
    while lone := lone_readings(curves, slots, count):
        curves = replace(curves, columns=tuple(_without(it, lone) for it in curves.columns))
    return curves


def withheld_wh(before: Curves, after: Curves) -> Iterator[tuple[bytes, int]]:
    """What each meter lost by `withheld`, in Wh, of those that lost any."""
    for column, left in zip(before.columns, after.columns, strict=True):
        if lost := sum(column.readings) - sum(left.readings):
            yield column.id, lost


def _read(column: MeterColumn, steps: Sequence[int]) -> tuple[int, ...]:
    return tuple(it for it in steps if column.readings[it])


def _is_few(column: MeterColumn, steps: Sequence[int]) -> bool:
    bits = sum(column.readings[it].bit_length() for it in steps)
    return 0 < len(steps) < LEAST_STEPS or 0 < bits < LEAST_BITS


def _without(column: MeterColumn, lone: Sequence[LoneReadings]) -> MeterColumn:
    steps = frozenset(step for it in lone if it.id == column.id for step in it.steps)
    readings = tuple(0 if step in steps else wh for step, wh in enumerate(column.readings))
    return replace(column, readings=readings, missing=column.missing | steps)
