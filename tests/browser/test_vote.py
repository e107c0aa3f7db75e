"""Voting in secret, from the question to the receipt, on a phone; judging promises; and checking all of it at home."""

import re

import pytest
from playwright.sync_api import expect

from beffroi.ballots.receipt import Fate, Receipt
from beffroi.consultation.checking import check_receipt
from beffroi.demo import consultation, credibility
from beffroi.demo.open_house import PROMISES, SUBJECT

SQUARE, STATION = "/vote/1", "/vote/4"
"""In the demo's town: the consultation that is over, the one that is open."""


@pytest.fixture
def citizen(arrives, citizen_key):
    return arrives(key=citizen_key).visits("/").connects()


@pytest.fixture
def ballots(polls, stage):
    """How many ballots a consultation has."""
    return lambda number: polls.consultations.read(stage.rpc, "ballots", number)


def chooses(person, option):
    person.page.get_by_role("radio", name=option).check()
    return person.presses("Chiffrer mon bulletin").reads("Votre bulletin est chiffré")


def casts(person):
    return person.presses("Déposer dans l’urne").signs().reads("Votre bulletin est dans l’urne, d’après ce nœud.")


def keeps_receipt(person, folder):
    """The receipt as Python reads it from the file that the browser saved."""
    with person.page.expect_download() as download:
        person.page.get_by_role("button", name="Télécharger le reçu").first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return Receipt.parse(path.read_text(encoding="utf-8"))


def test_a_citizen_votes_checks_her_device_votes_again_and_is_counted_once(citizen, ballots, polls, tmp_path):
    before = ballots(4)
    citizen.goes("/vote").follows(re.compile(re.escape(SUBJECT.question))).sees_view()
    chooses(citizen, "Une bibliothèque").page.get_by_text("Ouvrir ce bulletin pour vérifier").first.click()
    citizen.presses("Ouvrir ce bulletin pour vérifier cet appareil")
    citizen.reads("Vérifié : ce bulletin contenait exactement ceci.").presses("Faire un nouveau bulletin")
    casts(chooses(citizen, "Une bibliothèque"))
    assert ballots(4) == before + 1
    first = keeps_receipt(citizen, tmp_path)
    assert check_receipt(polls, first).fate == Fate.COUNTED
    citizen.presses("Voter de nouveau").reads("Un bulletin de vous est compté.")
    chooses(citizen, "Une auberge de jeunesse").presses("Déposer dans l’urne")
    citizen.reads("Vous remplacez votre bulletin par un nouveau, chiffré").signs()
    citizen.reads("Votre bulletin est dans l’urne, d’après ce nœud.")
    assert ballots(4) == before + 1
    assert check_receipt(polls, first).fate == Fate.REPLACED
    cards = citizen.page.locator("article.card")
    for title, fate in (
        ("Premier bulletin", "Remplacé par un bulletin plus récent"),
        ("Bulletin 2", "Compté : il est"),
    ):
        card = cards.filter(has_text=title)
        card.get_by_role("button", name="Vérifier qu’il est compté").click()
        expect(card).to_contain_text(fate)
    assert [signed["message"]["seq"] for signed in citizen.wallet.signed] == ["0", "1"]
    assert citizen.wallet.sent == []


def test_who_refuses_to_sign_has_cast_nothing_and_may_go_on(citizen, ballots):
    before = ballots(4)
    citizen.goes(STATION)
    chooses(citizen, "Blanc")
    citizen.wallet.refuse()
    citizen.presses("Déposer dans l’urne").signs().reads("Vous avez refusé : rien n’a été signé, rien n’a bougé.")
    assert ballots(4) == before


def test_without_a_choice_nothing_is_encrypted(citizen):
    citizen.goes(STATION).presses("Chiffrer mon bulletin").reads("Choisissez d’abord une option.")


def test_who_is_not_on_the_roll_is_told_before_choosing(arrives, merchant_key):
    merchant = arrives(key=merchant_key).visits("/").connects().goes(STATION)
    merchant.reads("Ce compte n’est pas sur la liste de cette consultation : il ne peut pas y voter.")
    expect(merchant.button("Chiffrer mon bulletin")).to_have_count(0)


