"""Every way in which a period may be false, one at a time, each restated so that its roots stand on chain."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from beffroi.ballots.group import G, N, add, point
from beffroi.ballots.parallel import Here
from beffroi.flows.energy.cells import PublicPeriod
from beffroi.flows.energy.curves import EnergyError
from beffroi.flows.energy.energyfinding import Falsehood
from beffroi.flows.energy.header import NO_STEP
from beffroi.flows.energy.points import POINT
from beffroi.flows.energy.sealperiod import PeriodFrame, SecretColumn, seal_columns
from beffroi.flows.energy.verifyperiod import lines_of
from beffroi.flows.operation import StatedLine
from testbed.energy import ORGANISER, RULES, Street

OFF_CURVE = point(5, 1)


def secrets_of(street: Street) -> list[SecretColumn]:
    """What the organiser has of every meter."""
    months = map(street.month, range(len(street.curves.columns)))
    return [SecretColumn.of(it.op, it.period, it.column, it.seed) for it in months]


def resealed(
    street: Street, columns: list[SecretColumn], *, keeps_roots: bool = True, slots: list[int] | None = None
) -> Street:
    """The period of other columns, with the roots that the agents committed, and billed as it then can be."""
    period = street.period
    frame = PeriodFrame(period.op, period.period, period.start_s, period.step_s, slots or _slots(period), period.slots)
    sealed = seal_columns(frame, columns, Here())
    if keeps_roots:
        roots = {it.id: it.root for it in period.columns}
        sealed = replace(sealed, columns=tuple(replace(it, root=roots[it.id]) for it in sealed.columns))
    lines = street.file.lines
    with contextlib.suppress(EnergyError):
        lines = lines_of(RULES, sealed, ORGANISER)
    return street.published(replace(street.file, period=sealed, lines=lines))


def with_readings(street: Street, column: int, changes: Mapping[int, int], *, keeps_roots: bool = True) -> Street:
    """The period of other readings at some steps of a column, blinded as they were."""
    columns = secrets_of(street)
    readings = [changes.get(step, wh) for step, wh in enumerate(columns[column].readings)]
    columns[column] = replace(columns[column], readings=readings)
    return resealed(street, columns, keeps_roots=keeps_roots)


def in_another_slot(street: Street) -> Street:
    """A shared step made one of the next slot, whose price is another; all else follows."""
    slots, at = _slots(street.period), shared_step(street.period)
    slots[at] = (slots[at] + 1) % street.period.slots
    return resealed(street, secrets_of(street), slots=slots)


def with_odd(street: Street, column: int, step: int, part: int, odd: bytes) -> Street:
    """The period with one point of one cell stated otherwise: 0 of C, 1 of A, 2 of B."""
    place = column * street.period.steps + step
    cell = _replaced(street.period.cell(column, step), part, odd)
    commitments = _replaced(street.period.commitments, place, cell[:POINT])
    return street.restated(odd=street.period.odd | {place: cell}, commitments=commitments)


def moved(street: Street, column: int, step: int, part: int) -> Street:
    """The same with that point moved by G."""
    true = street.period.cell(column, step)[part * POINT : (part + 1) * POINT]
    return with_odd(street, column, step, part, add(true, G))


def shifted(street: Street, giver: int = 0, taker: int = 1, step: int | None = None) -> Street:
    """1 Wh of one member's reading made another's: totals stay as they are."""
    columns = secrets_of(street)
    at = shared_step(street.period) if step is None else step
    for place, wh in ((giver, -1), (taker, 1)):
        readings = [it + wh * (step_ == at) for step_, it in enumerate(columns[place].readings)]
        columns[place] = replace(columns[place], readings=readings)
    return resealed(street, columns)


def off_by_one(street: Street, column: int = 0) -> Street:
    """The coefficient of one step one too much for a column: sums from there on, and the allocation, follow it."""
    period, step = street.period, shared_step(street.period)
    slot = period.totals[step].slot
    odd = dict[int, bytes]()
    secret = secrets_of(street)[column]
    for at in range(step, period.steps):
        if period.totals[at].slot == slot:
            cell = period.cell(column, at)
            sum_ = add(cell[POINT : 2 * POINT], period.cell(column, step)[:POINT])
            odd[column * period.steps + at] = _replaced(cell, 1, sum_)
    said = period.allocation(column, slot)
    value, blinding = said.value + secret.readings[step], (said.blinding + secret.blindings[step]) % N
    allocations = _changed(period.allocations, column * period.slots + slot, value=value, blinding=blinding)
    return street.restated(odd=odd, allocations=allocations)


def with_total(street: Street, step: int, **changes: int) -> Street:
    """The period with a total stated otherwise."""
    return street.restated(totals=_changed(street.period.totals, step, **changes))


def with_column(street: Street, at: int, **changes: object) -> Street:
    """The period with a column stated otherwise."""
    return street.restated(columns=_changed(street.period.columns, at, **changes))


def with_allocation(street: Street, column: int, slot: int, **changes: int) -> Street:
    """The period with an allocation stated otherwise."""
    at = column * street.period.slots + slot
    return street.restated(allocations=_changed(street.period.allocations, at, **changes))


def early_last(street: Street, column: int = 0) -> Street:
    """An allocation that opens the sum at the last step but one of its slot."""
    period = street.period
    slot = period.totals[shared_step(period)].slot
    last = period.totals[period.allocation(column, slot).last].prev
    steps = [it for it in range(last + 1) if period.totals[it].slot == slot]
    secret, weights = secrets_of(street)[column], period.weights[period.kind(column) - 1]
    value, blinding = (sum(weights[it] * of[it] for it in steps) for of in (secret.readings, secret.blindings))
    return with_allocation(street, column, slot, value=value, blinding=blinding % N, last=last)


def without_column(street: Street, at: int) -> Street:
    """The period without a column, as if its meter had never been."""
    columns = secrets_of(street)
    del columns[at]
    return resealed(street, columns)


def with_lines(street: Street, cents: int = 1) -> Street:
    """A cent of one member's put on another."""
    one, other, *rest = street.file.lines
    lines = replace(one, amount_cents=one.amount_cents + cents), replace(other, amount_cents=other.amount_cents - cents)
    return street.published(replace(street.file, lines=(*lines, *rest)))


