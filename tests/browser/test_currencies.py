"""A town with two moneys, the second with a treasurer of its own: its desk, its payments, its figures, its names."""

import os
import re
import shutil

import pytest
from playwright.sync_api import expect
from rich.console import Console
from ruamel.yaml import YAML

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.cli.narrator import TerminalNarrator
from beffroi.demo.serving import served
from beffroi.demo.stage import Stage
from beffroi.publish import Papers, Wallet
from beffroi.town.session import TOWNS
from testbed.anvil import anvil
from testbed.browser.person import someone
from testbed.estate import PAPER, found
from testbed.town import AUDITOR, ELSEWHERE, TREASURER

HOURS = "Heures de Valombre"
HOURS_TREASURER = ELSEWHERE[1]
SECOND = {
    "instance": "TimeCredit",
    "name": HOURS,
    "symbol": "HVL",
    "commons": "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
    "redemption_fee_bps": 0,
    "offices": {"treasurer": [{"account": HOURS_TREASURER.address}]},
}


@pytest.fixture(scope="module")
def estate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("currencies")
    town = YAML().load((TOWNS / "example.yaml").read_text())
    town["currency"] = [town["currency"], SECOND]
    with (folder / "town.yaml").open("w") as file:
        YAML().dump(town, file)
    with anvil() as url:
        estate = found(Rpc(url), folder, folder / "town.yaml")
        estate.act(AUDITOR, money(estate, "TimeCredit"), "attestReserve", 1_000_00, PAPER)
        yield estate


@pytest.fixture(scope="module")
def places(estate, built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("currencies-site")
    site = folder / "site"
    shutil.copytree(built, site)
    with open(os.devnull, "w") as silence:
        papers = Papers(wallets=[Wallet("citizen", "Bob, habitant", "Bob, resident", estate.bob.secret)])
        stage = Stage(TerminalNarrator(Console(file=silence)), estate.rpc, estate.manifest, papers=papers)
        with served(stage, estate.town.config, site) as places:
            yield places


@pytest.fixture
def comes(browser, places, estate):
    """Someone of this town at the dApp, with her wallet: `comes(key)` is a context."""

    def comes(key):
        return someone(browser, places.site, {places.post, estate.rpc.url}, rpc=estate.rpc, key=key, phone=False)

    return comes


def money(estate, name):
    return Contract.built("LocalCurrency", estate.manifest.address(name))


def balances(estate, who):
    return [money(estate, it).read(estate.rpc, "balanceOf", who.address) for it in ("LocalCurrency", "TimeCredit")]


def links(person, name):
    return person.page.get_by_role("link", name=name, exact=True)


def issues(treasurer, account, amount):
    """Fills the form of the page in and sends it."""
    treasurer.field("Compte").fill(account)
    treasurer.field("Montant").fill(amount)
    treasurer.field("Référence").first.fill("reçu 7")
    treasurer.presses("Vérifier et envoyer")
    treasurer.button(f"Émettre de la monnaie — {HOURS}").click()
    return treasurer.signs().reads("L’acte est accompli.")


def test_its_own_treasurer_issues_it_and_nothing_else(comes, estate):
    had = balances(estate, estate.bob)
    with comes(HOURS_TREASURER) as treasurer:
        treasurer.visits("/").connects().goes("/desk").reads(f"trésorier — {HOURS}")
        assert treasurer.is_kept_out() == []
        expect(links(treasurer, "Émettre de la monnaie — Lys de Valombre")).to_have_count(0)
        treasurer.follows(f"Émettre de la monnaie — {HOURS}")
        expect(treasurer.page).to_have_url(re.compile("#/desk/TimeCredit/act/issue$"))
        issues(treasurer, estate.bob.address, "50")
    assert balances(estate, estate.bob) == [had[0], had[1] + 50_00]


def test_the_towns_treasurer_issues_the_first_alone(comes):
    with comes(TREASURER) as treasurer:
        treasurer.visits("/").connects().goes("/desk")
        expect(links(treasurer, "Émettre de la monnaie — Lys de Valombre")).to_be_visible()
        expect(links(treasurer, f"Émettre de la monnaie — {HOURS}")).to_have_count(0)


def test_the_towns_auditor_attests_both(comes):
    with comes(AUDITOR) as auditor:
        auditor.visits("/").connects().goes("/desk")
        for name in ("Lys de Valombre", HOURS):
            expect(links(auditor, f"Attester la réserve — {name}").first).to_be_visible()


def test_a_citizen_pays_in_the_second_and_sees_both_at_home(comes, estate):
    estate.act(HOURS_TREASURER, money(estate, "TimeCredit"), "issue", estate.cleo.address, 20_00, b"cleo".ljust(32))
    had, had_ada = balances(estate, estate.cleo), balances(estate, estate.ada)
    with comes(estate.cleo) as cleo:
        cleo.visits("/").connects().goes("/").reads(re.compile("^20,00.HVL$"))
        assert cleo.is_kept_out() == []
        cleo.follows(re.compile(f"^{HOURS}")).follows("Payer")
        cleo.field("À qui").fill(estate.ada.address)
        cleo.field("Montant").fill("12,50")
        cleo.presses(re.compile("^Payer"))
        expect(cleo.page.get_by_role("dialog")).to_contain_text(re.compile("12,50.HVL"))
        cleo.signs().reads(re.compile("^12,50.HVL payés à"))
        assert cleo.wallet.sent == [], "the post office paid"
        cleo.goes("/").reads(re.compile("^7,50.HVL$"))
    assert balances(estate, estate.cleo) == [had[0], had[1] - 12_50]
    assert balances(estate, estate.ada) == [had_ada[0], had_ada[1] + 12_50]


def test_figures_and_audit_tell_of_each_by_its_name(comes, estate):
    with comes(estate.bob) as reader:
        reader.visits("/town")
        for name in ("Lys de Valombre", HOURS):
            expect(reader.page.get_by_role("heading", name=f"Monnaie — {name}")).to_be_visible()
        reader.reads(re.compile("HVL$"))
        assert reader.is_kept_out() == []
        reader.goes("/audit").reads("issue, issueBatch, settle, settleMany")
        told = reader.page.get_by_role("row", name=f"trésorier — {HOURS}")
        expect(told.filter(has_text="TimeCredit").first).to_contain_text("issue")
        expect(reader.page.get_by_text(re.compile("^(Rôle|rôle) [0-9]{6,}"))).to_have_count(0)
        assert reader.is_kept_out() == []
