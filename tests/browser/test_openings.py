"""What offices open: a consultation over a published roll, or over one drawn in the browser."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.consultation import subject as subjects
from beffroi.demo import trustees
from beffroi.publish.papers import Papers
from beffroi.residents import ResidentKind, draw_roll
from beffroi.roll import read_csv, write_csv
from beffroi.units import DAY_S
from tests.browser.harness.looks import assert_fit_for_all

REFUSED = "Vous avez refusé : rien n’a été signé, rien n’a bougé."
DONE = "L’acte est accompli."
QUESTION = "Faut-il éclairer le beffroi la nuit ?"
ANSWERS = ("Toute la nuit", "Jusqu’à minuit", "Blanc")


def asks(person, question=QUESTION, answers=ANSWERS):
    """Fills the question and its answers in."""
    person.field("Question").fill(question)
    for place, answer in enumerate(answers, 1):
        person.field(f"Réponse {place}").fill(answer)
    return person


def dated(person, label, seconds):
    """Types a moment, on the browser's own clock."""
    text = person.page.evaluate(
        "at => new Date((at - new Date(at * 1000).getTimezoneOffset() * 60) * 1000).toISOString().slice(0, 16)",
        seconds,
    )
    person.field(label).fill(text)


def last(polls):
    """The number of the last consultation."""
    return polls.consultations.read(polls.rpc, "consultations")


def test_an_officer_opens_a_consultation_over_a_published_roll(returning_officer, free_key, stage, polls, arrives):
    before, roll = last(polls), stage.draw_roll()
    opens = (stage.now_s() + 2 * DAY_S) // 60 * 60
    who = returning_officer("/vote", phone=False).follows("Ouvrir une consultation").sees_view()
    asks(who)
    for label, days in (("Début du vote", 0), ("Fin du vote", 5), ("Résultat attendu avant", 7)):
        dated(who, label, opens + days * DAY_S)
    who.page.get_by_label(re.compile("^La liste publiée de 300 inscrits")).check()
    who.presses("Vérifier avant d’ouvrir")
    card = who.page.locator("section.card")
    for text in (QUESTION, "1. Toute la nuit · 2. Jusqu’à minuit · 3. Blanc", "une seule réponse", "300"):
        expect(card).to_contain_text(text)
    assert_fit_for_all(who, "desk-poll-checked")
    who.wallet.refuse()
    card.get_by_role("button", name="Ouvrir une consultation").click()
    dialog = who.page.get_by_role("dialog")
    for text in (
        QUESTION,
        f"Clé de la cérémonie {free_key}",
        "20 bulletins",
        "ni la question, ni la liste, ni les dates",
    ):
        expect(dialog).to_contain_text(text)
    who.signs().reads(REFUSED)
    assert last(polls) == before
    who.presses("Recommencer")
    card.get_by_role("button", name="Ouvrir une consultation").click()
    who.signs().reads(DONE).reads("La consultation est ouverte")

    number = last(polls)
    params = polls.params(number)
    assert number == before + 1
    assert (params.roll_root, params.roll_size, params.ceremony) == (roll.root, len(roll), free_key)
    assert (params.opens_at, params.closes_at) == (opens, opens + 5 * DAY_S)
    asked = subjects.subject_of(polls, params)
    assert asked is not None
    assert (asked.question, asked.options, asked.kind) == (QUESTION, ANSWERS, "single")

    who.follows("Voir les consultations").sees_view()
    expect(who.page.locator("section").filter(has=who.page.get_by_role("heading", name="Bientôt"))).to_contain_text(
        QUESTION
    )
    stage.pass_days(2)
    voter = arrives(key=stage.people["citizen"][0]).visits("/").connects().goes(f"/vote/{number}")
    for answer in ANSWERS:
        expect(voter.page.get_by_label(answer)).to_be_visible()
    voter.reads("Chiffrer mon bulletin")


