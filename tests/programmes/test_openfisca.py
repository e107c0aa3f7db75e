"""Eligibility from what OpenFisca computed: to the cent, and nobody guessed."""

import json
from pathlib import Path
from typing import Any

import pytest

from beffroi.programmes.openfisca import EligibilityError, read_amounts, units_of

MONTH = "2026-12"


def situation(tmp_path: Path, **aid: Any) -> Path:
    path = tmp_path / "situation.json"
    households = {name: {"personnes": [], "aide": {MONTH: value}} for name, value in aid.items()}
    path.write_text(json.dumps({"individus": {}, "menages": households}))
    return path


def test_amounts_in_single_precision_are_read_to_the_cent(tmp_path: Path) -> None:
    path = situation(tmp_path, amal=40.349998474121094, bela=0, cato=120, dina=99999.9921875, emma=0.005)
    assert read_amounts(path, "menages", "aide", MONTH) == {
        "amal": 40_35,
        "bela": 0,
        "cato": 120_00,
        "dina": 99_999_99,
        "emma": 1,
    }


def test_units_are_whole_and_whoever_has_none_is_left_out() -> None:
    assert units_of({"amal": 40_35, "bela": 0, "cato": 4_49}, 450) == {"amal": 8}
    with pytest.raises(EligibilityError, match="stamps"):
        units_of({"amal": 1}, 0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "amal is null: this is the question"),
        (-1, "below zero: -1"),
        ("40", "'40', and no amount"),
        (True, "True, and no amount"),
    ],
)
def test_what_is_no_amount_is_refused(tmp_path: Path, value: Any, said: str) -> None:
    with pytest.raises(EligibilityError, match=said):
        read_amounts(situation(tmp_path, bela=1, amal=value), "menages", "aide", MONTH)


def test_what_the_file_does_not_have_is_told(tmp_path: Path) -> None:
    path = situation(tmp_path, amal=1)
    with pytest.raises(EligibilityError, match="has no familles"):
        read_amounts(path, "familles", "aide", MONTH)
    with pytest.raises(EligibilityError, match="has no individus"):
        read_amounts(path, "individus", "aide", MONTH)
    with pytest.raises(EligibilityError, match="amal has no aide for 2027"):
        read_amounts(path, "menages", "aide", "2027")
    with pytest.raises(EligibilityError, match="amal has no rsa for 2026-12"):
        read_amounts(path, "menages", "rsa", MONTH)
    with pytest.raises(EligibilityError, match="is no period"):
        read_amounts(path, "menages", "aide", "december")
    for text in ("[]", "{", '{"menages": {"amal": 3}}', '{"menages": 3}'):
        path.write_text(text)
        with pytest.raises(EligibilityError, match=r"situation\.json"):
            read_amounts(path, "menages", "aide", MONTH)
