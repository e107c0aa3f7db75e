"""A period sealed by whoever has its readings and seeds: what everybody gets of it, and nothing of the readings. Pure.

Under the default key alone: an allocation is then a sum of readings with public weights. The static, the simple dynamic
and the full dynamic key are not linear in readings, and only those concerned check them.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from beffroi.ballots.group import N
from beffroi.ballots.parallel import Here
from beffroi.flows.energy.cells import (
    Allocation,
    PublicPeriod,
    PublishedColumn,
    StepTotal,
    committed_tree,
    in_order,
    last_steps,
)
from beffroi.flows.energy.commitments import blindings, commit_curves
from beffroi.flows.energy.curves import Curves, MeterColumn

KINDS = {"draws": 1, "injects": 2}
"""Kinds of meters, as `Meters` numbers them."""


@dataclass(frozen=True)
class SecretColumn:
    """A meter's month as its agent, its member and the organiser have it.

    Attributes:
        id: its name on chain, 32 bytes.
        kind: as `Meters` numbers it.
        member: whose it is, an address.
        readings: Wh of each step.
        blindings: of each step.
    """

    id: bytes
    kind: int
    member: str
    readings: Sequence[int]
    blindings: Sequence[int]

    @classmethod
    def of(cls, op: bytes, period: int, column: MeterColumn, seed: bytes) -> "SecretColumn":
        """A meter's column, blinded from its seed.

        Raises:
            CommitmentError: the seed is none, or a reading is none.
        """
        blinds = blindings(seed, op, column.id, period, column.readings)
        return cls(column.id, KINDS[column.kind], column.member, column.readings, blinds)


@dataclass(frozen=True)
class PeriodFrame:
    """When a period is, and in which slot of the tariff each of its steps.

    Attributes:
        op: the operation's name on chain, 32 bytes.
        period: its number.
        start_s: unix seconds at which its first step begins.
        step_s: seconds of a step.
        slots: of each step, below `slot_count`.
        slot_count: how many the tariff has.
    """

    op: bytes
    period: int
    start_s: int
    step_s: int
    slots: Sequence[int]
    slot_count: int


def seal_period(
    op: bytes, period: int, curves: Curves, seeds: Sequence[bytes], slots: Sequence[int], slot_count: int,
    executor: Executor | None = None,
) -> PublicPeriod:  # fmt: skip
    """Seals what meters read.

    Args:
        op: the operation's name on chain, 32 bytes.
        period: its number.
        curves: the readings.
        seeds: of each column, 32 bytes.
        slots: the tariff's slot of each step.
        slot_count: how many the tariff has.
        executor: where it is computed; in this process when None.

    Raises:
        CommitmentError: a seed is none.
    """
    frame = PeriodFrame(op, period, curves.start_s, curves.step_s, slots, slot_count)
    pairs = zip(curves.columns, seeds, strict=True)
    return seal_columns(frame, [SecretColumn.of(op, period, *pair) for pair in pairs], executor or Here())


def seal_columns(frame: PeriodFrame, columns: Sequence[SecretColumn], executor: Executor) -> PublicPeriod:
    """Seals columns, consumers first, whatever whole numbers they say: `seal_period` looks at them before."""
    curves = commit_curves(((it.readings, it.blindings) for it in columns), executor)
    public = tuple(
        PublishedColumn(it.id, it.kind, it.member, committed_tree(curve).root)
        for it, curve in zip(columns, curves, strict=True)
    )
    consumers = sum(it.kind == KINDS["draws"] for it in columns)
    totals = _totals(frame.slots, columns, consumers)
    allocations = _allocations(frame, columns, totals)
    shape = frame.op, frame.period, frame.start_s, frame.step_s, frame.slot_count
    sealed = PublicPeriod(*shape, public, consumers, totals, b"".join(curves), allocations)
    sealed.compute(executor)
    return sealed


def _totals(slots: Sequence[int], columns: Sequence[SecretColumn], consumers: int) -> tuple[StepTotal, ...]:
    order = in_order(slots)
    drawn, injected = columns[:consumers], columns[consumers:]
    return tuple(
        StepTotal(slot, order[step], *_opened(injected, step), *_opened(drawn, step)) for step, slot in enumerate(slots)
    )


def _opened(columns: Sequence[SecretColumn], step: int) -> tuple[int, int]:
    """Of what the columns' commitments add up to: the value modulo N as well, which a negative one needs."""
    values = sum(it.readings[step] for it in columns) % N
    return values, sum(it.blindings[step] for it in columns) % N


def _allocations(
    frame: PeriodFrame, columns: Sequence[SecretColumn], totals: Sequence[StepTotal]
) -> tuple[Allocation, ...]:
    last = last_steps(frame.slots, frame.slot_count)
    steps_of = [[step for step, slot in enumerate(frame.slots) if slot == wanted] for wanted in range(frame.slot_count)]
    weights = {kind: [it.weight(kind) for it in totals] for kind in KINDS.values()}
    return tuple(
        Allocation(_weighed(column.readings, k, steps), _weighed(column.blindings, k, steps), last[slot])
        for column in columns
        for slot, steps in enumerate(steps_of)
        for k in (weights[column.kind],)
    )


def _weighed(numbers: Sequence[int], weights: Sequence[int], steps: Sequence[int]) -> int:
    return sum(weights[step] * numbers[step] for step in steps) % N