@pytest.mark.usefixtures("free_key")
def test_she_draws_the_roll_of_today_as_python_does(returning_officer, stage, polls, tmp_path):
    who = returning_officer("/desk/poll", language="en", phone=False)
    who.field("Question").fill("Which works first?")
    who.page.get_by_label(re.compile("^Several answers")).check()
    for place, answer in enumerate(("The school", "The bridge", "The hall"), 1):
        who.field(f"Answer {place}").fill(answer)
    who.field("At most").fill("2")
    who.page.get_by_label(re.compile("^The residents of today")).check()
    who.presses("Check before opening").reads("from 0 to 2 answers")
    with who.page.expect_download() as handed:
        who.presses("Download the roll")
    drawn, seal = read_csv(handed.value.path())
    own, own_seal = draw_roll(
        stage.rpc, stage.contract("Residents"), [ResidentKind.CITIZEN], seal.block, stage.manifest.start_block
    )
    assert (drawn.root, seal) == (own.root, own_seal)
    write_csv(own, own_seal, tmp_path / "own.csv")
    assert handed.value.path().read_bytes() == (tmp_path / "own.csv").read_bytes()
    assert handed.value.suggested_filename == f"{seal.root}.csv"
    Papers(rolls=[(drawn, seal)]).require_publishable(stage.manifest)

    who.page.locator("section.card").get_by_role("button", name="Open a consultation").click()
    who.signs().reads("The act is carried out.")
    params = polls.params(last(polls))
    assert (params.roll_root, params.roll_size) == (own.root, len(own))
    asked = subjects.subject_of(polls, params)
    assert asked is not None
    assert (asked.kind, asked.minimum, asked.maximum) == ("approval", 0, 2)


@pytest.mark.usefixtures("free_key")
def test_she_opens_a_question_of_points_and_one_gives_too_many_at_once(returning_officer, polls):
    who = returning_officer("/desk/poll", phone=False)
    asks(who, "Que bâtir ?", ("Un parc", "Une halle", "Un pont"))
    who.page.get_by_label(re.compile("^Des points à répartir")).check()
    who.page.get_by_label(re.compile("^La liste publiée|^Les habitants d’aujourd’hui")).first.check()
    who.field("Points par réponse, au plus").fill("8")
    who.presses("Vérifier avant d’ouvrir").reads("Un nombre de 1 à 63, pas plus grand que le total.")
    who.field("Points par réponse, au plus").fill("4")
    who.presses("Vérifier avant d’ouvrir").reads("jusqu’à 7 points en tout, 4 par réponse au plus")
    who.page.locator("section.card").get_by_role("button", name="Ouvrir une consultation").click()
    who.signs().reads(DONE)
    asked = subjects.subject_of(polls, polls.params(last(polls)))
    assert asked is not None
    assert (asked.kind, asked.minimum, asked.maximum, asked.total) == ("points", 0, 4, 7)


