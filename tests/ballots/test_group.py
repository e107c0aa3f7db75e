"""The group: libsecp256k1 behind 64-byte points, and ecrecover's exact behaviour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.ballots import group
from beffroi.ballots.group import INFINITY, G, N, P

scalars = st.one_of(st.integers(0, N - 1), st.sampled_from([0, 1, 2, N - 1, N, N + 1]))


@given(scalars, scalars)
def test_addition_of_points_is_addition_of_scalars(a, b):
    assert group.add(group.base(a), group.base(b)) == group.base(a + b)
    assert group.sub(group.base(a), group.base(b)) == group.base(a - b)


@given(scalars, scalars)
def test_the_secret_multiplication_agrees_with_the_public_one(a, b):
    point = group.base(b)
    assert group.mul_secret(a, point) == group.mul(a, point) == group.base(a * b)


@given(scalars, scalars, scalars)
def test_a_linear_combination_is_exact_for_every_scalar(a, r, b):
    assert group.lincomb(a, group.base(r), b) == group.base(a * r + b)


def test_sums_know_infinity_doubling_and_opposites():
    assert group.add() == group.add(INFINITY, INFINITY) == INFINITY
    assert group.add(G, G) == group.base(2)
    assert group.add(G, group.neg(G)) == INFINITY == group.neg(INFINITY)
    assert group.add(G, INFINITY) == G


def test_recover_answers_nothing_where_ecrecover_answers_nothing():
    x, odd = group.x_of(G), G[63] & 1
    assert group.recover(x, odd, 3, 5) == group.base(8)
    assert group.recover(x, odd, 0, 5) is None
    assert group.recover(x, odd, 1, N - 1) is None
    assert group.recover(0, 0, 1, 1) is None
    assert group.recover(N, 0, 1, 1) is None
    assert group.recover(5, 0, 1, 1) is None, "no point has the abscissa 5"


def test_only_points_of_the_curve_with_reduced_coordinates_are_points():
    x, y = group.x_of(G), group.y_of(G)
    assert group.is_point(G)
    assert not group.is_point(INFINITY)
    assert not group.is_point(group.point(x, (y + 1) % P))
    assert not group.is_point(G[:63])
    small = group.point(1, pow(8, (P + 1) // 4, P))
    assert group.is_point(small)
    assert not group.is_point(group.point(1 + P, group.y_of(small)))
    with pytest.raises(ValueError, match="not a point"):
        group.add(G, group.point(x, y + 1))


def test_the_address_of_the_generator_is_the_account_of_key_one():
    assert group.address(G).hex() == "7e5f4552091a69125d5dfcb7b8c2659029395bdf"
