"""What a shared kWh will cost is told before it applies: by slot, with its VAT, and hour by hour of a day to come."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.cli.energybills import tell_tariff
from beffroi.flows.energy.curves import EnergyError
from beffroi.flows.energy.rulesfile import read_rules
from beffroi.flows.energy.tariff import hours_of, price_ct

RULES = read_rules(ROOT / "docs" / "examples" / "energy-rules.yaml")
PEAK, DAY, NIGHT = range(3)


def hours(day):
    """(from, slot) of each part of a day, by the clock of Greenwich."""
    return [(f"{datetime.fromtimestamp(it.start_s, UTC):%H:%M}", it.slot) for it in hours_of(RULES, day)]


def test_a_price_is_of_all_elements_with_their_vat():
    # 14.5 to producers, who owe none; 0.8 of margin and 3.21 of grid, with 20 %
    assert [price_ct(RULES, it) for it in (PEAK, DAY, NIGHT)] == [Decimal(it) for it in ("19.312", "15.42", "12.524")]


def test_a_day_is_told_by_the_hours_at_which_its_price_changes():
    christmas_eve = hours(date(2026, 12, 24))  # a Thursday; Paris is an hour ahead of Greenwich

    assert christmas_eve == [
        ("23:00", NIGHT), ("05:00", DAY), ("06:00", PEAK), ("10:00", DAY), ("16:00", PEAK), ("20:00", DAY),
        ("21:00", NIGHT),
    ]  # fmt: skip
    assert hours(date(2026, 7, 14)) == [("22:00", NIGHT), ("04:00", DAY), ("20:00", NIGHT)]


@pytest.mark.parametrize(("day", "long_h"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_is_whole_though_its_clock_is_put_forward_or_back(day, long_h):
    parts = hours_of(RULES, day)

    assert parts[-1].end_s - parts[0].start_s == long_h * 3_600
    assert all(one.end_s == next_.start_s for one, next_ in pairwise(parts))


def test_it_is_told_in_cents_a_kwh_and_by_the_local_clock(capsys):
    tell_tariff(RULES, date(2026, 12, 24))
    said = capsys.readouterr().out

    assert said.startswith("Rue des Tilleuls: a shared kWh costs, VAT included\n  winter peak: 19.3120 ct\n")
    assert "membership, of each meter that it is by (draws), a period: 1.50 before VAT" in said
    assert "On 2026-12-24, by the clock of Europe/Paris:\n  00:00-06:00 night: 12.5240 ct\n" in said
    assert "  22:00-00:00 night: 12.5240 ct\n" in said


def test_the_text_that_is_hashed_tells_the_same_rules(tmp_path):
    path = tmp_path / "rules.json"
    path.write_text(RULES.canonical())
    assert read_rules(path) == RULES

    path.write_text(RULES.canonical().replace(",", ", "))
    with pytest.raises(EnergyError, match="not in their canonical text"):
        read_rules(path)