@pytest.mark.usefixtures("free_key")
def test_each_fault_is_told_at_its_field_and_the_wallet_is_not_asked(returning_officer, stage, polls):
    who = returning_officer("/desk/poll").presses("Vérifier avant d’ouvrir").reads("Écrivez la question.")
    expect(who.page.get_by_text("Écrivez cette réponse, ou retirez-la.")).to_have_count(2)
    asks(who, answers=("oui", "oui"))
    who.field("Seuil de secret").fill("301")
    dated(who, "Début du vote", stage.now_s() - DAY_S)
    who.field("Fin du vote").fill("")
    who.presses("Vérifier avant d’ouvrir")
    for fault in (
        "Cette réponse y est déjà.",
        "C’est déjà passé",
        "Une date et une heure.",
        "C’est trop pour cette liste",
    ):
        who.reads(re.compile(fault))
    assert_fit_for_all(who, "desk-poll-faults")
    floors = polls.consultations.read(stage.rpc, "rulebook")
    _, notice_s, duration_s, least, _ = Contract.built("Rulebook", floors).read(stage.rpc, "floors")
    opens = stage.now_s() + notice_s // 2
    dated(who, "Début du vote", opens)
    dated(who, "Fin du vote", opens + duration_s // 2)
    who.field("Seuil de secret").fill(str(least - 1))
    who.presses("Vérifier avant d’ouvrir").reads(re.compile("La commune en demande .* au moins"))
    for fault in ("C’est trop tôt : le règlement", "Le vote serait trop court", "C’est trop peu pour le règlement"):
        who.reads(re.compile(fault))
    assert who.wallet.sent == []
    expect(who.field("Question")).to_have_value(QUESTION)


def test_without_a_key_she_is_told_what_is_missing(returning_officer):
    who = returning_officer("/desk/poll").reads("Aucune clé n’est libre")
    asks(who).presses("Vérifier avant d’ouvrir")
    expect(who.page.locator("section.card")).to_have_count(0)


def test_nobody_else_opens_one(arrives, office_key, citizen_key):
    for key in (office_key("clerk"), citizen_key):
        other = arrives(key=key).visits("/").connects().goes("/vote")
        expect(other.page.get_by_role("link", name="Ouvrir une consultation")).to_have_count(0)
        other.goes("/desk/poll").reads("Ce compte n’a pas qualité pour cet acte.")
        expect(other.field("Question")).to_have_count(0)


def test_a_key_that_serves_nothing_is_a_next_act_at_her_desk(returning_officer, free_key):
    desk = returning_officer("/desk", phone=False)
    waits = desk.page.locator("ul.acts li").filter(has_text=f"Clé de la cérémonie {free_key}")
    waits.get_by_role("link", name="Ouvrir une consultation").click()
    desk.sees_view()
    expect(desk.page.get_by_label(re.compile(f"^Clé de la cérémonie {free_key}"))).to_be_checked()
    assert dt.datetime.fromisoformat(desk.field("Début du vote").input_value()).hour == 8


@pytest.mark.usefixtures("as_it_was")
def test_the_returning_officer_calls_trustees_to_make_a_key(returning_officer, stage, polls, arrives):
    called = [account.address for account in trustees.accounts(stage)]
    number = polls.ceremonies.read(stage.rpc, "ceremonies") + 1
    who = returning_officer("/vote/keys").follows("Appeler des dépositaires").sees_view()
    for place, account in enumerate((called[2], called[0], called[0].lower()), 1):
        who.field(f"Dépositaire {place}").fill(account)
    who.field("Combien ouvrent le résultat ?").fill("1")
    who.presses("Vérifier avant d’ouvrir").reads("Ce compte est déjà appelé.").reads("2 au moins")
    assert_fit_for_all(who, "desk-key")
    who.field("Dépositaire 3").fill(called[1])
    who.field("Combien ouvrent le résultat ?").fill("2")
    who.presses("Vérifier avant d’ouvrir").reads("2 sur 3").reads("48 heures")
    who.wallet.refuse()
    card = who.page.locator("section.card")
    card.get_by_role("button", name="Appeler des dépositaires").click()
    dialog = who.page.get_by_role("dialog")
    for text in (*called, "La cérémonie commence aussitôt."):
        expect(dialog).to_contain_text(text)
    who.signs().reads(REFUSED)
    assert polls.ceremonies.read(stage.rpc, "ceremonies") == number - 1
    who.presses("Recommencer")
    card.get_by_role("button", name="Appeler des dépositaires").click()
    who.signs().reads(DONE)
    said = polls.ceremony(number).ceremony
    assert said is not None
    assert (said.threshold, [f"0x{it.hex()}" for it in said.trustees]) == (2, sorted(it.lower() for it in called))

    account = trustees.accounts(stage)[0]
    trustee = arrives(key=Key(bytes(account.key))).visits("/").connects().goes("/vote/keys")
    awaited = trustee.page.locator("section.card").filter(has_text=f"Cérémonie {number}")
    expect(awaited).to_contain_text("Faites votre clé et inscrivez-vous.")
