"""Titles, mortgages, permits and taxes by their commands alone, as the offices and the people give them."""

import json

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.land import village
from beffroi.land.parcels import ParcelId
from beffroi.town.session import TOWNS
from testbed.town import NOTARY

SHOP, LOT = "59999000AB0005", "59999000AB0006"


def test_a_cadastre_is_imported_once_and_what_is_unfit_is_told(town, cadastre):
    report, commune = town.folder / "report.csv", town.people["bank"].address
    holders = town.paper("holders.csv", f"parcel;account\n{SHOP};{town.people['seller'].address}\n")
    command = ("import", cadastre, "--holder", commune, "--holders", holders, "--report", report)
    told = town.does(*command, "--check")
    assert "61 features read: 60 parcels" in told
    assert "refused · area missing · 59999000AB0012" in told
    assert "60 to register in 1 transactions" in told
    assert "60 parcels registered for" in town.does(*command)
    assert "area missing" in report.read_text()
    assert "60 registered before, 0 divided or merged since; 0 to register in 0 transactions" in town.does(*command)
    assert town.people["seller"].address in town.does("title", SHOP)
    assert commune in town.does("title", LOT)


def test_a_holder_of_no_parcel_is_refused_before_anything_is_sent(town, cadastre):
    holders = town.paper("holders.csv", f"parcel,account\n59999000AB0099,{NOTARY.address}\n")
    command = ("import", cadastre, "--holder", NOTARY.address, "--holders", holders)
    assert "a holder is named, but the parcel is not in the cadastre" in town.does(*command, fails=True)


def test_a_parcel_is_registered_to_several_or_refused_with_the_reason(town, cadastre):
    seller, buyer = (town.people[it].address for it in ("seller", "buyer"))
    assert "2 rights" in town.does("register", SHOP, cadastre, f"{seller}=bare:1", f"{buyer}=usufruct:1")
    assert "usufruct 1" in town.does("title", SHOP)
    assert "make 1/2, not 1" in town.does("register", LOT, cadastre, f"{seller}=1/2", fails=True)
    assert "is not ACCOUNT, ACCOUNT=1/2" in town.does("register", LOT, cadastre, "0x12", fails=True)
    assert "no area" in town.does("register", "59999000AB0012", cadastre, seller, fails=True)
    assert "LandRegister_IdUsed" in town.does("register", SHOP, cadastre, seller, fails=True)
    stranger = ("register", LOT, cadastre, seller, "--account", "seller")
    assert "AccessManagedUnauthorized" in town.does(*stranger, fails=True)


def test_two_offices_act_apart(town, shop):
    deed, heirs = town.paper("deed.pdf"), (f"{town.people['buyer'].address}=1/3", f"{town.people['bank'].address}=2/3")
    act = ("enact", "succession", shop, deed, *heirs)
    assert "the notary has not attested this very act" in town.does(*act, "--account", "seller", fails=True)
    assert "AccessManagedUnauthorized" in town.does(*act, "--attest", "--account", "seller", fails=True)
    assert "not attested" in town.does(*act, "--account", "registrar", fails=True)
    assert "attested: now the registrar" in town.does(*act, "--attest", "--account", "notary")
    assert "AccessManagedUnauthorized" in town.does(*act, "--account", "seller", fails=True)
    assert "The succession on 59999000AB0005 is enacted." in town.does(*act, "--account", "registrar")
    assert "not attested" in town.does(*act, "--account", "registrar", fails=True)
    assert "full 2/3" in town.does("title", shop)


