"""The tax's rates and rolls, from a town's file and from the files of bills."""

import datetime as dt

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.csvfile import CsvError
from beffroi.land import levying
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from beffroi.land.tax import TaxError, TransferRates, transfer_tax
from beffroi.town.load import load_town

HOUSE, ADA = ParcelId("59999000AB0001"), "0x" + "a1" * 20
SECTION = load_town(ROOT / "towns" / "example.yaml").land.transfer_tax


def test_the_rates_of_the_file_are_those_of_the_law():
    (bracket,) = levying.brackets(SECTION)
    assert (bracket.departement, bracket.commune, bracket.state) == (450_000, 120_000, 10_665)
    tax = transfer_tax(200_000_00, [TransferRates(dt.date(2026, 1, 1), (bracket,))], dt.date(2026, 6, 1))
    assert (tax.departement_cents, tax.commune_cents, tax.state_cents) == (9_000_00, 2_400_00, 213_30)


def test_rates_hold_from_a_day_that_the_contract_counts_since_1970():
    day, rates, paper = levying.rates_call(dt.date(1970, 1, 11), levying.brackets(SECTION), bytes(32))
    assert (day, rates, paper) == (10, [(2**64 - 1, 450_000, 120_000, 10_665)], bytes(32))


def test_a_roll_is_read_in_its_own_order(tmp_path):
    file = tmp_path / "bills.csv"
    file.write_text(f"parcel;account;amount\n59999000AB0002;{ADA};12,50\n{HOUSE};{ADA};90\n")
    roll = levying.read_bills(file, 2026)
    assert [bill.amount_cents for bill in roll.bills] == [12_50, 90_00]
    assert levying.bill_on(roll, HOUSE, ADA.upper().replace("0X", "0x")) == 1
    with pytest.raises(LandError, match="has no bill of"):
        levying.bill_on(roll, ParcelId("59999000AB0003"), ADA)


def test_a_roll_with_problems_is_refused_by_line(tmp_path):
    file = tmp_path / "bills.csv"
    file.write_text(f"parcel;account;amount\n59999;{ADA};12,50\n{HOUSE};{ADA};0\n")
    with pytest.raises(CsvError, match=r"line 2: parcel: '59999'.*\n.*line 3: amount"):
        levying.read_bills(file, 2026)
    file.write_text(f"parcel;account;amount\n{HOUSE};{ADA};1\n{HOUSE};{ADA};2\n")
    with pytest.raises(TaxError, match="two bills for one title"):
        levying.read_bills(file, 2026)
