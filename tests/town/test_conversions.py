"""Human units become the contracts' own, exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest

from beffroi.town.conversions import days_to_seconds, hours_to_seconds, kept_per_day_q128, redeemable_kinds_mask


def test_circles_demurrage_is_the_published_daily_factor():
    # Circles: 7 % a year, gamma = 0.93^(1/365.25) = 0.999801332 a day.
    assert round(kept_per_day_q128(Decimal(7)) / 2**128, 9) == 0.999801332


@pytest.mark.parametrize("percent", ["0.0001", "1", "7", "21.5278", "50", "99.9999"])
def test_what_is_kept_is_the_smallest_integer_that_favours_the_holder(percent):
    kept, kept_in_four_years = kept_per_day_q128(Decimal(percent)), (1 - Fraction(percent) / 100) ** 4

    assert Fraction(kept, 2**128) ** 1461 >= kept_in_four_years
    assert Fraction(kept - 1, 2**128) ** 1461 < kept_in_four_years


def test_no_demurrage_is_zero():
    assert kept_per_day_q128(Decimal(0)) == 0
    assert kept_per_day_q128(Decimal("0.0000")) == 0


def test_times_are_seconds():
    assert days_to_seconds(15) == 1_296_000
    assert hours_to_seconds(48) == 172_800


def test_a_kind_is_the_bit_of_its_number():
    assert redeemable_kinds_mask(()) == 0
    assert redeemable_kinds_mask((2, 4)) == 0b10100
