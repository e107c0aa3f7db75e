"""Whole numbers that make a whole."""

from hypothesis import given
from hypothesis import strategies as st

from beffroi.flows.energy.apportion import apportioned, topped


def test_the_largest_remainders_get_what_rounding_lacks():
    assert apportioned(10, [1, 1, 1]) == [4, 3, 3]
    assert apportioned(10, [10, 15, 5]) == [3, 5, 2]
    assert topped([4, 2, 0], [1, 5, 5], 1) == [4, 3, 0]


def test_where_nobody_weighs_nobody_gets():
    assert apportioned(10, [0, 0]) == [0, 0]
    assert apportioned(10, []) == []


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**12), min_size=1, max_size=20).filter(any))
def test_the_parts_make_the_whole_and_are_within_one_of_what_is_exact(whole, weights):
    parts = apportioned(whole, weights)

    assert sum(parts) == whole
    assert all(abs(part * sum(weights) - whole * it) < sum(weights) for part, it in zip(parts, weights, strict=True))
