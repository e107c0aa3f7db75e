"""A sponsor's words, or a shop's, that would move a terminal's cursor, turn a line round, or pass for another's."""

from pathlib import Path

import pytest

from beffroi.cli.programme import read_merchants
from beffroi.csvfile import CsvError
from beffroi.programmes.programmeterms import read_programme
from beffroi.yamlfile import ConfigError

GROCER, OTHER = "0x" + "11" * 20, "0x" + "22" * 20
FILE = """
title: "{title}"
opens: 2027-01-01
period_days: 30
periods: 1
unit: 0.01
categories: ["{category}"]
rule: "{rule}"
"""
PLAIN = {"title": "Aide <b>alimentaire</b> d’hiver", "category": "épicerie", "rule": "Each household.\\nOf the list."}


def written(folder: Path, **changed: str) -> Path:
    path = folder / "food.yaml"
    path.write_text(FILE.format(**PLAIN | changed))
    return path


def test_words_in_any_language_and_on_several_lines_are_taken(tmp_path: Path) -> None:
    assert read_programme(written(tmp_path)).rule == "Each household.\nOf the list."
    assert read_programme(written(tmp_path, title="مساعدة الشتاء")).title == "مساعدة الشتاء"


@pytest.mark.parametrize("member", ["title", "category", "rule"])
@pytest.mark.parametrize("strange", ["\\x1b[2J", "\\u202e", "\\u2067", "\\r", "\\u2028"])
def test_a_word_that_would_move_what_is_shown_is_refused(tmp_path: Path, member: str, strange: str) -> None:
    with pytest.raises(ConfigError, match="would move what is shown") as refused:
        read_programme(written(tmp_path, **{member: f"Food{strange} aid"}))
    assert "\x1b" not in str(refused.value)


def test_a_title_of_two_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="would move what is shown"):
        read_programme(written(tmp_path, title="Food aid\\nof the town hall"))


def test_two_shops_of_one_label_are_refused_for_nobody_could_tell_whom_she_pays(tmp_path: Path) -> None:
    path = tmp_path / "merchants.csv"
    path.write_text(f"account;categories;label\n{GROCER};1;Épicerie\n{OTHER};1;Épicerie\n")
    with pytest.raises(CsvError, match="label: Épicerie stands on line 2 already"):
        read_merchants(path)
    path.write_text(f"account;categories;label\n{GROCER};1;\n{OTHER};1;\n")
    assert [row["label"] for row in read_merchants(path)] == [None, None]


@pytest.mark.parametrize("strange", ["\x1b[2J", "\u202e", "\u2067"])
def test_a_label_that_would_move_what_is_shown_is_refused(tmp_path: Path, strange: str) -> None:
    path = tmp_path / "merchants.csv"
    path.write_text(f"account;categories;label\n{GROCER};1;Épi{strange}cerie\n")
    with pytest.raises(CsvError, match="would move what is shown"):
        read_merchants(path)
