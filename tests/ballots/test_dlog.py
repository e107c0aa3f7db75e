"""Discrete logarithms of totals, at every edge of their range."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.ballots import dlog
from beffroi.ballots.dlog import DlogError, M
from beffroi.ballots.group import INFINITY, G, add, base, mul, neg, x_of


@settings(max_examples=25)
@given(st.integers(0, 3000), st.integers(0, 3000), st.data())
def test_two_counters_are_found_wherever_they_lie(low_max, high_max, data):
    low, high = data.draw(st.integers(0, low_max)), data.draw(st.integers(0, high_max))
    assert dlog.two_counters([base(low + high * M)], low_max, high_max, workers=1) == [(low, high)]


@pytest.mark.parametrize("low_max", [0, 1, 2, 7, 2050])
def test_the_four_corners_of_the_range(low_max):
    corners = [(0, 0), (low_max, 0), (0, 1300), (low_max, 1300)]
    assert dlog.two_counters([base(a + b * M) for a, b in corners], low_max, 1300, workers=1) == corners


@pytest.mark.parametrize("value", [11, 11 * M, M - 1, 2**40])
def test_a_total_out_of_range_is_refused(value):
    with pytest.raises(DlogError):
        dlog.two_counters([base(value)], 10, 10, workers=1)


def test_counters_as_large_as_their_weight_are_refused():
    with pytest.raises(DlogError, match="below M"):
        dlog.two_counters([G], M, 1)


def test_processes_find_what_one_process_finds(monkeypatch):
    monkeypatch.setattr(dlog, "_PARALLEL_FROM", 1)
    wanted = [(123, 7), (0, 9_999), (9_999, 0)]
    assert dlog.two_counters([base(a + b * M) for a, b in wanted], 9_999, 9_999, workers=2) == wanted
    with pytest.raises(DlogError):
        dlog.two_counters([base(2**50)], 9_999, 9_999, workers=2)


@settings(max_examples=25)
@given(st.integers(0, 10**7), st.data())
def test_one_counter_is_found(maximum, data):
    value = data.draw(st.integers(0, maximum))
    assert dlog.one_counter([base(value), INFINITY, base(maximum)], maximum) == [value, 0, maximum]


def test_one_counter_out_of_range_is_refused():
    with pytest.raises(DlogError):
        dlog.one_counter([base(101)], 100)
    with pytest.raises(DlogError):
        dlog.one_counter([neg(G)], 100)


def test_a_progression_that_crosses_infinity_is_exact():
    start = base(-700)
    wanted = [x_of(add(start, mul(i, G))) & (2**64 - 1) for i in range(1500)]
    assert dlog.progression(start, G, 1500).tolist() == wanted
