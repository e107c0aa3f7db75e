"""A period as it is published: columns, commitments, totals, allocations, and the trees that seal them. Pure.

Columns are meters, consumers first. A cell is a column's step: its commitment C, A = Σ k·C over the steps of its
tariff slot so far, B = Σ C over the columns of its kind so far. A and B are nobody's word: they follow from the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat

from beffroi.ballots.parallel import Here
from beffroi.flows.energy.curves import WHOLE
from beffroi.flows.energy.header import NO_STEP, WORD, PeriodHeader, keccak
from beffroi.flows.energy.points import POINT, running_sums, weighted_sums
from beffroi.roll.merkle import Tree

CELL = 3 * POINT
DRAWS, INJECTS = 1, 2
"""Kinds of meters, as `Meters` numbers them."""


@dataclass(frozen=True)
class PublishedColumn:
    """A meter of a period.

    Attributes:
        id: its name on chain, 32 bytes.
        kind: `DRAWS` or `INJECTS`.
        member: whose it is, an address.
        root: of its commitments, as its agent committed it, 32 bytes.
    """

    id: bytes
    kind: int
    member: str
    root: bytes

    @property
    def leaf(self) -> bytes:
        """Of the columns' tree."""
        return keccak(self.id + self.kind.to_bytes(WORD) + self.root)


@dataclass(frozen=True)
class StepTotal:
    """A step's totals, opened.

    Attributes:
        slot: of the tariff.
        prev: the latest earlier step of that slot; `NO_STEP` of the first.
        injected_wh: by all producers together.
        injected_blinding: the sum of their blindings modulo N.
        drawn_wh: by all consumers together.
        drawn_blinding: the sum of theirs.
    """

    slot: int
    prev: int
    injected_wh: int
    injected_blinding: int
    drawn_wh: int
    drawn_blinding: int

    @property
    def as_tuple(self) -> tuple[int, ...]:
        """As the contract takes it."""
        totals = self.injected_wh, self.injected_blinding, self.drawn_wh, self.drawn_blinding
        return self.slot, self.prev, *totals

    @property
    def leaf(self) -> bytes:
        """Of the totals' tree."""
        return keccak(b"".join(it.to_bytes(WORD) for it in self.as_tuple))

    @property
    def shared_wh(self) -> int:
        """What was drawn where it was injected."""
        return min(self.injected_wh, self.drawn_wh)

    def weight(self, kind: int) -> int:
        """k: ⌊2³²·shared / total of the kind⌋; 0 where that total is 0 (the default key)."""
        total = self.drawn_wh if kind == DRAWS else self.injected_wh
        return WHOLE * self.shared_wh // total if total else 0


@dataclass(frozen=True)
class Allocation:
    """What of a column's readings is shared in a slot: A at its last step, opened.

    Attributes:
        value: Σ k·c, in 2⁻³² Wh.
        blinding: Σ k·r modulo N.
        last: the slot's last step; `NO_STEP` where it has none.
    """

    value: int
    blinding: int
    last: int

    @property
    def as_tuple(self) -> tuple[int, int, int]:
        """As the contract takes it."""
        return self.value, self.blinding, self.last

    @property
    def leaf(self) -> bytes:
        """Of the allocations' tree."""
        return keccak(b"".join(it.to_bytes(WORD) for it in self.as_tuple))


