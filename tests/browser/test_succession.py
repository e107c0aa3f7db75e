"""A town whose money and sales moved on to other contracts: what is left in the old ones is shown, and ends there."""

import os
import re
import shutil
from dataclasses import replace

import pytest
import requests
from playwright.sync_api import expect
from rich.console import Console

from beffroi.chain.contract import Contract
from beffroi.chain.order import OrderState
from beffroi.chain.rpc import Rpc
from beffroi.cli.narrator import TerminalNarrator
from beffroi.currency import succession
from beffroi.demo.serving import served
from beffroi.demo.stage import Stage
from beffroi.land import deeds
from beffroi.land.registry import LandContracts
from beffroi.land.sale import Sales
from beffroi.publish import Papers, Wallet
from beffroi.residents import ResidentKind
from beffroi.town.apply import apply_plan
from beffroi.town.config import TownConfig
from beffroi.town.manifest import manifest_path, read_manifest
from beffroi.town.plan import make_plan
from beffroi.town.retiring import NotPausedError
from beffroi.units import DAY_S
from testbed.anvil import anvil
from testbed.browser.person import someone
from testbed.estate import FIELD, HOUSE, PAPER, RATES, found
from testbed.town import CONFIG, COURT, ELSEWHERE, GUARDIAN, MAYOR, NOTARY, POSTER, REGISTRAR, TREASURER, fund, undone
from tests.browser.harness.desk import carries_out

MERCHANT = ELSEWHERE[2]
REST = 1_000_00
INVOICE = b"invoice 12".ljust(32)
OLD, NEW = "Lys de Valombre", "Lys nouveau"


def following():
    """The town's file once the council has decided."""
    content = CONFIG.model_dump()
    (money,) = content["currency"]
    land = content["land"] | {
        "currency": "Lys2",
        "conveyance": {"instance": "Conveyance2", "succeeds": "Conveyance"},
        "tax": {"instance": "LandTax2", "succeeds": "LandTax"},
    }
    lys = money | {"instance": "Lys2", "name": NEW, "symbol": "LYN", "succeeds": "LocalCurrency"}
    return TownConfig.model_validate(content | {"currency": [lys], "land": land})


class Village:
    """The estate after the council's decision: Bob paid for Ada's house before it, and a merchant waits for euros.

    Attributes:
        estate: whose money and sales move on.
        sale: the number of the open one.
        terms: on which it is.
    """

    def __init__(self, estate, folder):
        self.estate, self.folder, self.config = estate, folder, following()
        fund(estate.rpc, [MERCHANT])
        estate.town.enrols(ResidentKind.PROFESSIONAL, MERCHANT)
        estate.act(TREASURER, estate.offices.money, "issue", MERCHANT.address, 500_00, b"shop".ljust(32))
        estate.act(MERCHANT, estate.offices.money, "redeem", 100_00, INVOICE)
        self.terms = estate.terms(HOUSE)
        signatures = estate.sign(deeds.compromis(self.terms), estate.ada, estate.bob)
        self.sale = estate.sales.open(NOTARY, self.terms, signatures)
        estate.pay_in(self.sale, estate.bob, self.terms.due_cents - REST)
        with pytest.raises(NotPausedError):
            self._deploys()
        accounts = [key.address for key in (MERCHANT, *estate.people.values(), NOTARY)]
        informed = succession.inform(estate.rpc, estate.offices.residents, self.money("Lys2"), POSTER, accounts)
        assert all(it.state == OrderState.DONE for it in informed)

    @property
    def manifest(self):
        return read_manifest(manifest_path(31337, CONFIG.town, self.folder))

    def money(self, name):
        return Contract.built("LocalCurrency", self.manifest.address(name))

    def balances(self, who):
        return [self.money(name).read(self.estate.rpc, "balanceOf", who.address) for name in ("LocalCurrency", "Lys2")]

    def retires(self):
        """The guardian and ADMIN end the old currency, unless they have; Bob has paid by then."""
        if left := self.left_to_pay():
            self.estate.pay_in(self.sale, self.estate.bob, left, b"rest".ljust(32))
        if not self.money("LocalCurrency").read(self.estate.rpc, "paused"):
            self.estate.town.pauses(self.money("LocalCurrency"))
            self._deploys()

    def left_to_pay(self):
        return self.estate.sales.left_to_pay(self.sale, self.terms)[self.estate.bob.address]

    def _deploys(self):
        plan = make_plan(self.estate.rpc, self.config, MAYOR.address, self.manifest)
        apply_plan(plan, self.estate.rpc, MAYOR, folder=self.folder)


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    folder = tmp_path_factory.mktemp("succession")
    with anvil() as url:
        yield Village(found(Rpc(url), folder), folder)


