"""What is shared at each step, by which coefficient, and how it makes whole watt-hours that add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.flows.energy import curves as energy
from beffroi.flows.energy.curves import MOST_COLUMNS, MOST_STEPS, WHOLE, EnergyError, allocated
from tests.flows.energy.street import AMINA, BRUNO, CLARA, START_S, curves, draws, injects, meter_id

READINGS = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 60_000))


@st.composite
def worlds(draw):
    """Curves of up to six meters, and a slot for each step."""
    steps, count = draw(st.integers(1, 12)), draw(st.integers(1, 3))
    row = st.lists(READINGS, min_size=steps, max_size=steps)
    consumers = [draws(AMINA, *draw(row), number=1 + place) for place in range(draw(st.integers(0, 3)))]
    producers = [injects(BRUNO, *draw(row), number=9 + place) for place in range(draw(st.integers(not consumers, 3)))]
    return (
        curves(*consumers, *producers),
        draw(st.lists(st.integers(0, count - 1), min_size=steps, max_size=steps)),
        count,
    )


def test_at_each_step_the_smaller_of_what_is_drawn_and_injected_is_shared():
    street = curves(draws(AMINA, 300, 0, 100), draws(BRUNO, 100, 50, 0), injects(CLARA, 200, 500, 0))

    assert energy.shared(street) == [200, 50, 0]
    assert energy.coefficients(street) == ([WHOLE // 2, WHOLE, 0], [WHOLE, WHOLE // 10, 0])


def test_who_draws_more_at_a_step_gets_more_of_it():
    street = curves(draws(AMINA, 300), draws(BRUNO, 100), injects(CLARA, 200))

    assert [it.wh for it in allocated(street, [0], 1)] == [(150,), (50,), (200,)]


def test_a_step_counts_in_its_slot_alone():
    street = curves(draws(AMINA, 300, 80), injects(CLARA, 200, 100))

    assert [it.wh for it in allocated(street, [1, 0], 3)] == [(80, 200, 0), (80, 200, 0)]


def test_of_equal_remainders_the_first_column_gets_the_watt_hour():
    street = curves(draws(AMINA, 3), draws(BRUNO, 3), injects(CLARA, 1))

    assert [it.wh for it in allocated(street, [0], 1)] == [(1,), (0,), (1,)]


def test_the_larger_remainder_comes_first_wherever_it_stands():
    street = curves(draws(AMINA, 1), draws(BRUNO, 2), injects(CLARA, 1))

    assert [it.wh for it in allocated(street, [0], 1)] == [(0,), (1,), (1,)]


@given(worlds())
def test_what_consumers_get_is_what_producers_give_and_what_was_shared(world):
    street, slots, count = world
    given = allocated(street, slots, count)
    shared = energy.by_slot(energy.shared(street), slots, count)

    for kind, columns in (("draws", street.consumers), ("injects", street.producers)):
        of_kind = [it.wh for it in given if it.kind == kind]
        assert len(of_kind) == len(columns)
        assert [sum(column) for column in zip(*of_kind, strict=True)] == (shared if columns else [])
    assert bool(street.consumers and street.producers) or not sum(shared)


@given(worlds())
def test_nobody_shares_more_than_her_meter_read(world):
    street, slots, count = world

    for column, part in zip(street.columns, allocated(street, slots, count), strict=True):
        read = energy.by_slot(column.readings, slots, count)
        assert all(0 <= wh <= most for wh, most in zip(part.wh, read, strict=True))


@given(worlds())
def test_a_coefficient_is_at_most_1_and_loses_less_than_a_part_of_each_watt_hour(world):
    street, _, _ = world
    totals = (street.demand, street.supply)
    for factors, of_kind in zip(energy.coefficients(street), totals, strict=True):
        for factor, total, shared in zip(factors, of_kind, energy.shared(street), strict=True):
            assert 0 <= factor <= WHOLE
            assert 0 <= WHOLE * shared - factor * total < max(total, 1)


def test_totals_do_not_wrap_at_the_largest_readings():
    street = curves(draws(AMINA, WHOLE - 1), injects(BRUNO, WHOLE - 2), injects(CLARA, 2))

    assert (street.demand, street.supply) == ([WHOLE - 1], [WHOLE])
    assert [it.wh for it in allocated(street, [0], 1)] == [(WHOLE - 1,), (WHOLE - 3,), (2,)]


@pytest.mark.parametrize(("value", "shared"), [(2 * WHOLE, 1), (WHOLE, 2), (0, 1), (WHOLE // 2, 2)])
def test_allocations_that_are_further_from_what_was_shared_than_rounding_are_refused(value, shared):
    with pytest.raises(EnergyError, match="slot 0: the allocations are"):
        energy.allocate([meter_id(1)], [[value]], [shared])


@pytest.mark.parametrize(
    ("columns", "clock", "why"),
    [
        ((), {}, "0 meters"),
        ((draws(AMINA),), {}, "1 meters: 1 to 512, each of 1 to 9000 steps"),
        ((draws(AMINA, *[0] * (MOST_STEPS + 1)),), {}, "each of 1 to 9000 steps"),
        ([draws(AMINA, 1, number=1 + it) for it in range(MOST_COLUMNS + 1)], {}, "513 meters"),
        ([draws(AMINA, *[0] * 4096, number=1 + it) for it in range(257)], {}, "more than 1,048,576 readings"),
        ((draws(AMINA, 1, 2), draws(BRUNO, 1)), {}, "as many steps"),
        ((injects(AMINA, 1), draws(BRUNO, 1)), {}, "consumers come before producers"),
        ((draws(AMINA, 1), draws(BRUNO, 1, number=0xA1)), {}, "stands twice"),
        ((draws(AMINA, -1),), {}, "0 to 4,294,967,295 Wh"),
        ((draws(AMINA, WHOLE),), {}, "0 to 4,294,967,295 Wh"),
        ((draws(AMINA, WHOLE - 1, 2),), {}, "more than 4,294,967,296 Wh in a period"),
        ((injects(AMINA, WHOLE - 1, 2),), {}, "more than 4,294,967,296 Wh in a period"),
        ((draws(AMINA, 1),), {"step_s": 1_200}, "5, 10, 15, 30 or 60"),
        ((draws(AMINA, 1),), {"start_s": START_S + 60}, "5, 10, 15, 30 or 60"),
    ],
)  # fmt: skip
def test_curves_that_nobody_could_publish_are_refused(columns, clock, why):
    with pytest.raises(EnergyError, match=why):
        curves(*columns, **clock)


def test_a_period_ends_where_its_last_step_does():
    street = curves(draws(AMINA, 1, 2, 3, 4))

    assert (street.steps, street.end_s) == (4, START_S + 3_600)
    assert street.columns[0].id == meter_id(0xA1)
