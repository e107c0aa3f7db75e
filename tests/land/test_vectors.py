"""What Solidity finds from the same file: tests/forge/land/LandVectors.t.sol."""

import json
import random
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from beffroi.eip712 import Domain
from beffroi.land import deeds
from beffroi.land.deeds import SaleTerms
from beffroi.land.parcels import ParcelId, ParcelIdError
from beffroi.land.roll import TaxRoll
from beffroi.land.shares import RightKind, Share, pro_rata, to_units
from beffroi.land.tax import Bill, Bracket, TransferRates, transfer_tax
from tests.vectors import make_land

FILE = Path(make_land.__file__).with_name("land.json")
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
KINDS = list(RightKind)


def test_the_file_is_what_the_maker_writes():
    assert make_land.vectors(random.Random(91216)) == VECTORS


def test_a_parcel_s_id_is_the_same_number():
    parcels = VECTORS["parcels"]
    assert [str(ParcelId(text).token_id) for text in parcels["lawful"]] == parcels["token_ids"]
    assert [str(ParcelId.from_token_id(int(id_))) for id_ in parcels["token_ids"]] == parcels["lawful"]
    for id_ in parcels["malformed_ids"]:
        with pytest.raises(ParcelIdError):
            ParcelId.from_token_id(int(id_))


def test_python_also_refuses_what_no_commune_can_have():
    for text in VECTORS["parcels"]["unheard_of"]:
        with pytest.raises(ParcelIdError):
            ParcelId(text)


@pytest.mark.parametrize("case", VECTORS["taxes"])
def test_a_price_bears_the_same_tax(case):
    numbers = [int(value) for value in case["brackets"]]
    brackets = tuple(Bracket(*numbers[at : at + 4]) for at in range(0, len(numbers), 4))
    table = [TransferRates(date(2027, 1, 1), brackets)]
    found = [transfer_tax(int(price), table, date(2027, 1, 1)) for price in case["prices"]]
    parts = [part for tax in found for part in (tax.departement_cents, tax.commune_cents, tax.state_cents)]
    assert [str(part) for part in parts] == case["taxes"]


@pytest.mark.parametrize("case", VECTORS["splits"])
def test_sellers_are_paid_the_same_to_the_cent(case):
    parts = pro_rata(int(case["amount"]), [int(weight) for weight in case["weights"]])
    assert [str(part) for part in parts] == case["parts"]
    assert sum(parts) == int(case["amount"])


@pytest.mark.parametrize("case", VECTORS["rights"])
def test_rights_are_counted_in_the_same_units(case):
    held = list(zip(case["holders"], map(int, case["kinds"]), case["numerators"], case["denominators"], strict=True))
    counted = to_units(Share(who, KINDS[kind], Fraction(int(n), int(d))) for who, kind, n, d in held)
    expected = {(who, kind): int(units) for (who, kind, _, _), units in zip(held, case["units"], strict=True)}
    assert counted.whole == int(case["whole"])
    assert {(who, kind): units for who, kind, units in counted.rights} == expected


@pytest.mark.parametrize("case", VECTORS["deeds"])
def test_parties_sign_the_same_digests(case):
    domain = Domain("Conveyance", int(VECTORS["chainId"]), VECTORS["conveyance"])
    terms, sale, from_ = SaleTerms.parse(case["terms"]), int(case["sale"]), bytes.fromhex(case["from"][2:])
    assert terms.plain() == case["terms"]
    found = {
        "compromis": deeds.compromis(terms),
        "amendment": deeds.amendment(sale, from_, terms),
        "deed": deeds.deed(sale, terms),
        "rescission": deeds.rescission(sale),
        "retraction": deeds.retraction(sale),
    }
    assert {name: "0x" + slip.digest(domain).hex() for name, slip in found.items()} == {
        name: case[name] for name in found
    }


def test_the_roll_is_the_same_tree():
    given = VECTORS["roll"]
    columns = zip(given["titles"], given["accounts"], given["amounts"], strict=True)
    roll = TaxRoll(int(given["year"]), [Bill(int(title), who, int(amount)) for title, who, amount in columns])
    assert "0x" + roll.root.hex() == given["root"]
    assert str(roll.total_cents) == given["total"]
    places = range(len(roll.bills))
    assert [["0x" + node.hex() for node in roll.proof(place)] for place in places] == given["proofs"]
    assert ["0x" + roll.receipt(place).hex() for place in places] == given["receipts"]
