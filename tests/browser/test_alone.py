"""A town without a post office: people post for themselves, and are told that they pay for it."""

import shutil

import pytest

from beffroi.demo.open_house import SUBJECT
from beffroi.demo.static_site import static_site
from beffroi.publish import publish
from testbed.browser.person import someone

STATION = "/vote/4"


@pytest.fixture(scope="module")
def site(built, town, stage, config, tmp_path_factory):
    """The same site, whose town has no post office."""
    folder = tmp_path_factory.mktemp("alone") / "site"
    shutil.copytree(built, folder)
    publish(folder / "town", stage.manifest, config, stage.papers, rpc=stage.rpc.url, post=None)
    with static_site(folder) as url:
        yield url


@pytest.fixture
def citizen(browser, site, stage, citizen_key):
    with someone(browser, site, {stage.rpc.url}, rpc=stage.rpc, key=citizen_key) as person:
        yield person.visits("/").connects()


def test_a_citizen_is_told_that_her_wallet_pays_and_without_ether_why_nothing_moves(citizen, merchant_key, stage):
    currency = stage.contract("LocalCurrency")
    citizen.reads("Cette commune n’a pas de bureau de poste")
    citizen.goes("/pay").field("À qui").fill(merchant_key.address)
    citizen.field("Montant").fill("1")
    before = currency.read(stage.rpc, "balanceOf", merchant_key.address)
    citizen.page.get_by_role("button", name="Payer 1,00").click()
    citizen.signs().reads("Il n’y a pas assez d’ether sur ce compte pour les frais.")
    assert currency.read(stage.rpc, "balanceOf", merchant_key.address) == before


def test_a_citizen_with_ether_pays_and_votes_by_herself(citizen, merchant_key, stage):
    currency, consultations = stage.contract("LocalCurrency"), stage.contract("Consultations")
    stage.rpc.call("anvil_setBalance", citizen.address, hex(10**18))
    before = currency.read(stage.rpc, "balanceOf", merchant_key.address), consultations.read(stage.rpc, "ballots", 4)
    citizen.goes("/pay").field("À qui").fill(merchant_key.address)
    citizen.field("Montant").fill("1")
    citizen.page.get_by_role("button", name="Payer 1,00").click()
    citizen.signs().reads("payés à")
    citizen.goes(STATION).page.get_by_role("radio", name=SUBJECT.options[0]).check()
    citizen.presses("Chiffrer mon bulletin").presses("Déposer dans l’urne").signs()
    citizen.reads("Votre bulletin est dans l’urne, d’après ce nœud.")
    after = currency.read(stage.rpc, "balanceOf", merchant_key.address), consultations.read(stage.rpc, "ballots", 4)
    assert (after[0] - before[0], after[1] - before[1]) == (100, 1)
    assert len(citizen.wallet.sent) == 2