def test_while_the_vote_is_open_only_the_turnout_is_shown(arrives, ballots):
    anyone = arrives().visits(STATION).reads("Il n’y a pas de décompte partiel")
    expect(anyone.page.get_by_text("Bulletins comptés").locator("xpath=..")).to_contain_text(str(ballots(4)))
    expect(anyone.page.get_by_role("heading", name="Résultat")).to_have_count(0)


def test_a_citizen_judges_the_promises_of_an_official(citizen, ballots):
    before = ballots(3)
    citizen.goes("/cred/2").follows("Juger ces promesses").sees_view()
    for (text, _), level in zip(PROMISES, ("presque tenue", "sans opinion"), strict=True):
        citizen.page.get_by_role("group", name=text).get_by_role("radio", name=level, exact=True).check()
    citizen.presses("Chiffrer mon bulletin").reads("Votre bulletin est chiffré")
    casts(citizen)
    assert ballots(3) == before + 1


def test_anyone_reads_the_result_as_a_chart_and_as_a_table(arrives):
    anyone = arrives(phone=False).visits(SQUARE)
    anyone.page.get_by_text("Voir le tableau").first.click()
    for option in consultation.SUBJECT.options:
        expect(anyone.page.get_by_role("row", name=re.compile(f"^{option} "))).to_be_visible()
    anyone.reads("D’après ce nœud, le contrat a vérifié chaque bulletin")


def test_anyone_audits_a_consultation_in_the_browser(arrives):
    anyone = arrives(phone=False).visits(f"{SQUARE}/audit")
    anyone.presses("Tout vérifier").reads("bulletins vérifiés sur")
    expect(anyone.page.get_by_text("Confirmé. Le résultat est exactement")).to_be_visible(timeout=90_000)
    anyone.reads("300 bulletins comptés pour 300 inscrits.").reads("301 signés et vérifiés ici")
    expect(anyone.page.get_by_text("✗")).to_have_count(0)


def test_anyone_sees_what_promises_cost_an_official(arrives):
    anyone = arrives(phone=False).visits("/cred/1")
    for text, _, _ in credibility.PROMISES:
        anyone.reads(text)
    anyone.reads("réglée")
    expect(anyone.page.get_by_text("texte conforme à la chaîne")).to_have_count(len(credibility.PROMISES))


def test_a_citizen_votes_with_the_keyboard_alone(citizen, ballots):
    before = ballots(4)
    citizen.goes("/vote")
    citizen.tabs_to(citizen.page.get_by_role("link", name=re.compile(re.escape(SUBJECT.question)))).types("Enter")
    citizen.sees_view()
    citizen.tabs_to(citizen.page.get_by_role("radio").first).types("Space", "ArrowDown")
    expect(citizen.page.get_by_role("radio", name=SUBJECT.options[1])).to_be_checked()
    citizen.tabs_to(citizen.button("Chiffrer mon bulletin")).types("Enter").reads("Votre bulletin est chiffré")
    citizen.tabs_to(citizen.button("Déposer dans l’urne")).types("Enter")
    agree = citizen.page.get_by_role("dialog").get_by_role("button", name="Signer", exact=True)
    expect(agree).to_be_visible()
    citizen.tabs_to(agree).types("Enter").reads("Votre bulletin est dans l’urne, d’après ce nœud.")
    assert ballots(4) == before + 1


def test_a_citizen_does_it_all_in_english(arrives, citizen_key, merchant_key, ballots, stage):
    before = ballots(4)
    citizen = arrives(key=citizen_key, language="en", phone=False).visits("/").connects()
    citizen.goes("/pay")
    citizen.field("Whom").fill(merchant_key.address)
    citizen.field("Amount").fill("1.25")
    citizen.presses(re.compile("^Pay 1.25")).signs().reads("1.25")
    expect(citizen.page.locator(".notice.good")).to_contain_text("1.25")
    citizen.goes(STATION).page.get_by_role("radio", name=SUBJECT.options[0]).check()
    citizen.presses("Encrypt my ballot").presses("Put it in the ballot box").signs()
    citizen.reads("Your ballot is in the ballot box, as this node shows it.")
    citizen.presses("Check that it is counted").reads("Counted: it is in the ballot box exactly as you cast it")
    assert ballots(4) == before + 1
    citizen.goes("/history").reads(re.compile("1.25"))
