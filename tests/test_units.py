"""Amounts of cents as people read them."""

import pytest

from beffroi.units import euros


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (123_450, "1,234.50"),
        (-5, "-0.05"),
        (-100, "-1.00"),
        (10**19 + 1, "100,000,000,000,000,000.01"),
    ],
)
def test_cents_are_written_whole_to_the_last_one(cents, text):
    assert euros(cents) == text


def test_files_group_nothing():
    assert euros(-123_456_789, grouping="") == "-1234567.89"
