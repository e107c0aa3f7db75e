"""What shows `Meters` that a statement's readings are false: a function of it, and what it takes. Pure.

Each is built of a period as it was stated, falsity included. What `PositionPair` asks of two leaves is given once where
their ways to the root meet.
"""

from dataclasses import dataclass
from typing import Any

from beffroi.ballots.group import x_of, y_of
from beffroi.flows.energy.cells import CELL, Allocation, PublicPeriod
from beffroi.flows.energy.header import NO_STEP, PeriodHeader, keccak
from beffroi.flows.energy.points import POINT
from beffroi.flows.operation import PeriodStatement
from beffroi.roll.merkle import Tree

Words = tuple[Any, ...]
NO_CELL: Words = ((0, 0), (0, 0), (0, 0))


@dataclass(frozen=True)
class Refutation:
    """A call that voids a statement.

    Attributes:
        function: of `Meters`.
        parts: what it takes beside the claim.
    """

    function: str
    parts: Words

    def arguments(self, statement: PeriodStatement, header: PeriodHeader) -> Words:
        """What the function takes, in its order; of a header it takes first whose statement it is."""
        claim = claim_of(statement, header)
        return (*self.parts, claim) if self.function == "refuteHeader" else (claim, *self.parts)


def claim_of(statement: PeriodStatement, header: PeriodHeader) -> Words:
    """A statement as refutations name it."""
    uri_hash = keccak(statement.uri.encode())
    stated = statement.number, statement.lines_hash, statement.n, statement.totals_root, uri_hash
    return (*stated, header.as_tuple)


@dataclass(frozen=True)
class Refuter:
    """Builds what refutes a period, by place.

    Attributes:
        period: as it was stated.
    """

    period: PublicPeriod

    def header(self, op: bytes, period: int) -> Refutation:
        """Of another operation or period than it was stated of, not over, or out of bounds."""
        return Refutation("refuteHeader", (op, period))

    def column(self, column: int) -> Refutation:
        """A meter that does not count, or whose agent committed to something else."""
        return Refutation("refuteColumn", (column, *self._column(column)))

    def twice(self, column: int, other: int) -> Refutation:
        """One meter in two columns."""
        words = self._column(column)[0], other, self._column(other)[0]
        return Refutation("refuteTwice", (column, *words, pair_proof(self.period.columns_tree, column, other)))

    def reading(self, column: int, step: int, committed: Tree) -> Refutation:
        """A cell whose reading is not that to which the agent committed.

        Args:
            column: its place.
            step: its place.
            committed: the tree of the agent's own commitments, which not everybody has.
        """
        leaf = committed.node(2 * committed.size - 2 - step)
        cell = self._cell(column, step)
        words = *self._column(column), *cell, leaf, committed.proof(step)
        return Refutation("refuteReading", (column, step, *words))

    def point(self, column: int, step: int) -> Refutation:
        """A cell of which something is no point."""
        return Refutation("refutePoint", (column, step, *self._cell(column, step)))

    def sum(self, column: int, step: int) -> Refutation:
        """A sum that is not the one before it in its slot and k times the reading."""
        return Refutation(
            "refuteSum",
            (column, step, *self._total(step), *self._pair(column, step, column, self.period.totals[step].prev)),
        )

    def column_sum(self, column: int, step: int) -> Refutation:
        """A column sum that is not the one of the column before it and the reading."""
        before = NO_STEP if column in {0, self.period.consumers} else column - 1
        return Refutation("refuteColumnSum", (column, step, *self._pair(column, step, before, step)))

    def total(self, step: int, kind: int) -> Refutation:
        """A total that does not open the last column sum of its kind."""
        columns = [at for at in range(len(self.period.columns)) if self.period.kind(at) == kind]
        cell = self._cell(columns[-1], step) if columns else (NO_CELL, [])
        return Refutation("refuteTotal", (step, kind, *self._total(step), *cell))

    def range(self, step: int) -> Refutation:
        """A total out of its bounds."""
        return Refutation("refuteRange", (step, *self._total(step)))

    def order(self, step: int, earlier: int) -> Refutation:
        """A total's previous step, by an earlier one that belies it."""
        totals = self.period.totals
        words = totals[step].as_tuple, earlier, totals[earlier].as_tuple
        return Refutation("refuteOrder", (step, *words, pair_proof(self.period.totals_tree, step, earlier)))

    def allocation(self, column: int, slot: int, *, is_within: bool) -> Refutation:
        """An allocation out of its bounds, or that does not open the column's sum at its last step."""
        stated = self.period.allocation(column, slot)
        has_cell = is_within and stated.last != NO_STEP
        cell = self._cell(column, stated.last) if has_cell else (NO_CELL, [])
        return Refutation("refuteAllocation", (column, slot, *self._allocation(column, slot, stated), *cell))

    def last(self, column: int, slot: int, step: int) -> Refutation:
        """An allocation's last step, by one that belies it."""
        stated = self.period.allocation(column, slot)
        words = *self._allocation(column, slot, stated), step, *self._total(step)
        return Refutation("refuteLast", (column, slot, *words))

    def _column(self, at: int) -> tuple[Words, list[bytes]]:
        column = self.period.columns[at]
        return (column.id, column.kind, column.root), self.period.columns_tree.proof(at)

    def _cell(self, column: int, step: int) -> tuple[Words, list[bytes]]:
        return cell_words(self.period.cell(column, step)), self.period.cells_tree.proof(self._place(column, step))

    def _pair(self, column: int, step: int, other: int, other_step: int) -> tuple[Words, Words, list[bytes]]:
        """Two cells; the one alone where there is no other."""
        if NO_STEP in {other, other_step}:
            cell, proof = self._cell(column, step)
            return cell, NO_CELL, proof
        proof = pair_proof(self.period.cells_tree, self._place(column, step), self._place(other, other_step))
        return cell_words(self.period.cell(column, step)), cell_words(self.period.cell(other, other_step)), proof

    def _total(self, step: int) -> tuple[Words, list[bytes]]:
        return self.period.totals[step].as_tuple, self.period.totals_tree.proof(step)

    def _allocation(self, column: int, slot: int, stated: Allocation) -> tuple[Words, list[bytes]]:
        return stated.as_tuple, self.period.allocations_tree.proof(column * self.period.slots + slot)

    def _place(self, column: int, step: int) -> int:
        return column * self.period.steps + step


def cell_words(cell: bytes) -> Words:
    """A cell as the contract takes it: three points, each two numbers."""
    points = [cell[at : at + POINT] for at in range(0, CELL, POINT)]
    return tuple((x_of(it), y_of(it)) for it in points)


def pair_proof(tree: Tree, index: int, other: int) -> list[bytes]:
    """The siblings of two leaves on their ways to the root, the deeper first, none that is one of the two ways itself.

    Args:
        tree: of places.
        index: of a leaf.
        other: of another.
    """
    place, beside = 2 * tree.size - 2 - index, 2 * tree.size - 2 - other
    proof = []
    while place or beside:
        place, beside = max(place, beside), min(place, beside)
        sibling = place + 1 if place % 2 else place - 1
        if sibling == beside:
            beside = 0
        else:
            proof.append(tree.node(sibling))
        place = (place - 1) // 2
    return proof
