"""A thousand random operations: what is made false is found, what is named refutes it, nothing true is refuted.

And what somebody would gain by: coefficients, negative readings, sums that wrap, foreign files.
"""

import contextlib
import random
from dataclasses import replace

import pytest

from beffroi.ballots.group import INFINITY, G, N, add, neg
from beffroi.flows.energy.cells import DRAWS, INJECTS
from beffroi.flows.energy.energyfinding import Falsehood
from beffroi.flows.energy.energyrules import PriceElement, Rules, TariffSlot
from beffroi.flows.energy.header import NO_STEP
from beffroi.flows.energy.points import is_on_curve
from beffroi.flows.energy.privatefile import PrivateFileError, verify_own
from beffroi.flows.energy.refutations import Refuter
from beffroi.flows.energy.verifyperiod import given, verify_period
from testbed.energy import RULES, curves_of, sealed_street, street
from testbed.energyfalse import (
    OFF_CURVE,
    off_by_one,
    resealed,
    secrets_of,
    shared_step,
    with_allocation,
    with_column,
    with_odd,
    with_readings,
    with_total,
)
from tests.flows.energy.meterstwin import MetersTwin, NotThereError

OPERATIONS = 1 << 10
TWO_HOURS = Rules(
    name="Deux heures", timezone="Europe/Paris", key="default",
    slots=(TariffSlot(name="first", hours=((0, 120),)), TariffSlot(name="never", hours=((720, 721),)),
           TariffSlot(name="rest")),
    elements=(PriceElement(name="energy", to="producers", rates=(90_000, 0, 110_000)),),
)  # fmt: skip
"""A slot that no step of a short night has."""


def drawn_street(rnd):
    """A street of few, whose readings are often none, alike, or one another's sum."""
    steps, wh = rnd.randint(1, 6), [0, 0, 1, 2, 3, 5, 700, 2**20]
    kinds = ["draws"] * rnd.randint(0, 3) + ["injects"] * rnd.randint(0, 2) or ["draws"]
    columns = [(kind, tuple(rnd.choice(wh) for _ in range(steps))) for kind in kinds]
    return sealed_street(curves_of(columns, rules=TWO_HOURS, step_s=3600), TWO_HOURS)


def drawn_point(rnd, true):
    """A point in the place of a true one."""
    near = [add(true, G), neg(true)] if true == INFINITY or is_on_curve(true) else []
    return rnd.choice([*near, INFINITY, OFF_CURVE, G, b"\xff" * 64])


def falsified(rnd, it):
    """The street with something stated otherwise, perhaps; and its kind."""
    period = it.period
    at, step, slot = (rnd.randrange(n) for n in (len(period.columns), period.steps, period.slots))
    total, allocation = period.totals[step], period.allocation(at, slot)
    some_step = [NO_STEP, 0, step, period.steps - 1, period.steps, max(step - 1, 0)]
    changed = {
        "slot": [0, 1, 2, 3, 33], "prev": some_step, "injected_wh": [0, total.injected_wh + 1, 1 << 48, N],
        "drawn_wh": [0, total.drawn_wh + 1, total.drawn_wh ^ 1, 1 << 200],
        "injected_blinding": [0, total.injected_blinding + 1, N], "drawn_blinding": [0, total.drawn_blinding ^ 1, N],
    }  # fmt: skip
    opened = {
        "value": [0, allocation.value + 1, allocation.value ^ 1, 1 << 96],
        "blinding": [0, allocation.blinding ^ 1, N + 1], "last": some_step,
    }  # fmt: skip
    what = rnd.choice(["odd", "odd", "total", "total", "allocation", "column", "shape", "none"])
    if what == "odd":
        part, cell = rnd.randrange(3), period.cell(at, step)
        return with_odd(it, at, step, part, drawn_point(rnd, cell[part * 64 : part * 64 + 64]))
    if what in {"total", "allocation"}:
        name = rnd.choice([*(changed if what == "total" else opened)])
        if what == "total":
            return with_total(it, step, **{name: rnd.choice(changed[name])})
        return with_allocation(it, at, slot, **{name: rnd.choice(opened[name])})
    if what == "column":
        other = rnd.choice(period.columns)
        return with_column(it, at, **rnd.choice([{"kind": 1}, {"kind": 2}, {"kind": 3}, {"id": other.id},
                                                 {"root": other.root}, {"member": other.member}]))  # fmt: skip
    if what == "shape":
        return it.restated(**rnd.choice([
            {"step_s": 299}, {"step_s": 3601}, {"consumers": at}, {"consumers": len(period.columns) + 1},
            {"period": 8}, {"op": bytes(32)}, {"start_s": 2**40 - 1},
        ]))  # fmt: skip
    return it


