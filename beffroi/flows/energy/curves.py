"""What an operation's meters read, step by step, and what of it is shared: the arithmetic that anyone checks.

Under the default dynamic key (Code de l'énergie art. D315-6, second paragraph) what is produced goes to those who draw
at that very step, pro rata of what each draws and up to that: min(P, D) of it. Coefficients are whole 2⁻³² parts,
rounded down, so that a month's allocation is a sum of readings times public numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from beffroi.errors import InputError
from beffroi.flows.energy.apportion import topped
from beffroi.units import MINUTE_S

MeterKind = Literal["draws", "injects"]
STEPS_S: Final = tuple(minutes * MINUTE_S for minutes in (5, 10, 15, 30, 60))
WHOLE: Final = 2**32
"""Of a coefficient: 1."""
MOST_COLUMNS: Final = 512
MOST_STEPS: Final = 9_000
MOST_CELLS: Final = 2**20
MOST_SLOTS: Final = 32
MOST_WH: Final = 2**32
"""That one kind of meters may read in a period: beyond it, roundings might lack more Wh than there are columns."""


class EnergyError(InputError):
    """Readings, rules or allocations are none that an operation can be billed by; the message says why."""


@dataclass(frozen=True)
class MeterColumn:
    """What one meter read. A home with panels has two.

    Attributes:
        id: that its member chose, 32 bytes; never the grid operator's number.
        member: her address.
        kind: whether it counts what is drawn or what is injected.
        readings: Wh of each step.
        missing: steps without a reading: they count zero until a later line says otherwise.
        estimated: steps whose reading somebody estimated.
    """

    id: bytes
    member: str
    kind: MeterKind
    readings: tuple[int, ...]
    missing: frozenset[int] = field(default=frozenset())
    estimated: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True)
class Curves:
    """The readings of an operation's period.

    Attributes:
        start_s: when the first step begins, unix seconds.
        step_s: how long each is.
        columns: of its meters, consumers before producers.

    Raises:
        EnergyError: it is larger than what can be published, a reading is negative, or columns don't fit each other.
    """

    start_s: int
    step_s: int
    columns: tuple[MeterColumn, ...]

    def __post_init__(self) -> None:
        if self.step_s not in STEPS_S or self.start_s < 0 or self.start_s % self.step_s:
            raise EnergyError(f"steps of {self.step_s} s from {self.start_s} on: of 5, 10, 15, 30 or 60 whole minutes")
        if not 0 < len(self.columns) <= MOST_COLUMNS or not 0 < self.steps <= MOST_STEPS:
            raise EnergyError(f"{len(self.columns)} meters: 1 to {MOST_COLUMNS}, each of 1 to {MOST_STEPS} steps")
        if len(self.columns) * self.steps > MOST_CELLS:
            told = f"{len(self.columns)} meters of {self.steps:,} steps are more than {MOST_CELLS:,} readings"
            raise EnergyError(f"{told}: state shorter periods, or share by longer steps")
        if any(len(it.readings) != self.steps for it in self.columns):
            raise EnergyError("all meters have as many steps: what is missing counts zero, and is marked")
        if any(one.kind == "injects" and other.kind == "draws" for one, other in pairwise(self.columns)):
            raise EnergyError("consumers come before producers")
        if len({it.id for it in self.columns}) != len(self.columns):
            raise EnergyError("a meter stands twice")
        if any(not 0 <= min(it.readings) <= max(it.readings) < WHOLE for it in self.columns):
            raise EnergyError(f"a reading is 0 to {WHOLE - 1:,} Wh")
        if max(sum(self.demand), sum(self.supply)) > MOST_WH:
            raise EnergyError(f"more than {MOST_WH:,} Wh in a period: no operation of less than 10 MW reads that")

    @property
    def steps(self) -> int:
        """How many there are."""
        return len(self.columns[0].readings) if self.columns else 0

    @property
    def end_s(self) -> int:
        """When the last step ends, unix seconds."""
        return self.start_s + self.steps * self.step_s

    @cached_property
    def consumers(self) -> tuple[MeterColumn, ...]:
        """The columns of what is drawn."""
        return tuple(it for it in self.columns if it.kind == "draws")

    @cached_property
    def producers(self) -> tuple[MeterColumn, ...]:
        """The columns of what is injected."""
        return tuple(it for it in self.columns if it.kind == "injects")

    @cached_property
    def demand(self) -> list[int]:
        """D: Wh drawn at each step."""
        return _totals(self.consumers, self.steps)

    @cached_property
    def supply(self) -> list[int]:
        """P: Wh injected at each step."""
        return _totals(self.producers, self.steps)


def _totals(columns: Sequence[MeterColumn], steps: int) -> list[int]:
    """At most 2⁹ readings below 2³²: within 64 bits."""
    totals: list[int] = np.array([it.readings for it in columns], np.int64).reshape(-1, steps).sum(axis=0).tolist()
    return totals


def shared(curves: Curves) -> list[int]:
    """Wh that neighbours share at each step: the smaller of what they inject and what they draw (art. D315-4)."""
    return [min(pair) for pair in zip(curves.supply, curves.demand, strict=True)]


def coefficients(curves: Curves) -> tuple[list[int], list[int]]:
    """The part of each step's reading that is shared, consumers' and producers', in 2⁻³², rounded down.

    k = ⌊2³²·min(P, D)/D⌋ for who draws and ⌊2³²·min(P, D)/P⌋ for who injects; 0 where there is nothing to part.
    """
    of_step = shared(curves)
    return coefficients_of(of_step, curves.demand), coefficients_of(of_step, curves.supply)


def coefficients_of(shared_wh: Sequence[int], totals_wh: Sequence[int]) -> list[int]:
    """The coefficients of one kind, from what is shared and what that kind reads at each step."""
    return [WHOLE * part // total if total else 0 for part, total in zip(shared_wh, totals_wh, strict=True)]


def by_slot(of_steps: Sequence[int], slots: Sequence[int], count: int) -> list[int]:
    """Sums of steps' numbers by their slot.

    Args:
        of_steps: a number a step.
        slots: the slot of each step, below `count`.
        count: of slots.
    """
    sums = [0] * count
    for number, slot in zip(of_steps, slots, strict=True):
        sums[slot] += number
    return sums


def values(columns: Sequence[MeterColumn], factors: Sequence[int], slots: Sequence[int], count: int) -> list[list[int]]:
    """Σ k·c of each column and slot, in 2⁻³² Wh: what the published commitments add up to.

    Args:
        columns: of one kind.
        factors: that kind's coefficient at each step.
        slots: the slot of each step, below `count`.
        count: of slots.
    """
    return [by_slot([k * c for k, c in zip(factors, it.readings, strict=True)], slots, count) for it in columns]


def allocate(
    ids: Sequence[bytes], values_by_slot: Sequence[Sequence[int]], shared_by_slot: Sequence[int]
) -> list[list[int]]:
    """Whole Wh of each column of one kind and slot, that make exactly what was shared in that slot.

    Each gets its value rounded down; those with the largest remainders one Wh more, of equals the lowest id first: the
    order of columns is the organiser's, and nobody gets anything by it. What
    rounding lacks is at most a Wh a column: the columns' remainders are below 1 Wh each, and the coefficients', of
    at most D - 1 parts a step, below 1 Wh together while a kind reads no more than 2³² Wh. So a column that was given
    a whole number, or nothing, gets nothing more, and none gets more than it read.

    Args:
        ids: of the columns' meters.
        values_by_slot: in 2⁻³² Wh, by column and slot.
        shared_by_slot: Wh.

    Raises:
        EnergyError: the values make more than what was shared, or less by more than rounding.
    """
    given = [[value // WHOLE for value in column] for column in values_by_slot]
    for slot, whole in enumerate(shared_by_slot):
        missing = whole - sum(column[slot] for column in given)
        rests = [column[slot] % WHOLE for column in values_by_slot]
        if not 0 <= missing <= sum(rest > 0 for rest in rests):
            raise EnergyError(f"slot {slot}: the allocations are {missing} Wh from the {whole} Wh that were shared")
        order = sorted(range(len(ids)), key=ids.__getitem__)
        raised = topped([given[it][slot] for it in order], [rests[it] for it in order], missing)
        for column, wh in zip(order, raised, strict=True):
            given[column][slot] = wh
    return given


@dataclass(frozen=True)
class Allocated:
    """What a meter was given of what is shared, or gave to it: public, and all that a bill is made of.

    Attributes:
        id: of the meter.
        member: her address.
        kind: of the meter.
        wh: by slot.
    """

    id: bytes
    member: str
    kind: MeterKind
    wh: tuple[int, ...]


def allocated(curves: Curves, slots: Sequence[int], count: int) -> tuple[Allocated, ...]:
    """What each meter shares under the default key, in the order of the columns.

    Args:
        curves: of the period.
        slots: the slot of each step, below `count`.
        count: of slots, at most 32.
    """
    in_slots = by_slot(shared(curves), slots, count)
    given: list[list[int]] = []
    for columns, factors in zip((curves.consumers, curves.producers), coefficients(curves), strict=True):
        given += allocate([it.id for it in columns], values(columns, factors, slots, count), in_slots)
    return tuple(Allocated(it.id, it.member, it.kind, tuple(wh)) for it, wh in zip(curves.columns, given, strict=True))
