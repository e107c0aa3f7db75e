"""Commitments add up, open to what they were made of, and lay no difference bare."""

import random

import pytest
from sha3 import keccak_256

from beffroi.ballots.group import INFINITY, G, N, P, add, base, mul, neg
from beffroi.flows.energy.commitments import CommitmentError, H, blindings, commit, commit_curve, derived_h
from beffroi.flows.energy.points import compressed, running_sums, uncompressed, weighted_sums

SEED, OP, METER = b"s" * 32, b"o" * 32, b"m" * 32
CURVE = (0, 1, 250, 2**32 - 1)


def test_h_is_hashed_to_the_curve_by_try_and_increment():
    assert derived_h() == H
    x = int.from_bytes(keccak_256(b"Beffroi/flows/H\0").digest())
    y = int.from_bytes(H[32:])
    assert (int.from_bytes(H[:32]), y % 2) == (x, 0)
    assert 0 < x < N
    assert (y * y - x**3 - 7) % P == 0


@pytest.mark.parametrize("value", [0, 1, 7, 2**32 - 1, N - 5, -5])
@pytest.mark.parametrize("blinding", [0, 1, 12345, N - 1, N])
def test_a_commitment_is_the_value_times_g_and_the_blinding_times_h(value, blinding):
    assert commit(value, blinding) == add(base(value), mul(blinding, H))


def test_the_commitment_of_nothing_is_infinity():
    assert commit(0, 0) == INFINITY
    assert commit(3, 5) == add(commit(1, 2), commit(2, 3))


def test_a_step_s_blinding_changes_with_all_that_it_is_for():
    said = SEED, OP, METER, 7, CURVE
    others = [
        (b"t" * 32, *said[1:]), (SEED, b"p" * 32, *said[2:]), (SEED, OP, b"n" * 32, 7, CURVE), (*said[:3], 8, CURVE),
        (*said[:4], (1, *CURVE[1:])),
    ]  # fmt: skip
    drawn = [*blindings(*said), *(it for other in others for it in blindings(*other))]
    assert len({*drawn}) == 6 * len(CURVE)
    assert all(0 < it < N for it in drawn)
    assert blindings(*said) == blindings(*said)


def test_a_corrected_month_shows_no_difference_of_readings():
    corrected = (CURVE[0], CURVE[1] + 40, *CURVE[2:])
    before, after = (commit_curve(it, blindings(SEED, OP, METER, 7, it)) for it in (CURVE, corrected))
    differences = {add(after[at : at + 64], neg(before[at : at + 64])) for at in range(0, len(before), 64)}
    assert differences.isdisjoint({INFINITY, base(40)})


@pytest.mark.parametrize("wh", [-1, 2**32])
def test_a_reading_out_of_bounds_is_not_blinded(wh):
    with pytest.raises(CommitmentError, match="no reading of a step"):
        blindings(SEED, OP, METER, 7, (wh,))


def test_a_seed_of_another_length_is_refused():
    with pytest.raises(CommitmentError, match="has 32 bytes, this has 31"):
        blindings(SEED[1:], OP, METER, 7, CURVE)


def test_sums_go_through_infinity_equal_and_opposite_points():
    five = commit(5, 9)
    terms = [five, neg(five), five, five, mul(2, neg(five))]
    sums = weighted_sums(b"".join(terms), [0] * 5, [1] * 5)
    assert [sums[at : at + 64] for at in range(0, 320, 64)] == [five, INFINITY, five, mul(2, five), INFINITY]
    columns = running_sums(terms)
    assert columns == [five, INFINITY, five, mul(2, five), INFINITY]


def test_sums_are_those_of_each_slot_and_skip_what_is_no_point():
    rnd = random.Random(3)
    points = [commit(rnd.randrange(9), rnd.randrange(N)) for _ in range(12)]
    points[4] = b"\1" * 64
    slots, weights = [rnd.randrange(3) for _ in range(12)], [rnd.choice((0, 1, 2**31, 2**32)) for _ in range(12)]
    sums = weighted_sums(b"".join(points), slots, weights)
    for step in range(12):
        before = [it for it in range(step + 1) if slots[it] == slots[step] and it != 4]
        assert sums[step * 64 : step * 64 + 64] == add(*(mul(weights[it], points[it]) for it in before))


def test_points_come_back_from_33_bytes_and_what_is_none_as_infinity():
    points = G + H + neg(G)
    packed = compressed(points)
    assert len(packed) == 99
    assert uncompressed(packed) == (points, set())
    assert uncompressed(bytes(33) + packed[:33] + b"\2" + b"\xff" * 32) == (INFINITY + G + INFINITY, {0, 2})