def said(period):
    """All that a period states, however its file tells it."""
    return period.header, period.totals, period.columns


REFUTED = {it for it in Falsehood if it.name in {
    "HEADER", "COLUMN", "TWICE", "POINT", "SUM", "COLUMN_SUM", "TOTAL", "RANGE", "ORDER", "ALLOCATION", "LAST",
}}  # fmt: skip


@pytest.mark.parametrize("block", range(8))
def test_of_random_operations_each_falsity_is_found_and_what_is_named_voids_it(block):
    rnd, falsities = random.Random(block), set()
    for _ in range(OPERATIONS // 8):
        true = drawn_street(rnd)
        it = true
        for _ in range(rnd.choice([1, 1, 2])):
            it = falsified(rnd, it)
        found = verify_period(it.file, it.stated)
        assert (found == []) == (said(it.period) == said(true.period))
        twin = MetersTwin(it.stated)
        for one in found[:8]:
            assert (one.refutation is not None) == (one.what in REFUTED), one.words
            assert one.refutation is None or twin.voids(one.refutation, it.period.header), one.words
        falsities |= {one.what for one in found}
    assert falsities >= REFUTED - {Falsehood.TWICE}


def drawn_refutation(rnd, period):
    """A call at random places; None where it has none such."""
    refuter = Refuter(period)
    columns, steps, slots = len(period.columns), period.steps, period.slots
    at, other, step, earlier = (
        rnd.randrange(columns),
        rnd.randrange(columns),
        rnd.randrange(steps),
        rnd.randrange(steps),
    )
    slot = rnd.randrange(slots)
    calls = [
        lambda: refuter.header(period.op, period.period), lambda: refuter.column(at),
        lambda: refuter.twice(at, other) if at != other else None, lambda: refuter.point(at, step),
        lambda: refuter.sum(at, step), lambda: refuter.column_sum(at, step),
        lambda: refuter.total(step, rnd.choice([DRAWS, INJECTS])), lambda: refuter.range(step),
        lambda: refuter.order(step, earlier) if step != earlier else None,
        lambda: refuter.allocation(at, slot, is_within=True), lambda: refuter.last(at, slot, step),
    ]  # fmt: skip
    return rnd.choice(calls)()


def spoilt(rnd, refutation):
    """The same call, a number of it another, wherever it stands."""
    parts = [*refutation.parts]
    at = rnd.randrange(len(parts))
    if isinstance(parts[at], int):
        parts[at] = max(0, parts[at] + rnd.choice([-1, 1]))
    elif isinstance(parts[at], tuple):
        inner = [*parts[at]]
        place = rnd.randrange(len(inner))
        inner[place] = (
            (1, 2) if isinstance(inner[place], tuple) else bytes(32) if isinstance(inner[place], bytes) else 5
        )
        parts[at] = tuple(inner)
    elif isinstance(parts[at], list):
        parts[at] = [*parts[at], bytes(32)] if rnd.random() < 0.5 else parts[at][:-1]
    return replace(refutation, parts=tuple(parts))


@pytest.mark.parametrize("block", range(4))
def test_of_random_true_operations_no_call_voids_any_whatever_it_says(block):
    rnd, tried, refused = random.Random(-1 - block), 0, 0
    for _ in range(OPERATIONS // 16):
        it = drawn_street(rnd)
        twin = MetersTwin(it.stated)
        assert verify_period(it.file, it.stated) == []
        for _ in range(12):
            refutation = drawn_refutation(rnd, it.period)
            if refutation is None or refutation.function == "refuteHeader":
                continue
            tried += 1
            assert not twin.voids(refutation, it.period.header), refutation
            with contextlib.suppress(NotThereError):
                assert not twin.voids(spoilt(rnd, refutation), it.period.header)
                continue
            refused += 1
    assert tried > 400
    assert refused > 200


def test_a_coefficient_off_by_one_is_refuted_at_its_step_though_all_that_follows_fits():
    it = off_by_one(street(4, 2, 24, step_s=3600))
    (found,) = (one for one in verify_period(it.file, it.stated) if one.refutation)
    assert (found.what, found.column, found.step) == (Falsehood.SUM, 0, shared_step(it.period))


def test_a_negative_reading_that_its_own_agent_commits_to_is_found_by_nobody_and_costs_the_others():
    true = street(4, 2, 24, step_s=3600)
    step = shared_step(true.period)
    it = with_readings(true, 0, {step: -1}, keeps_roots=False)
    meters = it.stated.meters | {
        column.id: replace(true.stated.meters[column.id], root=column.root) for column in it.period.columns
    }
    stated = replace(it.stated, meters=meters)
    assert verify_period(it.file, stated) == []
    assert sum(given(it.period)[0].wh) < sum(given(true.period)[0].wh)


def test_a_negative_reading_of_the_organiser_s_invention_is_not_the_agent_s_commitment():
    true = street(4, 2, 24, step_s=3600)
    it = with_readings(true, 0, {shared_step(true.period): -1})
    assert [one.what for one in verify_period(it.file, it.stated)][:1] == [Falsehood.READING]
    assert next(verify_own(true.month(0), it.period)).refutation.function == "refuteReading"


def test_a_total_that_wraps_below_zero_is_out_of_range():
    true = street(2, 1, 24, step_s=3600)
    it = with_readings(true, 0, {0: -5_000}, keeps_roots=False)
    assert it.period.totals[0].drawn_wh > N >> 1
    found = [one for one in verify_period(it.file, it.stated) if one.what is Falsehood.RANGE]
    assert found[0].step == 0
    assert MetersTwin(it.stated).voids(found[0].refutation, it.period.header)


def test_an_allocation_that_wraps_below_zero_is_out_of_range():
    true = street(4, 2, 24, step_s=3600)
    columns = secrets_of(true)
    step = shared_step(true.period)
    slot = true.period.totals[step].slot
    readings = [-2_000 * (at == step) for at in range(24)]
    columns[0] = replace(columns[0], readings=readings)
    columns[1] = replace(columns[1], readings=[3_000 + it for it in columns[1].readings])
    it = resealed(true, columns)
    assert it.period.allocation(0, slot).value > N >> 1
    found = [one for one in verify_period(it.file, it.stated) if one.what is Falsehood.ALLOCATION]
    assert [(one.column, one.slot) for one in found] == [(0, slot)]
    assert MetersTwin(it.stated).voids(found[0].refutation, it.period.header)


def test_a_meter_replaced_in_the_month_has_two_columns_each_with_its_own_readings():
    first = (300, 400, 0, 0)
    homes = [("draws", (0, 0, 250, 350)), ("draws", (100, 100, 100, 100)), ("draws", first)]
    true = sealed_street(curves_of([*homes, ("injects", (200, 900, 200, 900))], step_s=3600))
    middle = true.period.start_s + 2 * 3600
    new, old = true.period.columns[0].id, true.period.columns[2].id
    meters = true.stated.meters | {
        new: replace(true.stated.meters[new], since_s=middle), old: replace(true.stated.meters[old], until_s=middle),
    }  # fmt: skip
    assert verify_period(true.file, replace(true.stated, meters=meters)) == []
    early = meters | {old: replace(meters[old], until_s=true.period.start_s)}
    found = verify_period(true.file, replace(true.stated, meters=early))
    assert [(one.what, one.column) for one in found] == [(Falsehood.COLUMN, 2)]


def test_one_s_own_month_is_not_checked_against_a_foreign_file():
    it, foreign = street(4, 2, 24, step_s=3600), street(4, 2, 24, step_s=3600, rules=TWO_HOURS)
    assert foreign.period.op != it.period.op
    with pytest.raises(PrivateFileError, match="check it against its own file"):
        next(verify_own(it.month(0), foreign.period))
    assert RULES.rules_hash != TWO_HOURS.rules_hash


def test_who_is_left_out_of_the_file_is_told():
    it = street(4, 2, 24, step_s=3600)
    alone = it.restated(columns=it.period.columns[1:2] + it.period.columns[1:])
    assert [one.what for one in verify_own(it.month(0), alone.period)] == [Falsehood.LEFT_OUT]