@dataclass(frozen=True)
class PublicPeriod:
    """What everybody has of a period.

    Attributes:
        op: the operation's name on chain, 32 bytes.
        period: its number.
        start_s: unix seconds at which its first step begins.
        step_s: seconds of a step.
        slots: how many the tariff has.
        columns: consumers first.
        consumers: how many draw.
        totals: of each step.
        commitments: C of each column and step, 64 bytes each; column by column.
        allocations: of each column and slot, column by column.
        odd: cells (C, A, B, 192 bytes) that are stated otherwise than the rest gives them, by place. A true period
            has none; without them nobody could show which cell is false.
    """

    op: bytes
    period: int
    start_s: int
    step_s: int
    slots: int
    columns: tuple[PublishedColumn, ...]
    consumers: int
    totals: tuple[StepTotal, ...]
    commitments: bytes = field(repr=False)
    allocations: tuple[Allocation, ...]
    odd: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def steps(self) -> int:
        """How many steps it has."""
        return len(self.totals)

    @property
    def end_s(self) -> int:
        """When its last step ends, unix seconds."""
        return self.start_s + self.steps * self.step_s

    def kind(self, column: int) -> int:
        """By its place: consumers come first."""
        return DRAWS if column < self.consumers else INJECTS

    def curve(self, column: int) -> bytes:
        """A column's commitments, 64 bytes a step; odd ones as stated."""
        return b"".join(self.cell(column, step)[:POINT] for step in range(self.steps))

    def cell(self, column: int, step: int) -> bytes:
        """C, A and B, 192 bytes."""
        at = (column * self.steps + step) * CELL
        return self.cells[at : at + CELL]

    def allocation(self, column: int, slot: int) -> Allocation:
        """Of a column in a slot."""
        return self.allocations[column * self.slots + slot]

    def compute(self, executor: Executor) -> None:
        """Computes the cells where the executor works, before anybody asks for them."""
        vars(self)["cells"] = self._stated(executor)

    @cached_property
    def cells(self) -> bytes:
        """All of them, column by column: as the rest gives them, the odd ones as stated."""
        return self._stated(Here())

    @cached_property
    def weights(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The k of each step: consumers', producers'."""
        return tuple(it.weight(DRAWS) for it in self.totals), tuple(it.weight(INJECTS) for it in self.totals)

    @cached_property
    def columns_tree(self) -> Tree:
        """Of the columns."""
        return Tree((it.leaf for it in self.columns), len(self.columns), by_place=True)

    @cached_property
    def cells_tree(self) -> Tree:
        """Of the cells."""
        count = len(self.cells) // CELL
        return Tree((keccak(self.cells[at * CELL : (at + 1) * CELL]) for at in range(count)), count, by_place=True)

    @cached_property
    def totals_tree(self) -> Tree:
        """Of the totals."""
        return Tree((it.leaf for it in self.totals), len(self.totals), by_place=True)

    @cached_property
    def allocations_tree(self) -> Tree:
        """Of the allocations."""
        return Tree((it.leaf for it in self.allocations), len(self.allocations), by_place=True)

    @cached_property
    def header(self) -> PeriodHeader:
        """Its shape and roots."""
        shape = self.op, self.period, self.start_s, self.step_s, self.steps, self.consumers, len(self.columns)
        roots = self.columns_tree.root, self.cells_tree.root, self.allocations_tree.root
        return PeriodHeader(*shape, self.slots, *roots)

    def _stated(self, executor: Executor) -> bytes:
        length = self.steps * POINT
        curves = [self.commitments[at : at + length] for at in range(0, len(self.commitments), length)]
        for place, cell in self.odd.items():
            column, step = divmod(place, self.steps)
            curves[column] = _replaced(curves[column], step, cell[:POINT])
        slots = [it.slot for it in self.totals]
        weights = [self.weights[self.kind(column) - 1] for column in range(len(curves))]
        by_slot = executor.map(weighted_sums, curves, repeat(slots), weights)
        by_column = [*_by_kind(curves[: self.consumers], executor), *_by_kind(curves[self.consumers :], executor)]
        cells = bytearray().join(
            curve[at : at + POINT] + a[at : at + POINT] + b[at : at + POINT]
            for curve, a, b in zip(curves, by_slot, by_column, strict=True)
            for at in range(0, length, POINT)
        )
        for place, cell in self.odd.items():
            cells[place * CELL : (place + 1) * CELL] = cell
        return bytes(cells)


def committed_tree(curve: bytes) -> Tree:
    """The tree of a meter's commitments, whose root its agent commits.

    Args:
        curve: 64 bytes a step.
    """
    count = len(curve) // POINT
    leaves = (keccak(step.to_bytes(WORD) + curve[step * POINT : (step + 1) * POINT]) for step in range(count))
    return Tree(leaves, count, by_place=True)


def in_order(slots: Sequence[int]) -> list[int]:
    """For each step the latest earlier one of the same slot, `NO_STEP` for the first."""
    latest: dict[int, int] = {}
    order = []
    for step, slot in enumerate(slots):
        order.append(latest.get(slot, NO_STEP))
        latest[slot] = step
    return order


def last_steps(slots: Sequence[int], count: int) -> list[int]:
    """The last step of each of so many slots, `NO_STEP` of one that has none."""
    latest = {slot: step for step, slot in enumerate(slots)}
    return [latest.get(slot, NO_STEP) for slot in range(count)]


def _by_kind(curves: Sequence[bytes], executor: Executor, chunk: int = 256) -> Iterator[bytes]:
    """B of each column of a kind; steps are independent of each other, and are shared out."""
    if not curves:
        return
    spans = range(0, len(curves[0]), chunk * POINT)
    pieces = [[curve[at : at + chunk * POINT] for curve in curves] for at in spans]
    yield from (b"".join(column) for column in zip(*executor.map(running_sums, pieces), strict=True))


def _replaced(points: bytes, step: int, point: bytes) -> bytes:
    return points[: step * POINT] + point + points[(step + 1) * POINT :]
