"""Land in the browser: the map by keyboard, a title and its life, one's part of a sale, the tax."""

import re
from dataclasses import dataclass

import pytest
import requests
from playwright.sync_api import expect

from beffroi.chain.keys import Key
from beffroi.currency import issuing
from beffroi.demo.land import HOUSE, NEXT_DOOR, begin_a_sale
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandContracts
from beffroi.land.sale import Sales


@pytest.fixture(scope="session")
def _houses(stage):
    """Built parcels with the keys of those who hold them, which no other test uses."""
    keys = {key.address: key for key in stage.people["citizen"]}
    offices = LandContracts.at(stage.rpc, stage.manifest)
    built = [parcel.id for parcel in stage.papers.parcels if parcel.id.section == "AB"]
    titles = zip(built, offices.titles([it.token_id for it in built]), strict=True)
    free = [(parcel, keys[title.owner]) for parcel, title in titles if title.owner in keys]
    # From the end: citizens are drawn from the beginning, and nobody sells to herself.
    return iter([(parcel, key) for parcel, key in reversed(free) if parcel not in (HOUSE, NEXT_DOOR)])


@dataclass
class Sold:
    """A sale that has just begun."""

    number: int
    parcel: ParcelId
    seller: Key
    buyer: Key


@pytest.fixture
def sale(town, stage, _houses, citizen_key):
    parcel, seller = next(_houses)
    paid = (citizen_key.address, 20_000_00, issuing.reference(f"savings of {citizen_key.address}"))
    stage.act(stage.office("treasurer"), "LocalCurrency", "issue", *paid, purpose="issue")
    return Sold(begin_a_sale(stage, parcel, seller, citizen_key), parcel, seller, citizen_key)


@pytest.fixture
def balance(stage):
    currency = stage.contract("LocalCurrency")
    return lambda key: currency.read(stage.rpc, "balanceOf", key.address)


@pytest.fixture
def comes(arrives):
    """Someone comes with her wallet connected."""
    return lambda key: arrives(key=key).visits("/").connects()


def test_anyone_walks_over_the_map_by_keyboard_and_opens_a_parcel(arrives):
    anyone = arrives(phone=False).visits("/land").reads("titre libre")
    parcels = anyone.page.get_by_role("group", name=re.compile("Carte des parcelles")).get_by_role("link")
    expect(parcels.nth(20)).to_be_visible()
    focused = anyone.page.locator("path.plot:focus")
    for _ in range(60):
        anyone.types("Tab")
        if focused.count():
            break
    first = focused.get_attribute("aria-label")
    anyone.types("ArrowRight")
    second = focused.get_attribute("aria-label")
    assert second != first
    anyone.types("Enter").sees_view()
    expect(anyone.page.locator("h1")).to_have_text(f"Parcelle {second.split(',')[0]}")


def test_anyone_finds_a_title_with_its_history_and_its_charges(arrives, stage):
    anyone = arrives().visits("/land")
    anyone.field("Chercher une parcelle").fill("AB 7")
    anyone.types("Enter").sees_view()
    expect(anyone.page.locator("h1")).to_have_text("Parcelle AB 7")
    for told in ("la totalité", "Vente conclue", "Hypothèque inscrite", "Titre immatriculé", "Taxe foncière payée"):
        anyone.reads(re.compile(told))
    expect(anyone.page.get_by_role("table", name="Hypothèques, par rang").get_by_role("row")).to_have_count(2)


def test_a_parcel_that_is_none_is_told(arrives):
    arrives().visits("/land/parcel/12").reads("Cet identifiant n’est pas celui d’une parcelle")


def test_a_holder_finds_her_title_and_her_sale(sale, comes):
    seller = comes(sale.seller).goes("/land/mine").follows(f"Vente de la parcelle {sale.parcel.label}").sees_view()
    seller.reads("Dépôt versé")


def test_a_buyer_retracts_in_time_and_takes_her_money_back(sale, comes, balance, stage):
    had, buyer = balance(sale.buyer), comes(sale.buyer)
    buyer.goes(f"/land/sale/{sale.number}").presses("Me rétracter")
    buyer.reads(f"Vous renoncez à acheter la parcelle {sale.parcel.label}").signs().reads("abandonnée")
    stage.rpc.call("anvil_setBalance", buyer.address, hex(10**18))
    buyer.presses(re.compile("^Reprendre 18.000,00")).signs().reads("La somme est de retour sur votre compte.")
    assert balance(sale.buyer) - had == 18_000_00


def test_both_parties_sign_to_give_a_sale_up_and_the_town_posts_it(sale, comes, town, stage):
    terms = Sales(LandContracts.at(stage.rpc, stage.manifest)).terms_of(sale.number)
    act = {"act": "rescission", "sale": str(sale.number), "terms": terms.plain()}
    assert requests.post(f"{town.post}/v1/deeds", json=act, timeout=10).ok
    for key in (sale.seller, sale.buyer):
        party = comes(key).goes("/land/mine")
        party.follows(f"Résiliation amiable — parcelle {sale.parcel.label}").sees_view()
        party.reads("En signant, vous renoncez à la vente.").presses("Signer").signs()
        party.reads(re.compile("Votre signature est donnée|Vous avez signé cet acte"))
    party.goes(f"/land/sale/{sale.number}").reads("abandonnée")


def test_a_stranger_to_a_sale_reads_it_and_cannot_act(sale, comes, other_citizen_key):
    stranger = comes(other_citizen_key).goes(f"/land/sale/{sale.number}")
    stranger.reads(f"Vente de la parcelle {sale.parcel.label}")
    expect(stranger.button("Me rétracter")).to_have_count(0)


def test_the_land_tax_is_paid_by_a_slip_and_its_receipt_stays(comes, stage, balance):
    payer = comes(stage.people["citizen"][4])
    roll = stage.papers.taxes[-1]
    place = next(place for place, bill in enumerate(roll.bills) if bill.title == NEXT_DOOR.token_id)
    amount, had = roll.bills[place].amount_cents, balance(payer.wallet)
    payer.goes(f"/land/tax/{roll.year}/{place}").presses(re.compile("^Payer ")).signs().reads("Taxe payée.")
    assert had - balance(payer.wallet) == amount
    payer.goes(f"/land/parcel/{NEXT_DOOR}").reads("Taxe foncière payée")