def shared_step(period: PublicPeriod) -> int:
    """A step that is shared in part, which is neither the first nor the last of its slot."""
    lasts = {it.last for it in period.allocations}
    return next(
        step for step, it in enumerate(period.totals)
        if it.prev != NO_STEP and step not in lasts and 0 < it.injected_wh < it.drawn_wh
    )  # fmt: skip


def another_slots_step(period: PublicPeriod) -> int:
    """A step of another slot before `shared_step`."""
    at = shared_step(period)
    return next(step for step in range(at) if period.totals[step].slot != period.totals[at].slot)


def refutable() -> dict[str, tuple[Falsehood, Callable[[Street], Street]]]:
    """Falsities that a stranger refutes: by name, what each is and how it is made."""
    at = shared_step
    return {
        "steps of a minute": (Falsehood.HEADER, lambda it: it.restated(step_s=60)),
        "another period": (Falsehood.HEADER, lambda it: it.restated(period=8)),
        "another operation": (Falsehood.HEADER, lambda it: it.restated(op=b"\7" * 32)),
        "more consumers than columns": (
            Falsehood.HEADER, lambda it: it.restated(consumers=len(it.period.columns) + 1),
        ),
        "a meter that nobody installed": (Falsehood.COLUMN, lambda it: with_column(it, 1, id=b"\7" * 32)),
        "a column of the other kind": (Falsehood.COLUMN, lambda it: with_column(it, 0, kind=2)),
        "a column under another root": (Falsehood.COLUMN, lambda it: with_column(it, 1, root=b"\7" * 32)),
        "an hour too early": (Falsehood.COLUMN, lambda it: it.restated(start_s=it.period.start_s - 3600)),
        "one meter twice": (Falsehood.TWICE, lambda it: it.restated(
            columns=(it.period.columns[0], it.period.columns[0], *it.period.columns[2:])
        )),
        "a commitment off the curve": (Falsehood.POINT, lambda it: with_odd(it, 1, at(it.period), 0, OFF_CURVE)),
        "a sum off the curve": (Falsehood.POINT, lambda it: with_odd(it, 1, at(it.period), 1, OFF_CURVE)),
        "a column sum off the curve": (Falsehood.POINT, lambda it: with_odd(it, 0, 0, 2, OFF_CURVE)),
        "a false sum": (Falsehood.SUM, lambda it: moved(it, 1, at(it.period), 1)),
        "a false first sum": (Falsehood.SUM, lambda it: moved(it, 0, 0, 1)),
        "a coefficient off by one": (Falsehood.SUM, off_by_one),
        "a false column sum": (Falsehood.COLUMN_SUM, lambda it: moved(it, 1, at(it.period), 2)),
        "a false first column sum": (Falsehood.COLUMN_SUM, lambda it: moved(it, it.period.consumers, 1, 2)),
        "a total too large": (Falsehood.TOTAL, lambda it: with_total(
            it, at(it.period), drawn_wh=it.period.totals[at(it.period)].drawn_wh + 1
        )),
        "an injected total too small": (Falsehood.TOTAL, lambda it: with_total(
            it, at(it.period), injected_wh=it.period.totals[at(it.period)].injected_wh - 1
        )),
        "a slot that there is not": (Falsehood.RANGE, lambda it: with_total(it, 1, slot=it.period.slots)),
        "a total of 2^48": (Falsehood.RANGE, lambda it: with_total(it, 1, drawn_wh=1 << 48)),
        "a blinding of N": (Falsehood.RANGE, lambda it: with_total(it, 1, injected_blinding=N)),
        "a previous step that is not before": (Falsehood.RANGE, lambda it: with_total(it, 1, prev=1)),
        "no previous step": (Falsehood.ORDER, lambda it: with_total(it, at(it.period), prev=NO_STEP)),
        "a previous step of another slot": (Falsehood.ORDER, lambda it: with_total(
            it, at(it.period), prev=another_slots_step(it.period)
        )),
        "an allocation too large": (Falsehood.ALLOCATION, lambda it: with_allocation(
            it, 0, 0, value=it.period.allocation(0, 0).value + 1
        )),
        "an allocation of 2^96": (Falsehood.ALLOCATION, lambda it: with_allocation(it, 0, 0, value=1 << 96)),
        "an allocation of a slot without a step": (Falsehood.LAST, lambda it: with_allocation(
            it, 0, it.period.totals[0].slot, value=0, blinding=0, last=NO_STEP
        )),
        "an early last step": (Falsehood.LAST, early_last),
    }  # fmt: skip


