"""Scripts of the land register and of sales."""

import json
from dataclasses import replace

from beffroi.land import village
from beffroi.land.deeds import Right
from beffroi.land.levying import read_bills
from beffroi.land.parcels import ParcelId
from beffroi.land.salefile import SaleAct, SaleFile
from beffroi.land.shares import RightKind
from testbed.estate import FIELD, HOUSE, PAPER
from testbed.town import MAYOR, NOTARY, REGISTRAR
from tests.cli.killable.place import PEOPLE, Script, told

SHOP, LEFT, RIGHT = "59999000AB0005", "59999000AB0101", "59999000AB0102"
DAY_S = 86_400


def cadastre(place):
    return place.writes("cadastre.json", json.dumps(village.cadastre()))


def drawn(place, *areas_m2):
    """A file of new parcels, LEFT and RIGHT, with these areas."""
    features = []
    for name, feature, area_m2 in zip((LEFT, RIGHT), village.cadastre()["features"][4:], areas_m2, strict=False):
        feature["id"] = feature["properties"]["id"] = name
        feature["properties"] |= {"numero": str(int(name[-4:])), "contenance": area_m2}
        features.append(feature)
    return place.writes("new.json", json.dumps({"type": "FeatureCollection", "features": features}))


def divide(place):
    return ["land", "divide", HOUSE, drawn(place, 200, 300), place.paper(), LEFT, RIGHT]


def merge(place):
    register, beside = place.estate.offices.register, ParcelId("59999000AB0002")
    place.estate.act(REGISTRAR, register, "register", (beside.token_id, 100, PAPER), MAYOR.address)
    return ["land", "merge", LEFT, drawn(place, 600), place.paper(), HOUSE, beside]


def enact(place):
    return ["land", "enact", "succession", HOUSE, place.paper(), PEOPLE[0].address]


def inscribe(place):
    return ["land", "charge", "inscribe", HOUSE, PEOPLE[0].address, "1000", "2045-06-30", place.paper()]


def drafted(place):
    """Ada sells her field to the mayor; who has signed."""
    estate = place.estate
    whole = estate.offices.title(FIELD).whole
    terms = estate.terms(FIELD, bought=[Right(MAYOR.address, RightKind.FULL, whole)])
    sale = SaleFile(31337, estate.offices.conveyance.address, terms)
    return signed(place, sale, SaleAct.COMPROMIS)


def signed(place, sale, act):
    for who in (place.estate.ada, MAYOR):
        sale = sale.signed(act, who, place.estate.sales)
    return sale


def written(place, sale):
    sale.write(place.folder / "sale.json")
    return place.folder / "sale.json"


def opened(place):
    sale = drafted(place)
    number = place.estate.sales.open(NOTARY, sale.terms, sale.signatures[SaleAct.COMPROMIS])
    return replace(sale, sale=number)


def paid(place):
    """The mayor has paid the deposit into a sale that is overdue and over."""
    sale = opened(place)
    place.estate.pay_in(sale.number, MAYOR, 20_000_00)
    place.estate.pass_days(121)
    place.estate.sales.expire(MAYOR, sale.number)
    return sale


def owed(place):
    """What the mayor paid could not be given back while suspended."""
    sale, residents = paid(place), place.estate.offices.residents
    place.estate.act(REGISTRAR, residents, "suspend", MAYOR.address, PAPER)
    place.estate.sales.refund(MAYOR, sale.number, MAYOR.address)
    place.estate.act(REGISTRAR, residents, "reinstate", MAYOR.address, PAPER)
    return ["land", "withdraw", MAYOR.address]


def amend(place):
    sale = opened(place)
    other = replace(sale.terms, settle_by=sale.terms.settle_by + DAY_S)
    sale = signed(place, replace(sale, proposed=other), SaleAct.AMENDMENT)
    return ["land", "amend", "post", written(place, sale)]


def pay_tax(place):
    bills = place.writes("bills.csv", f"parcel;account;amount\n{HOUSE};{MAYOR.address};812,50\n")
    roll = read_bills(bills, 2026)
    place.estate.of_clerk(place.estate.offices.tax, "publishRoll", 2026, roll.root, roll.total_cents)
    return ["land", "tax", "pay", 2026, bills, HOUSE]


ANNOUNCED = told("Town", "OperationScheduled")
SCRIPTS = {
    "land/amend.py": Script(amend, told("Conveyance", "SaleAmended")),
    "land/burden.py": Script(
        lambda place: ["land", "burden", "caveat", HOUSE, place.paper(), place.day(20)],
        told("LandRegister", "Burdened"),
    ),
    "land/charge.py": Script(inscribe, told("Charges", "Attested")),
    "land/charge.py registrar": Script(inscribe, told("Charges", "Inscribed"), moment=2, code=1),
    "land/court.py": Script(lambda _: ["land", "court", "freeze", HOUSE], told("LandRegister", "Frozen")),
    "land/divide.py": Script(divide, told("LandRegister", "Divided"), moment=2, code=1),
    "land/enact.py": Script(enact, told("LandRegister", "Enacted"), moment=2, code=1),
    "land/import.py": Script(
        lambda place: ["land", "import", cadastre(place), "--holder", PEOPLE[0].address],
        lambda place: len(
            {event.args["id"] for event in place.town.contract("LandRegister").events(place.rpc, "Registered")}
        ),
        by=61,
    ),
    "land/merge.py": Script(merge, told("LandRegister", "Merged"), moment=2, code=1),
    "land/permit.py": Script(lambda _: ["land", "permit", "rules", "--kind", 2], ANNOUNCED, code=1),
    "land/register.py": Script(
        lambda place: ["land", "register", SHOP, cadastre(place), PEOPLE[0].address], told("LandRegister", "Registered")
    ),
    "land/rescale.py": Script(
        lambda _: ["land", "rescale", HOUSE, 2], lambda place: place.estate.offices.title(HOUSE).whole, by=1
    ),
    "land/sell.py": Script(
        lambda place: ["land", "sell", "open", written(place, drafted(place))], told("Conveyance", "SaleOpened")
    ),
    "land/sell.py fund": Script(
        lambda place: ["land", "sell", "fund", written(place, opened(place)), "1000"],
        told("Conveyance", "Funded"),
        code=1,
    ),
    "land/sell.py refund": Script(
        lambda place: ["land", "sell", "refund", written(place, paid(place))], told("Conveyance", "PaidOut")
    ),
    "land/tax.py": Script(pay_tax, told("LandTax", "TaxPaid")),
    "land/withdraw.py": Script(owed, told("Conveyance", "Withdrawn")),
    "land/zone.py": Script(lambda place: ["land", "zone", "open", place.paper()], ANNOUNCED, code=1),
}