@pytest.fixture(scope="module")
def places(village, built, tmp_path_factory):
    site = tmp_path_factory.mktemp("succession-site") / "site"
    shutil.copytree(built, site)
    with open(os.devnull, "w") as silence:
        papers = Papers(wallets=[Wallet("citizen", "Cleo, habitante", "Cleo, resident", village.estate.cleo.secret)])
        stage = Stage(TerminalNarrator(Console(file=silence)), village.estate.rpc, village.manifest, papers=papers)
        with served(stage, village.config, site) as places:
            yield places


@pytest.fixture
def comes(browser, places, village):
    rpc = village.estate.rpc

    def comes(key):
        return someone(browser, places.site, {places.post, rpc.url}, rpc=rpc, key=key, phone=False)

    return comes


def test_admins_forms_enrol_an_institution_let_a_module_go_and_retire_the_currency(comes, village):
    """A module that nobody needs: what is asked is written on the chain by the form alone."""
    estate, rpc = village.estate, village.estate.rpc
    planning, charges = estate.offices.planning.address, estate.offices.register.address
    with undone(rpc), comes(MAYOR) as mayor:
        mayor.visits("/").connects()
        for name, field, account in (
            ("Inscrire une institution", "Compte", planning),
            ("Laisser partir un module", "Contrat du module", charges),
        ):
            mayor.goes("/desk").follows(name).sees_view()
            assert mayor.is_kept_out() == []
            mayor.field(field).fill(account)
            mayor.presses("Vérifier et envoyer")
            carries_out(mayor, name)
        assert estate.offices.residents.read(rpc, "isInstitution", planning)
        assert charges.lower() not in map(str.lower, estate.offices.residents.read(rpc, "followers"))

        estate.town.pauses(village.money("LocalCurrency"))
        mayor.goes("/desk").follows(f"Retirer la monnaie — {OLD}").sees_view()
        mayor.field("Monnaie qui succède").fill(village.manifest.address("Lys2"))
        mayor.presses("Vérifier et envoyer")
        carries_out(mayor, f"Retirer la monnaie — {OLD}")
        assert village.money("LocalCurrency").read(rpc, "successor").lower() == village.manifest.address("Lys2").lower()


@pytest.mark.parametrize(
    ("name", "stage"),
    [("Laisser une saisie suivre son cours", 3), ("Annuler une saisie", 0)],
    ids=["resumed", "annulled"],
)
def test_admin_decides_of_a_seizure_that_the_guardian_suspended(comes, village, name, stage):
    estate, money = village.estate, village.money("LocalCurrency")
    with undone(estate.rpc), comes(MAYOR) as mayor:
        estate.act(COURT, money, "seize", MERCHANT.address, estate.bob.address, 50_00, PAPER)
        estate.act(GUARDIAN, money, "suspendSeizure", 1, PAPER)
        mayor.visits("/").connects().goes("/desk").follows(re.compile(f"^{name} — {OLD}")).sees_view()
        mayor.field("Pièce justificative").first.fill("décision du conseil")
        mayor.presses("Vérifier et envoyer")
        carries_out(mayor, f"{name} — {OLD}")
        assert money.read(estate.rpc, "seizureOf", 1)[2] == stage


def test_a_stranger_has_none_of_admins_forms(comes, village):
    with comes(village.estate.cleo) as cleo:
        cleo.visits("/").connects().goes("/desk/act/enrolInstitution")
        cleo.field("Compte").fill(village.estate.offices.planning.address)
        cleo.presses("Vérifier et envoyer").reads("Ce compte n’a pas qualité pour cet acte.")


def test_until_it_retires_the_old_currency_pays_and_says_what_will_follow(comes, village):
    with undone(village.estate.rpc), comes(MERCHANT) as merchant:
        merchant.visits("/").connects().goes("/money/LocalCurrency")
        merchant.reads(f"Cette monnaie fera place à {NEW}.").reads("Ouvrir la caisse")
        assert merchant.is_kept_out() == []


def test_until_then_an_open_sale_is_paid_in_the_money_that_it_began_with(comes, village):
    had = village.balances(village.estate.bob)
    with comes(village.estate.bob) as bob:
        bob.visits("/").connects().goes(f"/land/sale/{village.sale}").presses(re.compile("^Verser 1.000,00.LYS$"))
        bob.signs().reads("Votre versement est déposé.")
        assert bob.wallet.sent == [], "the post office paid"
    assert (village.balances(village.estate.bob), village.left_to_pay()) == ([had[0] - REST, had[1]], 0)


def test_the_treasurer_reads_what_a_redemption_is_for_and_settles_it_where_it_began(comes, village):
    with comes(TREASURER) as treasurer:
        treasurer.visits("/").connects().goes("/desk").reads("Référence du titulaire")
        treasurer.reads("0x" + INVOICE.hex())
        assert treasurer.is_kept_out() == []
        name = f"Régler une reconversion — {OLD}"
        treasurer.follows(re.compile(f"^{name}")).sees_view()
        expect(treasurer.page).to_have_url(re.compile("#/desk/LocalCurrency/act/settleRedemption"))
        treasurer.field("Référence").first.fill("virement 31")
        treasurer.presses("Vérifier et envoyer")
        carries_out(treasurer, name)
    assert village.money("LocalCurrency").read(village.estate.rpc, "books")[2] == 0


