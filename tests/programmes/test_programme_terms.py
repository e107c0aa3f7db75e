"""A programme's file and its terms, as the contract would take or refuse them; the file of its sheets."""

import json
import stat
from dataclasses import replace

import pytest
from eth_utils.crypto import keccak

from beffroi.csvfile import CsvError
from beffroi.programmes.programmekeys import CodeError
from beffroi.programmes.programmeroll import ProgrammeRoll
from beffroi.programmes.programmesheets import Sheets, SheetsError, read_households, read_sheets, sheets_at
from beffroi.programmes.programmeterms import ProgrammeError, read_programme
from beffroi.units import DAY_S, HOUR_S
from beffroi.yamlfile import ConfigError

PROGRAMME, SPONSOR, KEY = b"\x0a" * 32, "0x" + "11" * 20, "0x1111111111111111111111111111111111111112"
OPENS_S = 1_798_761_600  # 2027-01-01
GOOD = {
    "title": "School meals",
    "opens": "2027-01-01",
    "period_days": "1",
    "periods": "60",
    "unit": "4.50",
    "units": "1",
    "categories": "[canteen, kitchen]",
    "rule": "One meal a school day.",
}


def written(folder, **changed):
    path = folder / "programme.yaml"
    path.write_text("".join(f"{key}: {value}\n" for key, value in (GOOD | changed).items()))
    return path


@pytest.fixture
def terms(tmp_path):
    told = read_programme(written(tmp_path))
    return told.terms(SPONSOR, ProgrammeRoll(PROGRAMME, told.rule_hash, {KEY: 1}))


def test_a_file_tells_the_terms(terms):
    assert (terms.opens_at_s, terms.period_h, terms.periods, terms.unit_cents) == (OPENS_S, 24, 60, 450)
    assert (terms.daily_cap, terms.categories, terms.total, terms.announced) == (0, 0b11, 1, 60)
    assert (terms.salt, terms.rule_hash) == (keccak(text="School meals"), keccak(text="One meal a school day."))
    assert terms.ends_at_s == OPENS_S + 60 * DAY_S


def test_without_a_roll_it_is_of_grants_alone(tmp_path):
    terms = read_programme(written(tmp_path, unit="0")).terms(SPONSOR, None)
    assert (terms.total, terms.root, terms.unit_cents) == (0, bytes(32), 0)


def test_a_period_rolls_over_at_the_second_and_the_last_does_not(terms):
    assert [terms.period_at(OPENS_S + it) for it in (0, DAY_S - 1, DAY_S)] == [0, 0, 1]
    assert [terms.period_at(terms.ends_at_s + it) for it in (-1, 0, 40 * DAY_S)] == [59, 60, 60]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("opens", "soon", "soon is no moment"),
        ("opens", "2027-01-01T00:00+01:00", "in UTC"),
        ("unit", "0.005", "whole cents"),
        ("unit", "-1", "whole cents"),
        ("unit", "free", "no amount in euros"),
        ("units", "0", "0 is refused"),
        ("periods", "0", "0 is refused"),
        ("categories", "[]", "categories"),
        ("colour", "blue", "unknown key"),
        ("unit", "0\nmeals: true", "a meal has a price"),
        ("unit", "0.01\nmeals: true", "a meal has a price"),
        ("meals", "sometimes", "meals"),
    ],
)
def test_what_a_file_may_not_say_is_told_with_its_line(tmp_path, key, value, said):
    with pytest.raises(ConfigError, match=said):
        read_programme(written(tmp_path, **{key: value}))


@pytest.mark.parametrize(
    ("changed", "now_s", "said"),
    [
        ({}, OPENS_S + 1, "open it later"),
        ({}, OPENS_S - 367 * DAY_S, "a year ahead"),
        ({"periods": 1_099}, OPENS_S, "three years"),
        ({"total": 2**43}, OPENS_S, "units in all"),
    ],
)
def test_terms_that_the_contract_refuses_are_refused_before(terms, changed, now_s, said):
    terms.require_opens(OPENS_S - HOUR_S)
    with pytest.raises(ProgrammeError, match=said):
        replace(terms, **changed).require_opens(now_s)


def test_sheets_are_kept_from_others_and_read_again(tmp_path):
    path, drawn = tmp_path / "codes", Sheets.drawn("Aid", PROGRAMME, 3)
    drawn.write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_sheets(path) == sheets_at(path, "Aid", PROGRAMME, 3) == drawn
    with pytest.raises(SheetsError, match="has 3 codes, and 4"):
        sheets_at(path, "Aid", PROGRAMME, 4)
    with pytest.raises(SheetsError, match="another programme"):
        sheets_at(path, "Aid", bytes(32), 3)


def test_a_file_that_is_none_of_sheets_is_refused(tmp_path):
    path, drawn = tmp_path / "codes", Sheets.drawn("Aid", PROGRAMME, 1)
    drawn.write(path)
    value = json.loads(path.read_text())
    for changed, error in (
        ({"format": "other"}, SheetsError),
        ({"codes": []}, SheetsError),
        ({"codes": [1]}, SheetsError),
        ({"title": 1}, SheetsError),
        ({"codes": [value["codes"][0][:-1]]}, CodeError),
    ):
        path.write_text(json.dumps(value | changed))
        with pytest.raises(error):
            read_sheets(path)


def test_households_bring_keys_of_their_own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(f"clé;unités\n{KEY};7\n")
    assert read_households(path) == {KEY: 7}
    path.write_text(f"key;units\n{KEY};7\n{KEY};8\n")
    with pytest.raises(CsvError, match="stands on line 2 already"):
        read_households(path)