def reached_by_members() -> dict[str, tuple[Falsehood, Callable[[Street], Street]]]:
    """Falsities that whoever has the agent's own commitments refutes."""
    return {"1 Wh shifted between two members": (Falsehood.READING, shifted)}


def unrefuted() -> dict[str, tuple[Falsehood, Callable[[Street], Street]]]:
    """Falsities that no call reaches, and that are found: the window and contests stand there."""
    return {
        "another's meter": (Falsehood.MEMBER, lambda it: with_column(it, 0, member=it.period.columns[1].member)),
        "a step of another slot": (Falsehood.SLOTS, in_another_slot),
        "a cent shifted": (Falsehood.LINES, with_lines),
        "a line too much": (Falsehood.LINES, lambda it: it.published(
            replace(it.file, lines=(*it.file.lines, StatedLine(it.stated.terms.arbiter, 5)))
        )),
        "other rules": (Falsehood.RULES, lambda it: it.published(
            replace(it.file, rules=it.file.rules.replace("110000", "110001"))
        )),
        "no rules": (Falsehood.RULES, lambda it: it.published(replace(it.file, rules="{}"))),
        "another file": (Falsehood.UNPUBLISHED, lambda it: replace(it, file=moved(it, 0, 0, 1).file)),
        "other lines": (Falsehood.UNPUBLISHED, lambda it: replace(it, file=with_lines(it).file)),
    }  # fmt: skip


def _slots(period: PublicPeriod) -> list[int]:
    return [it.slot for it in period.totals]


def _replaced(points: bytes, at: int, made: bytes) -> bytes:
    return points[: at * POINT] + made + points[(at + 1) * POINT :]


def _changed(items, at, **changes):
    return tuple(replace(it, **changes) if place == at else it for place, it in enumerate(items))
