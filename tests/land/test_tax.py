from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.land import tax
from beffroi.land.tax import Assessed, Bill, Bracket, LandRates, MissingRateError, TaxError, TransferRates

NORMAL = Bracket(10**13, departement=450_000, commune=120_000, state=tax.collection(450_000, Fraction(237, 10_000)))
BEFORE = Bracket(10**13, departement=380_000, commune=120_000, state=tax.collection(380_000, Fraction(237, 10_000)))
TABLE = [TransferRates(date(2014, 3, 1), (NORMAL,)), TransferRates(date(2010, 1, 1), (BEFORE,))]
SALE_DAY = date(2026, 11, 21)


def test_a_house_at_200_000_euros_owes_what_a_notary_finds():
    # 4.50 % to the département, 1.20 % to the commune, 2.37 % of the former to the State: 5.80665 % in all.
    owed = tax.transfer_tax(200_000_00, TABLE, SALE_DAY)

    assert (owed.departement_cents, owed.commune_cents, owed.state_cents) == (9_000_00, 2_400_00, 213_30)
    assert owed.total_cents == 11_613_30


def test_the_rates_are_those_of_the_day():
    assert tax.transfer_tax(200_000_00, TABLE, date(2014, 2, 28)).departement_cents == 7_600_00
    assert tax.transfer_tax(200_000_00, TABLE, date(2014, 3, 1)).departement_cents == 9_000_00


def test_each_part_is_rounded_down_on_its_own():
    owed = tax.transfer_tax(1_99, TABLE, SALE_DAY)

    assert (owed.departement_cents, owed.commune_cents, owed.state_cents) == (8, 2, 0)


def test_only_the_part_of_a_price_within_a_bracket_bears_its_rates():
    table = [TransferRates(date(2020, 1, 1), (Bracket(100_00, 0, 100_000, 0), Bracket(1_000_00, 500_000, 100_000, 0)))]

    assert tax.transfer_tax(100_00, table, SALE_DAY).departement_cents == 0
    assert tax.transfer_tax(300_00, table, SALE_DAY).departement_cents == 10_00
    assert tax.transfer_tax(300_00, table, SALE_DAY).commune_cents == 3_00


def test_a_day_or_a_price_without_a_rate_is_never_taxed_at_nothing():
    with pytest.raises(MissingRateError, match="2009-12-31"):
        tax.transfer_tax(200_000_00, TABLE, date(2009, 12, 31))
    with pytest.raises(MissingRateError, match="no rate was in force"):
        tax.transfer_tax(200_000_00, [], SALE_DAY)
    with pytest.raises(MissingRateError, match="no rate covers"):
        tax.transfer_tax(10**13 + 1, TABLE, SALE_DAY)


def test_a_negative_price_is_refused():
    with pytest.raises(TaxError, match="negative"):
        tax.transfer_tax(-1, TABLE, SALE_DAY)


@pytest.mark.parametrize(
    ("brackets", "why"),
    [
        ((), "0 brackets"),
        (tuple(Bracket(bound, 0, 0, 0) for bound in range(1, 10)), "9 brackets"),
        ((Bracket(100, 1, 1, 1), Bracket(100, 1, 1, 1)), "don't rise"),
        ((Bracket(0, 1, 1, 1),), "don't rise"),
        ((Bracket(100, -1, 1, 1),), "between nothing and everything"),
        ((Bracket(100, 9_000_000, 900_000, 100_001),), "between nothing and everything"),
    ],
)
def test_rates_that_cannot_be_are_refused(brackets, why):
    with pytest.raises(TaxError, match=why):
        TransferRates(date(2020, 1, 1), brackets)


def test_two_lines_on_one_day_are_refused():
    with pytest.raises(TaxError, match="the same day"):
        tax.transfer_tax(1, [*TABLE, TABLE[0]], SALE_DAY)


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_a_higher_price_never_owes_less_and_the_rates_are_never_exceeded(one, other):
    low, high = sorted((one, other))
    owed_low, owed_high = (tax.transfer_tax(price, TABLE, SALE_DAY) for price in (low, high))

    assert owed_low.total_cents <= owed_high.total_cents
    assert owed_high.departement_cents * 10_000_000 <= high * 450_000 < (owed_high.departement_cents + 1) * 10_000_000


LAND = [
    LandRates(date(2025, 1, 1), built_base=5_000_000, unbuilt_base=8_000_000, built=4_012_300, unbuilt=11_500_000),
    LandRates(date(2026, 1, 1), built_base=5_000_000, unbuilt_base=8_000_000, built=4_112_300, unbuilt=11_500_000),
]


def test_the_roll_taxes_half_of_built_values_and_four_fifths_of_unbuilt_ones():
    roll = tax.land_tax_roll([Assessed(1, "ada", 3_000_00, 0), Assessed(2, "bob", 0, 100_00)], LAND, 2025)

    assert roll == [Bill(1, "ada", 601_84), Bill(2, "bob", 92_00)]


def test_the_roll_takes_the_rates_of_the_first_of_january_and_sorts():
    values = [Assessed(2, "ada", 3_000_00, 0), Assessed(1, "cleo", 100_00, 0), Assessed(1, "bob", 100_00, 0)]

    roll = tax.land_tax_roll(values, LAND, 2026)

    assert [(bill.title, bill.account) for bill in roll] == [(1, "bob"), (1, "cleo"), (2, "ada")]
    assert roll[-1].amount_cents == 616_84


def test_nothing_due_makes_no_bill():
    assert tax.land_tax_roll([Assessed(1, "ada", 1, 0)], LAND, 2026) == []


@pytest.mark.parametrize(
    ("values", "year", "error", "why"),
    [
        ([Assessed(1, "ada", 1, 1)], 2024, MissingRateError, "2024-01-01"),
        ([Assessed(1, "ada", 1, 1), Assessed(1, "ada", 2, 2)], 2026, TaxError, "assessed twice"),
        ([Assessed(1, "ada", -1, 1)], 2026, TaxError, "negative"),
        ([Assessed(1, "ada", 1, -1)], 2026, TaxError, "negative"),
    ],
)
def test_a_roll_that_cannot_be_is_refused(values, year, error, why):
    with pytest.raises(error, match=why):
        tax.land_tax_roll(values, LAND, year)


@pytest.mark.parametrize(
    ("rates", "why"),
    [((-1, 0, 0, 0), "below 0"), ((0, 0, 0, -1), "below 0"), ((0, 10_000_001, 0, 0), "above the whole")],
)
def test_land_rates_that_cannot_be_are_refused(rates, why):
    with pytest.raises(TaxError, match=why):
        LandRates(date(2020, 1, 1), *rates)
