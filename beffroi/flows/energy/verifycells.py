"""Whether a period's readings, sums, totals and allocations are true, as `Meters` decides it; with what refutes them.

Cells that are not odd follow from the rest (`PublicPeriod`): their sums are true, and only odd ones are looked at, and
those that rest on them.
"""

from collections import defaultdict
from collections.abc import Iterator

from beffroi.ballots.group import INFINITY, N, add, mul, x_of
from beffroi.flows.energy.cells import (
    CELL,
    DRAWS,
    INJECTS,
    Allocation,
    PublicPeriod,
    committed_tree,
    in_order,
    last_steps,
)
from beffroi.flows.energy.commitments import commit
from beffroi.flows.energy.energyfinding import EnergyFinding, Falsehood
from beffroi.flows.energy.header import NO_STEP
from beffroi.flows.energy.points import POINT, is_on_curve
from beffroi.flows.energy.refutations import Refuter

TOTAL_BITS, VALUE_BITS = 48, 96
_ABOVE = b"\xff" * 15 + b"\xfe"
"""How N begins: an abscissa that `ecrecover` does not take begins so too, or above."""
NAMES = {DRAWS: "drawn", INJECTS: "injected"}


def false_cells(period: PublicPeriod) -> Iterator[EnergyFinding]:
    """All that is false, in the order in which a refuter looks."""
    yield from _points(period)
    yield from _readings(period)
    yield from _column_sums(period)
    yield from _totals(period)
    yield from _sums(period)
    yield from _order(period)
    yield from _allocations(period)


def _readings(period: PublicPeriod) -> Iterator[EnergyFinding]:
    for at, column in enumerate(period.columns):
        if committed_tree(period.curve(at)).root != column.root:
            yield EnergyFinding(
                Falsehood.READING,
                f"column {at}: the commitments are not those that its meter's agent committed to; whoever has the "
                "agent's own refutes it",
                column=at,
            )


