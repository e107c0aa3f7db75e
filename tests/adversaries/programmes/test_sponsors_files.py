"""A sponsor whose files are cut short, named twice, or drawn by two runs at once loses no code that opens money."""

from pathlib import Path

import pytest

from beffroi.cli.options import require_apart
from beffroi.errors import InputError
from beffroi.programmes.openfisca import EligibilityError, read_amounts
from beffroi.programmes.programmesheets import Sheets, SheetsError, read_sheets

PROGRAMME = b"\x0a" * 32


def test_two_runs_that_draw_codes_at_once_leave_those_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "of this winter" / "food.codes"
    first, second = (Sheets.drawn("Food aid", PROGRAMME, 2) for _ in range(2))
    first.write(path)
    with pytest.raises(SheetsError, match="another run drew codes"):
        second.write(path)
    assert read_sheets(path) == first


def test_the_roll_is_not_written_over_the_codes_whatever_they_are_called(tmp_path: Path) -> None:
    codes, roll = tmp_path / "food.codes", tmp_path / "food.csv"
    require_apart(None, codes, None, roll)
    codes.touch()
    roll.symlink_to(codes)
    for other in (codes, tmp_path / "." / "food.codes", roll):
        with pytest.raises(InputError, match="are one file"):
            require_apart(codes, None, other)


@pytest.mark.parametrize("euros", ["1e300", "100000", "1" + 400 * "0"])
def test_an_aid_that_single_precision_holds_not_to_the_cent_is_refused_in_words(tmp_path: Path, euros: str) -> None:
    path = tmp_path / "situation.json"
    path.write_text('{"menages": {"amal": {"aide": {"2026-12": ' + euros + "}}}}")
    with pytest.raises(EligibilityError, match="aide of amal is no amount to the cent"):
        read_amounts(path, "menages", "aide", "2026-12")


@pytest.mark.parametrize("euros", ["NaN", "Infinity", "-1e999", "1e999", '"40"', "-0.01", "[40]", "true"])
def test_what_no_aid_can_be_is_refused_in_words(tmp_path: Path, euros: str) -> None:
    path = tmp_path / "situation.json"
    path.write_text('{"menages": {"amal": {"aide": {"2026-12": ' + euros + "}}}}")
    with pytest.raises(EligibilityError):
        read_amounts(path, "menages", "aide", "2026-12")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"menages":' * 5_000], ids=["lists", "objects"])
def test_a_situation_that_nests_without_end_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "situation.json"
    path.write_text(text)
    with pytest.raises(EligibilityError, match="nested too deeply"):
        read_amounts(path, "menages", "aide", "2026-12")


def test_a_situation_saved_as_utf_16_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "situation.json"
    path.write_text('{"menages": {}}', encoding="utf-16")
    with pytest.raises(EligibilityError, match="UTF-16"):
        read_amounts(path, "menages", "aide", "2026-12")
