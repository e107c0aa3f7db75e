"""Quantities: exact, in units that convert exactly or not at all."""

from fractions import Fraction

import pytest

from beffroi.records.lots.quantities import UnitError, decimal_text, measure, require_unit


@pytest.mark.parametrize(
    ("quantity", "unit", "first", "as_first"),
    [
        (500, "GRM", "KGM", "0.5"), (1, "TNE", "KGM", "1000"), (1, "LBR", "KGM", "0.45359237"),
        (16, "ONZ", "KGM", "0.45359237"), (3, "MGM", "KGM", "0.000003"), (33, "CLT", "LTR", "0.33"),
        (2, "MTQ", "LTR", "2000"), (7, "HLT", "LTR", "700"), (5, "DLT", "LTR", "0.5"), (1, "MLT", "LTR", "0.001"),
        (2, "DZN", "C62", "24"), (9, "EA", "C62", "9"), (9, "H87", "C62", "9"), (9, "PCE", "C62", "9"),
        (1, "KMT", "MTR", "1000"), (5, "MMT", "MTR", "0.005"), (5, "CMT", "MTR", "0.05"), (4, "WHR", "WHR", "4"),
    ],
)  # fmt: skip
def test_a_unit_converts_exactly(quantity, unit, first, as_first):
    assert measure(Fraction(quantity), unit) == (first, Fraction(as_first))


@pytest.mark.parametrize("unit", ["", "kg", "KILO", "K", "Ł12", "KGM\n"])
def test_what_is_no_unit_is_refused(unit):
    with pytest.raises(UnitError, match="is no unit"):
        require_unit(unit)


def test_a_quantity_has_one_form_or_none():
    assert [decimal_text(Fraction(it)) for it in ("12.50", "0.000001", "999999999999999")] == [
        "12.5", "0.000001", "999999999999999",
    ]  # fmt: skip
    for wrong in (Fraction(1, 3), Fraction(0), Fraction(-1), Fraction(10**15), Fraction(10**400)):
        with pytest.raises(UnitError):
            decimal_text(wrong)
