"""An organiser tries her rules on her own files before anything is signed."""

import csv
import runpy

import pytest
from click.testing import CliRunner

from beffroi.chain.artifacts import ROOT
from tests.flows.energy.street import AMINA, BRUNO, ORGANISER, meter_id

RULES = (ROOT / "docs" / "examples" / "energy-rules.yaml").read_text()
METERS = f"""meter;id;member;kind
home;0x{meter_id(1).hex()};{AMINA};draws
roof;0x{meter_id(2).hex()};{BRUNO};injects
"""
NOON = "2026-09-01T12:00+02:00"


@pytest.fixture
def told(tmp_path):
    """What the command says of files in a folder."""
    files = {"rules.yaml": RULES, "meters.csv": METERS}
    files["readings.csv"] = f"meter;start;kwh\nhome;{NOON};12,5\nroof;{NOON};10\n"

    def say(*options, **changed):
        for name, text in (files | {it.replace("_", "."): text for it, text in changed.items()}).items():
            (tmp_path / name).write_text(text)
        paths = [str(tmp_path / name) for name in ("rules.yaml", "meters.csv", "readings.csv")]
        days = ("--from", "2026-09-01", "--until", "2026-09-02", "--organiser", ORGANISER)
        command = runpy.run_path(str(ROOT / "scripts" / "energy" / "bills.py"))["cli"]
        found = CliRunner().invoke(command, [*paths, *days, *(str(it).replace("TMP", str(tmp_path)) for it in options)])
        return found.exit_code, found.output

    return say


def test_each_bill_is_told_item_by_item_and_what_is_missing(told, tmp_path):
    code, said = told("--csv", "TMP/bills.csv")

    # by day 10 kWh at 12 ct, 0.8 of margin and 2.05 of grid with 20 % of VAT, and 1.50 of membership with it
    assert code == 0, said
    assert (
        f"{AMINA} pays 3.34\n    energy, day, 10.000 kWh: 1.20\n    organiser's margin, day, 10.000 kWh: 0.08" in said
    )
    assert f"{BRUNO} is paid 1.20" in said
    assert f"{ORGANISER} is paid 2.14" in said
    assert "meter home (draws): 23 steps are missing" in said
    assert "Drawn 12.500 kWh, injected 10.000 kWh; at most 10.000 kWh can be shared: 80.0 %" in said
    assert "anyone verifies every total and every bill" in said
    rows = list(csv.DictReader((tmp_path / "bills.csv").open(newline="")))
    assert sum(int(it["cents"]) + int(it["vat_cents"]) for it in rows) == 0


def test_under_another_key_the_parts_are_told_and_who_verifies_them(told):
    static = RULES.replace("key: default", "key: static")
    code, said = told("--parts", "TMP/parts.csv", rules_yaml=static, parts_csv="meter;percent\nhome;50\n")

    assert code == 0, said
    assert "each verifies her own bill alone" in said
    assert f"{BRUNO} is paid 0.60" in said


def test_parts_and_key_go_together(told):
    for options, key, complaint in (
        (("--parts", "TMP/parts.csv"), "default", "the default key takes no --parts"),
        ((), "static", "the static key takes --parts, a file of each consumer's part"),
    ):
        rules = RULES.replace("key: default", f"key: {key}")
        code, said = told(*options, rules_yaml=rules, parts_csv="meter;percent\nhome;50\n")
        assert code == 1
        assert complaint in said
