from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.land import shares
from beffroi.land.shares import RightKind, Share, SharesError

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def full(holder, fraction):
    return Share(holder, RightKind.FULL, Fraction(fraction))


def bare(holder, fraction):
    return Share(holder, RightKind.BARE, Fraction(fraction))


def usufruct(holder, fraction):
    return Share(holder, RightKind.USUFRUCT, Fraction(fraction))


@pytest.mark.parametrize(
    "held",
    [
        [full("ada", 1)],
        [full("ada", HALF), full("bob", HALF)],
        [full("ada", THIRD), full("ada", 2 * THIRD)],
        [bare("ada", 1), usufruct("bob", 1)],
        [full("ada", HALF), bare("bob", HALF), usufruct("cleo", Fraction(1, 6)), usufruct("dan", THIRD)],
    ],
)
def test_shares_that_make_the_whole_in_every_kind_are_right(held):
    shares.check(held)


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ([], "make 0, not 1"),
        ([full("ada", HALF)], "make 1/2, not 1"),
        ([full("ada", HALF), full("bob", Fraction(2, 3))], "make 7/6, not 1"),
        ([full("ada", HALF), bare("bob", HALF)], "usufruct .* make 1/2"),
        ([bare("ada", 1)], "usufruct .* make 0"),
        ([usufruct("ada", 1)], "bare .* make 0"),
        ([full("ada", 1), usufruct("bob", 1)], "make 2, not 1"),
        ([full("ada", 1), full("bob", 0)], "above 0"),
        ([full("ada", Fraction(3, 2)), full("bob", Fraction(-1, 2))], "above 0"),
    ],
)
def test_shares_that_don_t_are_refused(held, why):
    with pytest.raises(SharesError, match=why):
        shares.check(held)


def test_units_are_the_fewest_that_make_every_share_whole():
    counted = shares.to_units([full("ada", HALF), full("bob", THIRD), full("cleo", Fraction(1, 6))])

    assert counted.whole == 6
    assert dict(zip((share.holder for share in counted.shares), counted.units, strict=True)) == {
        "ada": 3,
        "bob": 2,
        "cleo": 1,
    }


def test_rights_are_those_of_the_contract():
    counted = shares.to_units([usufruct("cleo", HALF), bare("bob", HALF), full("ada", HALF)])

    assert counted.rights == [("ada", 0, 1), ("bob", 1, 1), ("cleo", 2, 1)]


def test_a_whole_may_be_given_but_must_share_exactly():
    assert shares.to_units([full("ada", HALF), full("bob", HALF)], whole=1000).units == (500, 500)
    with pytest.raises(SharesError, match="take a multiple of 3"):
        shares.to_units([full("ada", THIRD), full("bob", 2 * THIRD)], whole=1000)


def test_more_units_than_a_title_counts_are_refused():
    with pytest.raises(SharesError, match="more than the 16777215"):
        shares.to_units([full("ada", Fraction(1, 2**24)), full("bob", 1 - Fraction(1, 2**24))])


def test_a_sale_of_half_leaves_the_other_half():
    after = shares.moved([full("ada", 1)], full("ada", HALF), to="bob")

    assert after == (full("ada", HALF), full("bob", HALF))


def test_a_sale_of_all_leaves_nothing_and_adds_to_what_the_buyer_had():
    after = shares.moved([full("ada", THIRD), full("bob", 2 * THIRD)], full("ada", THIRD), to="bob")

    assert after == (full("bob", 1),)


def test_a_gift_to_oneself_changes_nothing():
    held = (full("ada", THIRD), full("bob", 2 * THIRD))

    assert shares.moved(held, full("ada", Fraction(1, 6)), to="ada") == held


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (full("ada", 2 * THIRD), "holds 1/3 of full ownership and gives 2/3"),
        (bare("ada", THIRD), "holds 0 of bare"),
        (full("mallory", THIRD), "holds 0 of full"),
        (full("ada", 0), "above 0"),
        (full("ada", -1), "above 0"),
    ],
)
def test_nobody_gives_what_they_have_not(part, why):
    with pytest.raises(SharesError, match=why):
        shares.moved([full("ada", THIRD), full("bob", 2 * THIRD)], part, to="cleo")


def test_a_usufruct_is_given_and_ends():
    divided = shares.divided([full("ada", HALF), full("bob", HALF)], "ada", "cleo")

    assert divided == (full("bob", HALF), bare("ada", HALF), usufruct("cleo", HALF))
    assert shares.reunited(divided, "cleo", "ada") == (full("ada", HALF), full("bob", HALF))


def test_only_a_full_share_is_divided_and_only_its_usufruct_returns():
    held = [full("ada", HALF), bare("bob", HALF), usufruct("cleo", Fraction(1, 4)), usufruct("dan", Fraction(1, 4))]

    with pytest.raises(SharesError, match="holds no full"):
        shares.divided(held, "bob", "cleo")
    with pytest.raises(SharesError, match="not of the same size"):
        shares.reunited(held, "cleo", "bob")
    with pytest.raises(SharesError, match="not of the same size"):
        shares.reunited(held, "cleo", "ada")


fractions_of_one = st.lists(st.integers(1, 50), min_size=1, max_size=8).map(
    lambda weights: [Fraction(weight, sum(weights)) for weight in weights]
)


@given(fractions_of_one, st.integers(0, 7), st.fractions(0, 1), st.booleans())
def test_whatever_moves_the_whole_stays_whole(parts, giver, fraction, usufruct_too):
    held = [full(f"holder {number}", part) for number, part in enumerate(parts)]
    if usufruct_too:
        held = list(shares.divided(held, "holder 0", "cleo"))
    part = held[giver % len(held)]
    gift = Share(part.holder, part.kind, part.fraction * fraction)
    if gift.fraction:
        held = shares.moved(held, gift, to="bob")

    shares.check(held)
    whole = shares.denominator(held)
    if whole <= shares.MAX_WHOLE:
        units = shares.to_units(held)
        by_kind = dict.fromkeys(RightKind, 0)
        for share, count in zip(units.shares, units.units, strict=True):
            by_kind[share.kind] += count
        assert (
            by_kind[RightKind.FULL] + by_kind[RightKind.BARE]
            == by_kind[RightKind.FULL] + by_kind[RightKind.USUFRUCT]
            == whole
        )


@given(st.integers(0, 10**13), st.lists(st.integers(0, 2**24), min_size=1, max_size=24).filter(any))
def test_a_price_is_shared_to_the_cent_and_nobody_is_a_cent_off(amount_cents, weights):
    shared = shares.pro_rata(amount_cents, weights)

    assert sum(shared) == amount_cents
    assert all(
        abs(part - Fraction(amount_cents * weight, sum(weights))) < 1
        for part, weight in zip(shared, weights, strict=True)
    )


def test_the_cents_left_fall_where_the_running_sum_fills():
    assert shares.pro_rata(100, [1, 1, 1]) == [33, 33, 34]
    assert shares.pro_rata(101, [1, 2, 3]) == [16, 34, 51]
    assert shares.pro_rata(100, [0, 3]) == [0, 100]


@pytest.mark.parametrize(("amount", "weights"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [2, -1])])
def test_what_cannot_be_shared_is_refused(amount, weights):
    with pytest.raises(SharesError):
        shares.pro_rata(amount, weights)