def _points(period: PublicPeriod) -> Iterator[EnergyFinding]:
    firsts = range(0, len(period.cells), CELL)
    beyond = {at // CELL for at in firsts if period.cells[at : at + 16] >= _ABOVE and not _has_points(period, at)}
    for place in sorted(beyond.union(it for it in period.odd if not _has_points(period, it * CELL))):
        at, step = divmod(place, period.steps)
        words = f"column {at}, step {step}: something is no point of secp256k1, or none that can be multiplied"
        yield EnergyFinding(Falsehood.POINT, words, Refuter(period).point(at, step), column=at, step=step)


def _column_sums(period: PublicPeriod) -> Iterator[EnergyFinding]:
    after = {place + period.steps for place in period.odd}
    for place in sorted({*period.odd} | after):
        at, step = divmod(place, period.steps)
        if at >= len(period.columns):
            continue
        is_first = at in {0, period.consumers}
        reading, _, total = _split(period.cell(at, step))
        before = INFINITY if is_first else _split(period.cell(at - 1, step))[2]
        if _are_points(reading, total, before) and total != add(before, reading):
            words = f"column {at}, step {step}: the column sum is not the one before it and the commitment"
            refutation = Refuter(period).column_sum(at, step)
            yield EnergyFinding(Falsehood.COLUMN_SUM, words, refutation, column=at, step=step)


def _totals(period: PublicPeriod) -> Iterator[EnergyFinding]:
    refuter, count = Refuter(period), len(period.columns)
    for step, total in enumerate(period.totals):
        drawn, injected = (total.drawn_wh, total.drawn_blinding), (total.injected_wh, total.injected_blinding)
        is_within = max(drawn[0], injected[0]) >> TOTAL_BITS == 0 and max(drawn[1], injected[1]) < N
        if not is_within or total.slot >= period.slots or step <= total.prev != NO_STEP:
            words = f"step {step}: its slot, its previous step, a total or a blinding is out of bounds"
            yield EnergyFinding(Falsehood.RANGE, words, refuter.range(step), step=step)
        kinds = (DRAWS, 0, period.consumers, drawn), (INJECTS, period.consumers, count, injected)
        for kind, first, end, (wh, blinding) in kinds:
            stated = _split(period.cell(end - 1, step))[2] if first < end else INFINITY
            is_false = stated != commit(wh, blinding) if first < end else bool(wh or blinding)
            if is_false and is_within and _are_points(stated):
                words = f"step {step}: {wh:,} Wh {NAMES[kind]} is not what the commitments add up to"
                yield EnergyFinding(Falsehood.TOTAL, words, refuter.total(step, kind), step=step)


def _sums(period: PublicPeriod) -> Iterator[EnergyFinding]:
    following = defaultdict(list)
    for step, total in enumerate(period.totals):
        following[total.prev].append(step)
    places = {*period.odd}
    for place in period.odd:
        at, step = divmod(place, period.steps)
        places |= {at * period.steps + it for it in following[step]}
    for place in sorted(places):
        at, step = divmod(place, period.steps)
        total = period.totals[step]
        if step <= total.prev != NO_STEP:
            continue
        reading, stated, _ = _split(period.cell(at, step))
        before = INFINITY if total.prev == NO_STEP else _split(period.cell(at, total.prev))[1]
        weight = total.weight(period.kind(at))
        if _are_points(reading, stated, before) and stated != add(before, mul(weight, reading)):
            words = f"column {at}, step {step}: the slot's sum is not the one before it and k times the commitment"
            yield EnergyFinding(Falsehood.SUM, words, Refuter(period).sum(at, step), column=at, step=step)


def _order(period: PublicPeriod) -> Iterator[EnergyFinding]:
    order = in_order([it.slot for it in period.totals])
    for step, (total, true) in enumerate(zip(period.totals, order, strict=True)):
        if total.prev != true and (total.prev < step or total.prev == NO_STEP):
            belying = _belying(total.prev, true)
            words = f"step {step}: the step before it in its slot is {_named(true)}, not {_named(total.prev)}"
            yield EnergyFinding(Falsehood.ORDER, words, Refuter(period).order(step, belying), step=step)


def _allocations(period: PublicPeriod) -> Iterator[EnergyFinding]:
    lasts = last_steps([it.slot for it in period.totals], period.slots)
    for at in range(len(period.columns)):
        for slot, last in enumerate(lasts):
            yield from _allocation(period, at, slot, last)


def _allocation(period: PublicPeriod, at: int, slot: int, last: int) -> Iterator[EnergyFinding]:
    stated, refuter = period.allocation(at, slot), Refuter(period)
    what, words = Falsehood.ALLOCATION, f"column {at}, slot {slot}: the allocation is "
    if not _is_within(stated, period.steps):
        refutation = refuter.allocation(at, slot, is_within=False)
        yield EnergyFinding(what, f"{words}out of bounds", refutation, column=at, slot=slot)
        return
    if stated.last != last:
        said = f"column {at}, slot {slot}: the slot's last step is {_named(last)}, not {_named(stated.last)}"
        refutation = refuter.last(at, slot, _belying(stated.last, last))
        yield EnergyFinding(Falsehood.LAST, said, refutation, column=at, slot=slot)
    if stated.last == NO_STEP:
        return
    total = _split(period.cell(at, stated.last))[1]
    if _are_points(total) and total != commit(stated.value, stated.blinding):
        refutation = refuter.allocation(at, slot, is_within=True)
        yield EnergyFinding(what, f"{words}not what its commitments add up to", refutation, column=at, slot=slot)


def _is_within(stated: Allocation, steps: int) -> bool:
    if stated.last == NO_STEP:
        return not stated.value | stated.blinding
    return stated.last < steps and not stated.value >> VALUE_BITS and stated.blinding < N


def _belying(stated: int, true: int) -> int:
    """The step that belies another as a slot's latest: the true one, or where it is earlier the stated one itself."""
    return true if true != NO_STEP and (stated == NO_STEP or stated < true) else stated


def _split(cell: bytes) -> list[bytes]:
    return [cell[at : at + POINT] for at in range(0, CELL, POINT)]


def _has_points(period: PublicPeriod, at: int) -> bool:
    reading, *sums = _split(period.cells[at : at + CELL])
    return x_of(reading) < N and is_on_curve(reading) and _are_points(*sums)


def _are_points(*points: bytes) -> bool:
    return all(it == INFINITY or is_on_curve(it) for it in points)


def _named(step: int) -> str:
    return "none" if step == NO_STEP else str(step)
