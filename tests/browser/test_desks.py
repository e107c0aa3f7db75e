"""Each office at its desk: what waits for it, each act in words before the wallet asks, and no act of others."""

import re

import pytest
from playwright.sync_api import expect

from beffroi.chain.keys import Key

ACTS = {
    "treasurer": ["Émettre de la monnaie", "Régler une reconversion"],
    "auditor": ["Attester la réserve"],
    "registrar": ["Inscrire un compte", "Remplacer une clé perdue", "Actes attestés"],
    "court": ["Geler un compte", "Dégeler un compte", "Geler un titre"],
    "guardian": ["Suspendre la monnaie", "Reprendre la monnaie"],
    "notary": ["Rédiger un compromis", "Attester un acte", "Constater une condition remplie"],
    "clerk": ["Renoncer à préempter", "Préempter"],
}
"""Some of what each office finds at its desk in the demo's town, and no other of these does."""


@pytest.fixture
def officer(arrives, office_key):
    return lambda office: arrives(key=office_key(office), phone=False).visits("/").connects().goes("/desk")


def carries_out(person):
    return person.signs().reads("L’acte est accompli.")


@pytest.mark.parametrize("office", ACTS)
def test_an_office_sees_its_acts_and_no_others(office, officer):
    desk = officer(office)
    assert desk.is_kept_out() == []
    for name in ACTS[office]:
        desk.reads(name)
    for name in {it for other, acts in ACTS.items() if other != office for it in acts}:
        expect(desk.page.get_by_role("link", name=re.compile(f"^{name}( —|$)"))).to_have_count(0)


def test_a_citizen_has_no_desk(arrives, citizen_key):
    citizen = arrives(key=citizen_key).visits("/").connects()
    expect(citizen.page.get_by_role("navigation").get_by_role("link", name="Mon bureau")).to_have_count(0)
    citizen.goes("/desk").reads("Ce compte ne tient aucun bureau de la commune.")


@pytest.mark.usefixtures("as_it_was")
def test_the_treasurer_issues_money_against_a_receipt(officer, citizen_key, stage):
    currency = stage.contract("LocalCurrency")
    had = currency.read(stage.rpc, "balanceOf", citizen_key.address)
    treasurer = officer("treasurer").goes("/desk/act/issue")
    treasurer.field("Compte").fill(citizen_key.address)
    treasurer.field("Montant").fill("25,50")
    treasurer.field("Référence").first.fill("reçu 2026-311")
    treasurer.presses("Vérifier et envoyer")
    treasurer.page.get_by_role("button", name="Émettre de la monnaie").click()
    carries_out(treasurer)
    assert currency.read(stage.rpc, "balanceOf", citizen_key.address) - had == 2_550


@pytest.mark.usefixtures("as_it_was")
def test_the_registrar_enrols_a_newcomer_who_is_then_welcome(officer, arrives):
    newcomer = arrives(key=Key.derived("browser", "newcomer")).visits("/").connects()
    newcomer.reads("Ce compte n’est pas inscrit au registre des habitants.")
    registrar = officer("registrar").goes("/desk/act/enrol")
    registrar.page.get_by_label("habitant", exact=True).check()
    registrar.field("Compte").fill(newcomer.address)
    registrar.presses("Vérifier et envoyer")
    registrar.page.get_by_role("button", name="Inscrire un compte").click()
    carries_out(registrar)
    expect(newcomer.page.locator("main")).to_contain_text("habitant")
    expect(newcomer.page.get_by_text("n’est pas inscrit au registre")).to_have_count(0)


@pytest.mark.usefixtures("as_it_was")
def test_when_the_guardian_stops_the_money_everybody_is_told(officer, arrives, citizen_key, merchant_key):
    guardian = officer("guardian").goes("/desk/act/pause")
    guardian.page.get_by_role("button", name="Suspendre la monnaie").click()
    carries_out(guardian)
    citizen = arrives(key=citizen_key).visits("/pay").connects().goes("/pay")
    citizen.watch.tolerate("Failed to load resource")
    citizen.field("À qui").fill(merchant_key.address)
    citizen.field("Montant").fill("1")
    citizen.presses(re.compile("^Payer")).signs().reads(re.compile("arrêtée pour urgence"))


@pytest.mark.usefixtures("as_it_was")
def test_the_notary_certifies_a_condition_of_the_sale(officer):
    notary = officer("notary")
    notary.follows("Constater une condition remplie").sees_view()
    notary.field("Pièce justificative").first.fill("offre de prêt du 3 mars")
    notary.presses("Vérifier et envoyer")
    notary.page.get_by_role("button", name="Constater une condition remplie").click()
    carries_out(notary)


@pytest.mark.usefixtures("as_it_was")
def test_the_clerk_announces_and_acts_two_days_later(officer, stage):
    clerk = officer("clerk")
    clerk.follows("Renoncer à préempter").sees_view()
    clerk.field("Pièce justificative").first.fill("délibération du 4 mars")
    clerk.presses("Vérifier et envoyer").presses(re.compile("^Annoncer")).signs().reads("L’acte est annoncé.")
    clerk.goes("/desk").reads("Mes annonces")
    stage.pass_days(2)
    clerk.page.get_by_role("button", name="Accomplir").click()
    carries_out(clerk)


def test_an_office_that_refuses_in_its_wallet_has_done_nothing(officer):
    auditor = officer("auditor").goes("/desk/act/attestReserve")
    auditor.field("Réserve en euros").fill("1")
    auditor.field("Relevé bancaire").first.fill("relevé faux")
    auditor.presses("Vérifier et envoyer")
    auditor.wallet.refuse()
    auditor.page.get_by_role("button", name="Attester la réserve").click()
    auditor.signs().reads("Vous avez refusé : rien n’a été signé, rien n’a bougé.")


def test_anyone_reads_the_towns_figures_and_who_may_do_what(arrives):
    anyone = arrives(phone=False).visits("/town")
    anyone.reads(re.compile("En circulation|Réserve"))
    anyone.goes("/audit")
    expect(anyone.page.get_by_role("table").first).to_be_visible()
