"""The four keys of French law: who gets what of a step, and that it always adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.csvfile import CsvError
from beffroi.flows.energy.curves import EnergyError, allocated
from beffroi.flows.energy.energyrules import KeyKind
from beffroi.flows.energy.metersfile import EnergyMeter
from beffroi.flows.energy.partsfile import read_parts
from beffroi.flows.energy.sharekeys import (
    KEYS_TOLD,
    PARTS,
    VERIFIED_BY_STRANGERS,
    allocated_by,
    allocated_full,
    allocated_pooled,
)
from tests.flows.energy.street import AMINA, BRUNO, CLARA, DENIS, curves, draws, injects, meter_id

HALF, QUARTER = PARTS // 2, PARTS // 4
STREET = curves(draws(AMINA, 300, 10), draws(BRUNO, 100, 90), injects(CLARA, 200, 60), injects(DENIS, 0, 20))
METERS = [
    EnergyMeter("amina", meter_id(0xA1), AMINA, "draws"), EnergyMeter("bruno", meter_id(0xB2), BRUNO, "draws"),
    EnergyMeter("clara", meter_id(0x1C3), CLARA, "injects"), EnergyMeter("denis", meter_id(0x1D4), DENIS, "injects"),
]  # fmt: skip


def by_step(given):
    return [it.wh for it in given]


def test_under_the_static_key_a_part_that_its_consumer_does_not_draw_stays_surplus():
    given = allocated_pooled(STREET, [[HALF, HALF]] * 2, [0, 1], 2)

    assert by_step(given) == [(100, 10), (100, 40), (200, 38), (0, 12)]


def test_under_the_simple_key_each_step_has_its_parts():
    given = allocated_pooled(STREET, [[QUARTER, QUARTER], [0, PARTS]], [0, 1], 2)

    assert by_step(given) == [(50, 0), (50, 80), (100, 60), (0, 20)]


def test_under_the_full_key_each_producer_has_its_own_consumers():
    parts = [[[PARTS, 0], [0, PARTS]], [[PARTS, 0], [0, PARTS]]]

    assert by_step(allocated_full(STREET, parts, [0, 1], 2)) == [(200, 10), (0, 20), (200, 10), (0, 20)]


def test_who_is_offered_more_than_she_draws_takes_pro_rata_of_each_offer():
    parts = [[[0, 0], [0, 0]], [[PARTS, 0], [PARTS, 0]]]

    assert by_step(allocated_full(STREET, parts, [0, 1], 2)) == [(0, 10), (0, 0), (0, 8), (0, 2)]


@given(st.data())
def test_under_any_key_consumers_get_what_producers_give_and_nobody_more_than_her_meter_read(data):
    row = st.lists(st.integers(0, 5_000), min_size=3, max_size=3)
    consumers = [draws(AMINA, *data.draw(row), number=1 + it) for it in range(data.draw(st.integers(1, 3)))]
    producers = [injects(BRUNO, *data.draw(row), number=9 + it) for it in range(data.draw(st.integers(1, 3)))]
    street = curves(*consumers, *producers)
    cuts = st.lists(st.integers(0, PARTS), min_size=len(consumers), max_size=len(consumers)).map(sorted)
    part = cuts.map(lambda it: [high - low for low, high in zip([0, *it], it, strict=False)])
    parts = [[data.draw(part) for _ in producers] for _ in range(3)]

    pooled = [[rows[0]] for rows in parts]
    for key, told in (("simple", pooled), ("full", parts)):
        shares = allocated_by(key, street, [0, 1, 2], 3, told)
        for step in range(3):
            drawn, injected = (sum(it.wh[step] for it in shares if it.kind == kind) for kind in ("draws", "injects"))
            assert drawn == injected
        for column, it in zip(street.columns, shares, strict=True):
            assert all(0 <= wh <= read for wh, read in zip(it.wh, column.readings, strict=True))


def test_under_the_default_key_nobody_tells_parts():
    assert allocated_by("default", STREET, [0, 1], 2) == allocated(STREET, [0, 1], 2)
    with pytest.raises(EnergyError, match="under the default key nobody tells parts"):
        allocated_by("default", STREET, [0, 1], 2, [[[HALF, HALF]]] * 2)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([[HALF, HALF]], "parts of 1 steps, for a period of 2"),
        ([[HALF], [HALF]], "step 0: 1 parts for 2 consumers"),
        ([[HALF, HALF], [HALF, HALF + 1]], "step 1: parts of 1,000,001 millionths"),
        ([[-1, HALF], [0, 0]], "step 0: parts of"),
    ],
)
def test_parts_that_are_more_than_the_whole_are_refused(parts, why):
    with pytest.raises(EnergyError, match=why):
        allocated_pooled(STREET, parts, [0, 1], 2)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([[[HALF, HALF]]] * 2, "each of 2 producers"),
        ([[[HALF, HALF]] * 2], "parts are of 2 steps"),
        ([[[HALF, HALF], [PARTS, 1]]] * 2, "step 0, producer 1: parts of 1,000,001"),
    ],
)
def test_parts_of_other_producers_are_refused(parts, why):
    with pytest.raises(EnergyError, match=why):
        allocated_full(STREET, parts, [0, 1], 2)


def test_of_each_key_it_is_told_whether_a_stranger_verifies_it():
    assert KEYS_TOLD.keys() == set(KeyKind.__args__)
    assert {key for key, told in KEYS_TOLD.items() if "anyone verifies" in told} == VERIFIED_BY_STRANGERS == {"default"}


def parts_of(tmp_path, key, text):
    path = tmp_path / "parts.csv"
    path.write_text(text)
    return read_parts(path, key, METERS, STREET)


def test_parts_are_read_by_step_producer_and_consumer(tmp_path):
    first, second = "2026-09-01T00:00Z", "2026-09-01T00:15Z"

    assert parts_of(tmp_path, "static", "meter;percent\namina;25\nbruno;50,0001\n") == [[[QUARTER, 500_001]]] * 2
    assert parts_of(tmp_path, "simple", f"meter;start;percent\namina;{first};25\nbruno;{second};50\n") == [
        [[QUARTER, 0]], [[0, HALF]],
    ]  # fmt: skip
    assert parts_of(tmp_path, "full", f"meter;producer;start;percent\nbruno;denis;{second};100\n") == [
        [[0, 0], [0, 0]], [[0, 0], [0, PARTS]],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("static", "meter;percent\namina;101\n", "line 2: percent: 101 is no part"),
        ("static", "meter;percent\namina;-1\n", "line 2: percent: -1 is no part"),
        ("static", "meter;percent\namina;0.00001\n", "four decimals at most"),
        ("static", "meter;percent\nclara;10\n", "line 2: the meter clara has 0 columns there"),
        ("static", "meter;percent\namina;10\namina;10\n", "line 3: the part of amina is told already"),
        ("simple", "meter;percent\namina;10\n", "no column start"),
        ("simple", "meter;start;percent\namina;2026-09-01T00:30Z;10\n", "line 2: the step is not of this period"),
        ("full", "meter;start;percent\namina;2026-09-01T00:00Z;10\n", "no column producer"),
    ],
)
def test_parts_that_cannot_be_meant_are_refused(tmp_path, key, text, why):
    with pytest.raises(CsvError, match=why):
        parts_of(tmp_path, key, text)