def test_a_retired_currency_is_shown_and_ones_balance_comes_over(comes, village):
    village.retires()
    had = village.balances(MERCHANT)
    with comes(MERCHANT) as merchant:
        merchant.visits("/").connects().goes("/").reads(f"{OLD} est retirée : {NEW} lui succède")
        merchant.goes("/money/LocalCurrency").reads(f"{OLD} est retirée : {NEW} lui succède")
        merchant.reads(re.compile("^Il y reste .* sur des comptes, et 0,00"))
        expect(merchant.page.get_by_role("link", name="Ouvrir la caisse")).to_have_count(0)
        assert merchant.is_kept_out() == []
        merchant.presses(f"Reporter mon solde en {NEW}")
        expect(merchant.page.get_by_role("dialog")).to_contain_text("Votre solde passe en entier")
        merchant.signs().reads(f"Votre solde est en {NEW}.")
    assert village.balances(MERCHANT) == [0, had[0] + had[1]]


def test_an_open_sale_ends_where_it_began_and_what_it_owes_goes_where_its_payee_says(comes, village):
    """Ada may not receive: the price waits in the old contract, and she sends it to Cleo by a slip."""
    village.retires()
    estate, sale = village.estate, village.sale
    estate.pass_days(12)
    with comes(NOTARY) as notary, comes(estate.ada) as ada, comes(estate.bob) as bob:
        notary.visits("/").connects().goes(f"/desk/deed/of/{sale}").presses(re.compile("^Proposer"))
        notary.reads("L’acte attend les signatures des parties.")
        for party in (ada, bob):
            party.visits("/").connects().goes(f"/land/sale/{sale}")
            party.reads(f"Celle-ci s’achève dans le sien, en {OLD}")
            assert party.is_kept_out() == []
            party.goes("/land/mine").follows(re.compile(f"^Acte de vente — parcelle {HOUSE.label}")).sees_view()
            party.presses("Signer").signs()
            party.reads(re.compile("Votre signature est donnée|Vous avez signé cet acte"))
        estate.act(REGISTRAR, estate.offices.residents, "suspend", estate.ada.address, PAPER)
        notary.goes("/desk").follows(re.compile(f"Conclure la vente parcelle {HOUSE.label} ")).sees_view()
        carries_out(notary, "Conclure la vente")
        assert estate.offices.title(HOUSE).owner == estate.bob.address

        had = village.balances(estate.cleo)
        ada.goes("/land/mine").page.get_by_text("Envoyer ailleurs ce qu’une vente vous doit").click()
        ada.field("À qui").fill(estate.cleo.address)
        ada.presses("Signer et envoyer").signs().reads("C’est envoyé.")
        assert ada.wallet.sent == [], "the post office paid"
    assert village.balances(estate.cleo) == [had[0] + village.terms.price_cents, had[1]]


def test_a_new_sale_is_signed_for_the_new_contract_and_paid_in_the_new_money(comes, village, places):
    village.retires()
    estate = replace(village.estate, offices=LandContracts.at(village.estate.rpc, village.manifest))
    estate = replace(estate, sales=Sales(estate.offices))
    estate.of_clerk(estate.offices.tax, "setRates", estate.offices.now_s() // DAY_S + 3, RATES, PAPER)
    estate.pass_days(3)
    succession.carry_over(estate.rpc, village.money("LocalCurrency"), POSTER, [estate.bob.address])
    terms = estate.terms(FIELD)
    drafted = requests.post(f"{places.post}/v1/deeds", json={"act": "compromis", "terms": terms.plain()}, timeout=10)
    deed = drafted.json()["id"]
    with comes(NOTARY) as notary, comes(estate.ada) as ada, comes(estate.bob) as bob:
        for party in (ada, bob):
            party.visits("/").connects().goes(f"/land/deed/{deed}").presses("Signer").signs()
            party.reads(re.compile("Votre signature est donnée|Vous avez signé cet acte"))
        notary.visits("/").connects().goes(f"/desk/deed/{deed}")
        carries_out(notary, "Ouvrir la vente")
        (opened,) = estate.offices.conveyance.events(estate.rpc, "SaleOpened", first=0)
        had, sale = village.balances(estate.bob), opened.args["sale"]
        bob.goes(f"/land/sale/{sale}").presses(re.compile("^Verser le dépôt")).signs().reads(
            "Votre versement est déposé."
        )
        assert bob.wallet.sent == [], "the post office paid"
    assert village.balances(estate.bob) == [had[0], had[1] - terms.deposit_cents]
