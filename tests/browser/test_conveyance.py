"""A sale from the draft to the new owner, each party in its own browser."""

import os
import re
import shutil

import pytest
from playwright.sync_api import expect
from rich.console import Console

from beffroi.chain.keys import Key
from beffroi.cli.narrator import TerminalNarrator
from beffroi.currency import issuing
from beffroi.demo.land import NEXT_DOOR
from beffroi.demo.serving import served
from beffroi.demo.story import tell
from beffroi.land.deeds import LOAN, PERMIT
from beffroi.land.sale import Sales
from testbed.anvil import anvil
from tests.browser.harness.desk import carries_out, fills, has_share

ANSWER_DAYS = 63
"""One more than the town has to answer a declared sale; the ten days of the buyer are over long before."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """A town of this file's own: a sale takes two months, and the others' consultations close in a week."""
    with anvil() as url, open(os.devnull, "w") as silence:
        yield tell(TerminalNarrator(Console(file=silence)), url, folder=tmp_path_factory.mktemp("deployments"))


@pytest.fixture(scope="module")
def town(stage, config, built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("conveyance") / "site"
    shutil.copytree(built, folder)
    with served(stage, config, folder) as places:
        yield places


@pytest.fixture
def halves(stage, offices, house):
    """A house that two hold by halves, which can be cut in two again."""
    (parcel, one), other = house, stage.people["citizen"][5]
    (title,) = offices.titles([parcel.token_id])
    rights = [(one.address, 0, 2), (other.address, 0, 2)]
    gift = (1, parcel.token_id, title.version, 4, rights, issuing.reference(f"gift {parcel}"))
    offices.concur(stage.office("notary"), stage.office("registrar"), offices.register, "enact", *gift, purpose="give")
    return parcel, one, other


@pytest.fixture
def comes(arrives):
    """Someone comes with her wallet connected."""
    return lambda key: arrives(key=key).visits("/").connects()


@pytest.fixture
def officer(arrives, stage):
    def officer(office):
        key = Key(bytes(stage.office(office).key))
        return arrives(key=key, phone=False).visits("/").connects().goes("/desk")

    return officer


@pytest.fixture
def balance(stage):
    currency = stage.contract("LocalCurrency")
    return lambda key: currency.read(stage.rpc, "balanceOf", key.address)


def drafts(notary, parcel):
    """Begins to draw up a sale; the title is read."""
    notary.goes("/desk/draft").field("Parcelle").fill(str(parcel))
    return notary.reads(re.compile("^Part cédée par"))


def proposes(notary):
    notary.reads("Relisez avant de proposer").presses("Proposer aux parties")
    return notary.reads("L’acte attend les signatures des parties.")


def opens(person, what):
    """Follows what waits at the desk."""
    return person.goes("/desk").follows(re.compile(what)).sees_view()


def signs_deed(person, title):
    person.goes("/land/mine").follows(title).sees_view().presses("Signer")
    return person.signs().reads(re.compile("Votre signature est donnée|Vous avez signé cet acte"))


def pays(buyer, sale, button):
    buyer.goes("/land/mine").goes(f"/land/sale/{sale}").presses(re.compile(button))
    return buyer.signs().reads("Votre versement est déposé.")


def test_a_buyer_who_refuses_keeps_the_page_and_then_pays_the_rest_by_slip(stage, offices, comes, balance):
    buyer = stage.people["citizen"][4]
    (title,) = offices.titles([NEXT_DOOR.token_id])
    sale, sales = NEXT_DOOR.token_id << 16 | title.version, Sales(offices)
    rest, had = sales.left_to_pay(sale, sales.terms_of(sale))[buyer.address], balance(buyer)
    person = comes(buyer).goes("/land/mine").follows(f"Vente de la parcelle {NEXT_DOOR.label}").sees_view()
    person.wallet.refuse()
    person.presses(re.compile("^Verser ")).signs().reads("Vous avez refusé : rien n’a été signé, rien n’a bougé.")
    assert balance(buyer) == had
    person.presses("Recommencer").presses(re.compile("^Verser ")).signs().reads("Votre versement est déposé.")
    assert (rest > 0, had - balance(buyer)) == (True, rest)
    assert sales.left_to_pay(sale, sales.terms_of(sale))[buyer.address] == 0
    assert person.wallet.sent == []


def test_a_house_is_sold_from_the_draft_to_the_new_owner(stage, offices, house, comes, officer, balance):
    (parcel, seller), buyer = house, stage.people["citizen"][2]
    saved = (buyer.address, 30_000_00, issuing.reference(f"savings of {buyer.address}"))
    stage.act(stage.office("treasurer"), "LocalCurrency", "issue", *saved, purpose="issue")
    had, earned = balance(buyer), balance(seller)
    notary, selling, buying = officer("notary"), comes(seller), comes(buyer)
    drafts(notary, parcel)
    has_share(notary, "Acheteur", Compte=buyer.address)
    fills(
        notary, Prix="20000", Dépôt_de_garantie="2000", Vos_émoluments="300",
        Compromis_sur_papier=f"compromis {parcel}",
    )  # fmt: skip
    proposes(notary)
    compromis = f"Compromis de vente — parcelle {parcel.label}"
    signs_deed(selling, compromis)
    notary.goes("/desk").reads("Pas encore : 1 signature sur 2")
    signs_deed(buying, compromis)
    carries_out(opens(notary, f"Ouvrir la vente parcelle {parcel.label} "), "Ouvrir la vente")
    (title,) = offices.titles([parcel.token_id])
    sale, sales = parcel.token_id << 16 | title.version, Sales(offices)
    terms = sales.terms_of(sale)
    pays(buying, sale, "^Verser le dépôt : 2.000,00")
    assert had - balance(buyer) == 2_000_00
    pays(buying, sale, r"^Verser \d")
    assert had - balance(buyer) == terms.price_cents + terms.tax_cents + 300_00
    declare = "Déclarer la vente à la commune"
    carries_out(opens(notary, f"^{declare} — parcelle {parcel.label},"), declare)
    stage.pass_days(ANSWER_DAYS)
    opens(notary, f"Préparer l’acte de vente parcelle {parcel.label} ").presses("Proposer aux parties")
    notary.reads("L’acte attend les signatures des parties.")
    for party in (selling, buying):
        signs_deed(party, f"Acte de vente — parcelle {parcel.label}")
    carries_out(opens(notary, f"Conclure la vente parcelle {parcel.label} "), "Conclure la vente")
    assert offices.titles([parcel.token_id])[0].owner == buyer.address
    assert balance(seller) - earned == 20_000_00
    assert (selling.wallet.sent, buying.wallet.sent) == ([], [])
    buying.goes(f"/land/parcel/{parcel}").reads("titre libre").reads("Vente conclue")
    holders = buying.page.get_by_role("table", name="Qui la détient")
    expect(holders.get_by_role("row").nth(1)).to_contain_text("vous")
    expect(holders.get_by_title(seller.address)).to_have_count(0)


def test_two_sell_three_quarters_to_two_who_share_with_a_lender(stage, offices, halves, comes, officer):
    parcel, *sellers = halves
    buyers, bank = (stage.people["citizen"][2], stage.people["citizen"][4]), stage.people["bank"][0]
    notary, named = officer("notary"), "Acheteur {}".format
    drafts(notary, parcel).page.get_by_label(re.compile("^Part cédée par")).nth(1).fill("1/4")
    notary.presses("Ajouter un acheteur")
    has_share(notary, named(1), Compte=buyers[0].address, Part="1/2", Apport="3000")
    has_share(notary, named(2), Compte=buyers[1].address, Part="1/3")
    for condition in ("Sous condition d’obtenir le prêt", "Sous condition d’une autorisation d’urbanisme"):
        notary.page.get_by_role("group", name=condition).get_by_label("Oui").check()
    fills(
        notary, Prix="12000", Dépôt_de_garantie="1000", Prêteur=bank.address, Montant_prêté="8000",
        Échéance_du_prêt="2050-06-30", Compromis_sur_papier=f"compromis {parcel}",
    ).reads("Le titre ne se compte pas si finement")  # fmt: skip
    has_share(notary, named(2), Part="1/2")
    notary.presses("Vérifier et envoyer").reads("Ce qui est acheté n’est pas ce qui est vendu").presses("Modifier")
    has_share(notary, named(2), Part="")
    notary.presses("Vérifier et envoyer").reads("obtention du prêt, obtention de l’autorisation d’urbanisme")
    proposes(notary)
    for party in (*sellers, *buyers):
        signs_deed(comes(party), f"Compromis de vente — parcelle {parcel.label}")
    carries_out(opens(notary, f"Ouvrir la vente parcelle {parcel.label} "), "Ouvrir la vente")
    (title,) = offices.titles([parcel.token_id])
    terms = Sales(offices).terms_of(parcel.token_id << 16 | title.version)
    assert [(it.holder, it.shares) for it in terms.sold] == [(sellers[0].address, 2), (sellers[1].address, 1)]
    assert [(it.holder, it.shares) for it in terms.bought] == [(buyers[0].address, 2), (buyers[1].address, 1)]
    rest = 12_000_00 + terms.tax_cents - 3_000_00 - 8_000_00
    assert [it.amount_cents for it in terms.funding] == [3_000_00, rest, 8_000_00]
    assert terms.conditions == LOAN | PERMIT
