"""Land by its commands alone, as registrar, notary, clerk, sellers, buyers and banks give them."""

import datetime as dt
import json
import os

import pytest
from eth_account import Account

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from beffroi.land import village
from beffroi.land.parcels import ParcelId
from beffroi.town.session import TOWNS
from tests.support.anvil import anvil
from tests.support.ape_shell import ApeShell
from tests.support.estate import NOTARY, REGISTRAR, TREASURER, found

PASSPHRASE = "the bell of the belfry"
NAME = f"test-land-{os.getpid()}"
SHOP, LOT = "59999000AB0005", "59999000AB0006"


class Town:
    """A terminal, a folder of papers, and people with keyfiles."""

    def __init__(self, shell, estate, path, folder, people):
        self.shell, self.estate, self.path, self.folder, self.people = shell, estate, path, folder, people

    def does(self, *words, fails=False):
        """What a command prints; all its words on one line."""
        at = ("--town", str(self.path), "--network", self.estate.rpc.url)
        code, printed = self.shell.run("land", *map(str, words), *at)
        assert (code != 0) == fails, printed
        return " ".join(printed.split())

    def paper(self, name, text="as deliberated"):
        path = self.folder / name
        path.write_text(text)
        return path

    def day(self, after):
        return str(dt.datetime.fromtimestamp(self.estate.offices.now_s() + after * 86_400, dt.UTC).date())


@pytest.fixture(scope="module")
def people():
    return {name: Account.from_key(bytes([place]) * 32) for place, name in enumerate(("seller", "buyer", "bank"), 81)}


@pytest.fixture(scope="module")
def standing(tmp_path_factory, people):
    folder = tmp_path_factory.mktemp("land")
    (folder / "ape" / "accounts").mkdir(parents=True)
    environment = {"APE_DATA_FOLDER": str(folder / "ape"), "COLUMNS": "240"}
    for name, account in (people | {"notary": NOTARY, "registrar": REGISTRAR}).items():
        encrypted = json.dumps(Account.encrypt(account.key, PASSPHRASE, iterations=2))
        (folder / "ape" / "accounts" / f"{name}.json").write_text(encrypted)
        environment[f"APE_ACCOUNTS_{name}_PASSPHRASE"] = PASSPHRASE
    path = folder / "town.yaml"
    path.write_text((TOWNS / "example.yaml").read_text().replace("valombre-sur-lys", NAME))
    shell = ApeShell({**os.environ, **environment})
    try:
        with anvil() as url:
            estate = found(Rpc(url), ROOT / "deployments", path)
            for place, account in enumerate(people.values()):
                estate.rpc.call("anvil_setBalance", account.address, hex(10**19))
                estate.act(REGISTRAR, estate.offices.residents, "enrol", 1, [account.address], [])
                issue = (account.address, 500_000_00, (100 + place).to_bytes(32))
                estate.act(TREASURER, estate.offices.money, "issue", *issue)
            yield Town(shell, estate, path, folder, people)
    finally:
        shell.close()
        for left in (ROOT / "deployments").glob(f"*/{NAME}.json"):
            left.unlink()


@pytest.fixture
def town(standing):
    before = standing.estate.rpc.call("evm_snapshot")
    yield standing
    standing.estate.rpc.call("evm_revert", before)


@pytest.fixture
def cadastre(town):
    features = [it for it in village.cadastre()["features"] if it["id"] not in ("59999000AB0001", "59999000ZA0001")]
    features[10]["properties"]["contenance"] = None
    return town.paper("village.json", json.dumps({"type": "FeatureCollection", "features": features}))


@pytest.fixture
def shop(town, cadastre):
    """A parcel of the seller's."""
    town.does("register", SHOP, cadastre, town.people["seller"].address)
    return SHOP


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


def test_a_house_with_a_mortgage_is_sold_from_desk_to_desk(town, shop):
    deed, sale, bank = town.paper("deed.pdf"), town.folder / "sale.json", town.people["bank"].address
    inscribed = town.does("charge", "inscribe", shop, bank, "100000", "2045-06-30", deed)
    assert "Mortgage 1 of 100,000.00 is inscribed on 59999000AB0005, at rank 1." in inscribed
    terms = ("--buyer", town.people["buyer"].address, "--deposit", "20000", "--condition", "loan")
    fee = ("--fee", NOTARY.address, "3000")
    loan = ("--lender", bank, "--loan", "90000", "--loan-due", "2050-01-31")
    drafted = town.does("sell", "draft", sale, shop, "200 000,00", deed, *terms, *fee, *loan)
    assert "214,613.30 in all, of which 11,613.30 of tax" in drafted
    assert "the compromis lacks the signatures of" in town.does("sell", "open", sale, fails=True)
    assert "is no party to the compromis" in town.does("sell", "sign", sale, "--account", "bank", fails=True)
    assert "the compromis awaits" in town.does("sell", "sign", sale, "--account", "seller")
    assert "is signed by all" in town.does("sell", "sign", sale, "--account", "buyer")
    assert f"{shop} is locked" in town.does("sell", "open", sale)

    assert "leave 0x" in town.does("sell", "fund", sale, "1", "--account", "seller", fails=True)
    town.does("sell", "fund", sale, "20000", "--account", "buyer")
    assert "deposited, 20,000.00 in escrow" in town.does("sell", "status", sale)
    town.does("sell", "condition", sale, "loan", "met", deed)
    town.does("sell", "fund", sale, "90000", "--account", "bank")
    assert "0.00 still awaited" in town.does("sell", "fund", sale, "104613.30", "--account", "buyer")
    for name in ("seller", "buyer"):
        town.does("sell", "sign", sale, "--act", "deed", "--account", name)
    assert f"the deed lacks the signatures of {bank}" in town.does("sell", "settle", sale, fails=True)
    town.does("sell", "sign", sale, "--act", "deed", "--account", "bank")
    assert "Conveyance_TooEarly" in town.does("sell", "settle", sale, fails=True)
    town.estate.pass_days(12)
    settled = town.does("sell", "settle", sale)
    assert f"{bank} is paid 100,000.00" in settled
    assert f"{town.people['seller'].address} is paid 100,000.00" in settled
    assert "settled, 0.00 in escrow" in town.does("sell", "status", sale)
    title = town.does("title", shop)
    assert f"{town.people['buyer'].address} full 1" in title
    assert "conveyed" in title
    assert "90,000.00 2050-01-31" in title


