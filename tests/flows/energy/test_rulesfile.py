"""A file of rules: what is wrong is named by file, line and key, with what is allowed."""

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.flows.energy.energyrules import MeterFee, PriceElement, rules_of
from beffroi.flows.energy.rulesfile import read_rules
from beffroi.yamlfile import ConfigError

HASH = "70624ae6cf13c09ee78754306ff2c4e40b3ff41d33af9f568a7ade9dec6e8400"
EXAMPLE = ROOT / "docs" / "examples" / "energy-rules.yaml"


def test_the_example_tells_whole_numbers():
    rules = read_rules(EXAMPLE)

    assert [it.name for it in rules.slots] == ["winter peak", "day", "night"]
    assert rules.slots[0].hours == ((420, 660), (1_020, 1_260))
    assert rules.slots[0].days == (1, 2, 3, 4, 5)
    assert rules.elements[0] == PriceElement(name="energy", to="producers", rates=(145_000, 120_000, 98_000))
    assert rules.elements[1].rates == (8_000,) * 3
    assert rules.fees == (MeterFee(name="membership", by="draws", cents=150, vat_bp=2_000),)
    assert rules_of(rules.canonical()) == rules


def test_the_examples_hash_is_its_own():
    assert read_rules(EXAMPLE).rules_hash.hex() == HASH


def test_comments_spaces_and_the_order_of_keys_change_no_hash(tmp_path):
    text = EXAMPLE.read_text().replace("key: default # dynamique", "# ").replace("timezone: Europe/Paris", "")
    moved = tmp_path / "rules.yaml"
    moved.write_text(f"{text}\ntimezone: 'Europe/Paris'\n")

    assert read_rules(moved).rules_hash == read_rules(EXAMPLE).rules_hash


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("ct_per_kwh: 0.8", "ct_per_kwH: 0.8", "ct_per_kwH", "unknown key, did you mean ct_per_kwh?"),
        ("ct_per_kwh: 0.8", "ct_per_kwh: 0.8\n    ct_per_kwh: 0.9", "ct_per_kwh: 0.9", "the key is there twice"),
        ("ct_per_kwh: 0.8", "ct_per_kwh: 0.80001", "0.80001", "0.80001 cents a kWh: 0 or more, in whole 1/10,000"),
        ("ct_per_kwh: 0.8", "ct_per_kwh: -0.8", "-0.8", "0 or more"),
        ("ct_per_kwh: 0.8", "ct_per_kwh: cheap", "cheap", "cheap is no number of cents a kWh"),
        ("ct_per_kwh: 0.8", "ct_per_kwh: yes", "ct_per_kwh: yes", "no number of cents a kWh"),
        ("euros: 1.50", "euros: 1.505", "1.505", "1.505 euros: 0 or more, in whole 1/100"),
        ("by: draws", "by: everyone", "everyone", "'draws', 'injects' or 'each'"),
        ("to: producers", "to: the mayor", "the mayor", "'producers' or 'organiser'"),
        ("key: default", "key: dynamic", "dynamic", "'default', 'static', 'simple' or 'full'"),
        ('["06:00-22:00"]', '["22:00-06:00"]', "22:00-06:00", 'crosses midnight: write two, "22:00-24:00"'),
        ('["06:00-22:00"]', "[6]", "hours: [6]", "6 are no hours"),
        ('["06:00-22:00"]', '["06:00-24:30"]', "24:30", "crosses midnight"),
        ("[monday,", "[lundi,", "lundi", "lundi is no day of the week: monday"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, old, new, line, why):
    text = EXAMPLE.read_text().replace(old, new, 1)
    path = tmp_path / "rules.yaml"
    path.write_text(text)
    number = next(number for number, it in enumerate(text.splitlines(), 1) if line in it and not it.startswith("#"))

    with pytest.raises(ConfigError) as error:
        read_rules(path)
    (said,) = (it for it in str(error.value).splitlines() if it.startswith(f"{path}:{number}: "))
    assert why in said


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("day: 12, night: 9.8", "day: 12", "energy has a price for winter peak, day: the slots are"),
        ("  - name: night\n", "", "the slots are winter peak, day"),
        ("name: grid", "name: energy", "have one name"),
        ("[1, 2, 3, 11, 12]", "[1, 2, 3, 11, 13]", "less than or equal to 12"),
        ("Europe/Paris\nkey", "Europe/Lys\nkey", "no time zone"),
        ("slots:", "slots: []\nslot:", "unknown key, did you mean slots?"),
        ('hours: ["06:00-22:00"]', "hours: []", "at least 1 item"),
    ],
)  # fmt: skip
def test_rules_that_do_not_fit_together_are_refused(tmp_path, old, new, why):
    path = tmp_path / "rules.yaml"
    path.write_text(EXAMPLE.read_text().replace(old, new, 1))

    with pytest.raises(ConfigError, match=r"rules\.yaml") as error:
        read_rules(path)
    assert why in str(error.value)