def test_creditors_act_on_their_mortgages(town, shop):
    deed, bank, buyer = town.paper("deed.pdf"), *(town.people[it].address for it in ("bank", "buyer"))
    for creditor in (bank, buyer):
        town.does("charge", "inscribe", shop, creditor, "1000", "2045-06-30", deed)
    town.does("charge", "offer-rank", shop, 1, 2, "--account", "bank")
    town.does("charge", "take-rank", shop, 1, 2, "--account", "buyer")
    town.does("charge", "reduce", shop, 1, "400", "--account", "bank")
    town.does("charge", "cede", shop, 1, buyer, "--account", "bank")
    assert "Charges_OnlyCreditor" in town.does("charge", "release", shop, 1, "--account", "bank", fails=True)
    title = town.does("title", shop)
    assert f"1 2 {buyer} 1,000.00 2045-06-30 2 1 {buyer} 400.00" in title
    town.does("charge", "release", shop, 1, "--account", "buyer")
    assert "charge 1 is not on 59999000AB0005: it has 2" in town.does("charge", "release", shop, 1, fails=True)
    assert "Charges_TooEarly" in town.does("charge", "lapse", shop, 2, fails=True)
    town.does("charge", "discharge", shop, 2, deed)


def test_a_parcel_is_divided_and_its_parts_merged_again(town, shop):
    deed = town.paper("deed.pdf")
    features = {it["id"]: it for it in village.cadastre()["features"]}
    area_m2 = town.estate.offices.title(ParcelId(shop)).area_m2
    drawn = []
    for number, share_m2 in ((101, area_m2 // 2), (102, area_m2 - area_m2 // 2), (103, area_m2)):
        feature = json.loads(json.dumps(features[f"59999000AB{number - 90:04}"]))
        feature["id"] = feature["properties"]["id"] = f"59999000AB{number:04}"
        feature["properties"] |= {"numero": str(number), "contenance": share_m2}
        drawn.append(feature)
    file = town.paper("new.json", json.dumps({"type": "FeatureCollection", "features": drawn}))
    left, right, whole = (f"59999000AB{number:04}" for number in (101, 102, 103))
    assert "m² together, and 59999000AB0005 has" in town.does("divide", shop, file, deed, left, fails=True)
    assert f"divided into {left}, {right}" in town.does("divide", shop, file, deed, left, right)
    assert "divided or merged away" in town.does("divide", shop, file, deed, left, right, fails=True)
    assert f"merged into {whole}" in town.does("merge", whole, file, deed, left, right)
    assert "← AB 101, AB 102" in town.does("title", whole)


def test_burdens_lie_on_a_title_until_they_are_lifted_or_over(town, shop):
    way, order = town.paper("way.pdf", "a right of way"), town.paper("order.pdf", "an order")
    town.does("burden", "lay", "easement", shop, way, "--serves", "59999000AB0001")
    assert "easement 0x" in (title := town.does("title", shop))
    assert "— 59999000AB0001" in title
    town.does("burden", "caveat", shop, order, town.day(20))
    assert "barred by a caveat" in town.does("title", shop)
    assert "LandRegister_NotOver" in town.does("burden", "sweep", shop, order, "--account", "bank", fails=True)
    town.estate.pass_days(22)
    town.does("burden", "sweep", shop, order, "--account", "bank")
    town.does("burden", "lift", shop, way)
    assert "free" in town.does("title", shop)
    again = ("caveat", shop, order, town.day(40))
    assert "LandRegister_CaveatedBefore" in town.does("burden", *again, fails=True)
    town.does("burden", "lay", "caveat", shop, order, "--until", town.day(40))
    assert "barred by a caveat" in town.does("title", shop)


def test_once_the_founding_import_is_over_the_notary_attests_a_first_registration(town, cadastre):
    seller = town.people["seller"].address
    town.estate.pass_days(90)
    assert "attested: now the registrar" in town.does("register", SHOP, cadastre, seller, "--attest")
    assert "is registered" in town.does("register", SHOP, cadastre, seller)
    assert "batches attested" in town.does("import", cadastre, "--holder", seller, "--attest")
    assert "parcels registered" in town.does("import", cadastre, "--holder", seller)
    assert "0 to register" in town.does("import", cadastre, "--holder", seller)


def test_permits_are_granted_by_the_clerk_or_by_silence(town, shop):
    paper = town.paper("request.pdf")
    rules = ("permit", "rules", "--kind", 2)
    assert "Announced" in town.does(*rules)
    town.estate.pass_days(2)
    assert "62 days to decide" in town.does(*rules)
    assert "Planning_OnlyHolder" in town.does("permit", "file", shop, 2, paper, "--account", "buyer", fails=True)
    for _ in range(2):
        town.does("permit", "file", shop, 2, paper, "--account", "seller")
    town.does("permit", "decide", "grant", 1, paper)
    town.estate.pass_days(2)
    assert "Permit 1 is granted." in town.does("permit", "decide", "grant", 1, paper)
    assert "filed" in (shown := town.does("permit", "show", 2))
    assert "Building is not allowed today" in shown
    town.estate.pass_days(62)
    assert "Building is allowed today" in town.does("permit", "show", 2)
    assert "there is no permit 9" in town.does("permit", "show", 9, fails=True)


def test_taxes_are_set_valued_published_and_paid_once(town, shop):
    paper, seller = town.paper("deliberation.pdf"), town.people["seller"].address
    rates = ("tax", "rates", paper, "--from", town.day(5))
    assert "Announced" in town.does(*rates)
    value = ("tax", "value", shop, "180000", paper)
    town.does(*value)
    bills = town.paper("bills.csv", f"parcel;account;amount\n{shop};{seller};812,50\n{LOT};{NOTARY.address};90\n")
    town.does("tax", "publish", 2026, bills)
    assert "this is not the roll of 2026" in town.does(
        "tax", "pay", 2026, bills, shop, "--account", "seller", fails=True
    )
    town.estate.pass_days(2)
    assert "5.80665 % of the price" in town.does(*rates)
    assert "valued at 180,000.00" in town.does(*value)
    assert "2 bills, 902.50 in all" in town.does("tax", "publish", 2026, bills)
    assert "812.50 paid: receipt 0x" in town.does("tax", "pay", 2026, bills, shop, "--account", "seller")
    assert "Paid already" in town.does("tax", "pay", 2026, bills, shop, "--account", "seller")
    assert "has no bill of" in town.does("tax", "pay", 2026, bills, LOT, "--account", "seller", fails=True)
    assert "90.00 paid" in town.does("tax", "pay", 2026, bills, LOT, "--of", NOTARY.address, "--account", "seller")
    assert "in all 5,806.65" in town.does("tax", "assess", "100000")


def test_a_certificate_is_drawn_from_the_registered_file(town, cadastre, shop):
    page = town.folder / "title.html"
    command = ("title", shop, "--certificate", page)
    assert "a certificate takes --cadastre" in town.does(*command, fails=True)
    url = "https://town.example/#/title/{parcel}"
    assert "is written; its fingerprint is" in town.does(*command, "--cadastre", cadastre, "--url", url)
    assert "https://town.example/#/title/59999000AB0005" in page.read_text()
    assert "is not registered" in town.does("title", "59999000AB0099", fails=True)


SCRIPTS = sorted(path.stem for path in (ROOT / "scripts" / "land").glob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS)
def test_help_teaches(town, script):
    code, printed = town.shell.run("land", script, "--help")
    assert code == 0, printed
    assert "ape run land" in printed


def test_a_town_without_land_says_what_to_add(town, tmp_path):
    path, plain = tmp_path / "plain.yaml", f"{town.estate.manifest.town}-plain"
    text = (TOWNS / "example.yaml").read_text().replace("valombre-sur-lys", plain)
    path.write_text(text[: text.index("\nland:")])
    at = ("--town", str(path), "--network", town.estate.rpc.url)
    code, printed = town.shell.run("land", "title", SHOP, *at)
    assert (code, "is not deployed on chain 31337" in printed) == (1, True), printed
    town.shell.run("deploy", *at)
    code, printed = town.shell.run("land", "title", SHOP, *at)
    assert (code, "add the section `land` to its file" in " ".join(printed.split())) == (1, True), printed
    (ROOT / "deployments" / "31337" / f"{plain}.json").unlink()