@pytest.fixture
def opened(town, shop):
    """The file of a sale that is open."""
    sale = town.folder / "sale.json"
    terms = ("--buyer", town.people["buyer"].address, "--deposit", "20000")
    town.does("sell", "draft", sale, shop, "200000", town.paper("deed.pdf"), *terms)
    for name in ("seller", "buyer"):
        town.does("sell", "sign", sale, "--account", name)
    town.does("sell", "open", sale)
    return sale


def test_a_sale_left_alone_is_over_and_refunded_by_anyone(town, opened):
    town.does("sell", "fund", opened, "20000", "--account", "buyer")
    assert "Conveyance_TooEarly" in town.does("sell", "cancel", opened, "--why", "expired", fails=True)
    town.estate.pass_days(121)
    town.does("sell", "cancel", opened, "--why", "expired", "--account", "bank")
    refunded = town.does("sell", "refund", opened, "--account", "bank")
    assert f"{town.people['buyer'].address} has 20,000.00 back" in refunded


def test_a_buyer_retracts_or_both_give_up(town, opened):
    town.does("sell", "sign", opened, "--act", "retraction", "--account", "buyer")
    for name in ("seller", "buyer"):
        town.does("sell", "sign", opened, "--act", "rescission", "--account", name)
    before = town.estate.rpc.call("evm_snapshot")
    town.does("sell", "retract", opened, "--account", "bank")
    assert "cancelled" in town.does("sell", "status", opened)
    town.estate.rpc.call("evm_revert", before)
    town.does("sell", "cancel", opened, "--why", "rescinded", "--account", "bank")
    assert "cancelled" in town.does("sell", "status", opened)


def test_terms_are_amended_by_all(town, opened):
    town.does("amend", "propose", opened, "--price", "190000", "--settle-by", town.day(150))
    assert "the amendment lacks the signatures of" in town.does("amend", "post", opened, fails=True)
    for name in ("seller", "buyer"):
        town.does("sell", "sign", opened, "--act", "amendment", "--account", name)
    town.does("amend", "post", opened)
    assert f"{town.people['buyer'].address} still pays 201,032.63" in town.does("sell", "status", opened)


def test_the_town_preempts_in_its_zone(town, shop, opened):
    paper = town.paper("deliberation.pdf")
    for command in (("zone", "open", paper, "--preempts"), ("zone", "place", 1, shop)):
        assert "Announced" in town.does(*command)
        town.estate.pass_days(2)
        town.does(*command)
    assert "the town may pre-empt" in town.does("sell", "status", opened)
    town.does("sell", "fund", opened, "20000", "--account", "buyer")
    town.does("sell", "declare", opened)
    assert "Announced" in town.does("sell", "answer", opened, "preempt", paper)
    town.estate.pass_days(2)
    assert "The town pre-empted" in town.does("sell", "answer", opened, "preempt", paper)
    town.does("sell", "cancel", opened, "--why", "preempted")
    assert "20,000.00 back" in town.does("sell", "refund", opened)


def test_a_file_of_another_chain_or_of_nothing_is_refused(town, opened):
    content = json.loads(opened.read_text())
    opened.write_text(json.dumps(content | {"chainId": 1}))
    assert "choose the other network or town" in town.does("sell", "open", opened, fails=True)
    opened.write_text("{}")
    assert "is not the file of a sale: `ape run land sell draft` makes one" in town.does(
        "sell", "open", opened, fails=True
    )


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
    assert "mortgage 1 is not on 59999000AB0005: it has 2" in town.does("charge", "release", shop, 1, fails=True)
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


@pytest.mark.parametrize("script", ["import", "register", "enact", "sell", "amend", "charge", "divide", "merge", "zone",
                                    "permit", "tax", "title"])  # fmt: skip
def test_help_teaches(town, script):
    code, printed = town.shell.run("land", script, "--help")
    assert code == 0, printed
    assert "ape run land" in printed


def test_a_town_without_land_says_what_to_add(town, tmp_path):
    path = tmp_path / "plain.yaml"
    text = (TOWNS / "example.yaml").read_text().replace("valombre-sur-lys", f"{NAME}-plain")
    path.write_text(text[: text.index("\nland:")])
    at = ("--town", str(path), "--network", town.estate.rpc.url)
    code, printed = town.shell.run("land", "title", SHOP, *at)
    assert (code, "is not deployed on chain 31337" in printed) == (1, True), printed
    town.shell.run("deploy", *at)
    code, printed = town.shell.run("land", "title", SHOP, *at)
    assert (code, "add the section `land` to its file" in " ".join(printed.split())) == (1, True), printed
    (ROOT / "deployments" / "31337" / f"{NAME}-plain.json").unlink()
