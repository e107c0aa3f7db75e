"""The pure mirror of Demurrage.sol, the vectors that both read, and the law that neither exceeds."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.currency.demurrage import FRACTION, ONE, kept_per_day, law, loss

VECTORS = Path(__file__).with_name("demurrage.json")


def test_the_vectors_that_the_contract_is_held_to_are_the_mirrors():
    vectors = json.loads(VECTORS.read_text())
    columns = ("balance_cents", "fraction", "kept_per_day", "elapsed_days")
    rows = zip(*(map(int, vectors[column]) for column in columns), strict=True)
    answers = [loss(*row) for row in rows]
    assert [str(lost) for lost, _ in answers] == vectors["lost_cents"]
    assert [str(left) for _, left in answers] == vectors["fraction_left"]


@given(
    balance=st.integers(0, 2**80 - 1),
    rate=st.decimals("0.001", "0.5", places=3),
    days=st.integers(0, 400),
    fraction=st.integers(0, FRACTION - 1),
)
def test_never_more_than_the_law_and_less_by_under_a_billionth_of_a_cent_per_day(balance, rate, days, fraction):
    kept = kept_per_day(rate)
    lost, left = loss(balance, fraction, kept, days)
    taken = lost + Fraction(left - fraction, FRACTION)
    exact = law(balance, kept, days)
    assert taken <= exact
    rounding = Fraction(1, FRACTION) + Fraction(balance * (2 * days + 1), ONE)
    assert exact - taken <= rounding


def test_seven_percent_a_year_is_circles_rate():
    gamma = Fraction(kept_per_day(Decimal("0.07")), ONE)
    assert round(float(gamma), 9) == 0.999801332
    assert abs(gamma - Fraction(Decimal("0.93") ** (1 / Decimal("365.25")))) < Fraction(1, 10**26)


def test_no_rate_is_no_demurrage():
    assert kept_per_day(Decimal(0)) == 0


@pytest.mark.parametrize("rate", ["-0.01", "1", "7"])
def test_a_rate_outside_is_refused(rate):
    with pytest.raises(ValueError, match="is not between 0 and 1"):
        kept_per_day(Decimal(rate))
