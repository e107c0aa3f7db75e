"""What offices open: a consultation over a published roll, or over one drawn in the browser."""

import datetime as dt
import re

import pytest
from eth_utils.address import to_checksum_address
from playwright.sync_api import expect

from beffroi.ballots.transcript import keccak
from beffroi.chain.keys import Key
from beffroi.consultation import subject as subjects
from beffroi.consultation.opening import Calendar
from beffroi.credibility.evaluation import open_round
from beffroi.credibility.mandate import Mandates, Pledge, Supply
from beffroi.demo import trustees
from beffroi.demo.stage import DAY_S, ETHER
from beffroi.publish.papers import Papers
from beffroi.residents import Kind, draw_roll
from beffroi.roll import read_csv, write_csv
from tests.browser.harness import shots

REFUSED = "Vous avez refusé : rien n’a été signé, rien n’a bougé."
DONE = "L’acte est accompli."
QUESTION = "Faut-il éclairer le beffroi la nuit ?"
DUE, LATER = "Un parc au bord de la Lys", "Une navette électrique"
ANSWERS = ("Toute la nuit", "Jusqu’à minuit", "Blanc")


@pytest.fixture
def key(as_it_was, stage, polls):
    """The number of a ceremony whose key serves nothing yet."""
    return trustees.make_key(stage, polls)


@pytest.fixture
def officer(arrives, office_key, stage):
    """The returning officer with her own wallet, before a view."""

    def officer(path, **who):
        person = arrives(key=office_key("returning_officer"), **who).visits("/").connects()
        stage.rpc.call("anvil_setBalance", person.address, hex(ETHER))
        return person.goes(path)

    return officer


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


def assert_fit_for_all(person, name):
    """No barrier, also on the narrowest phone; and a picture."""
    shots.take(person.page, name)
    assert person.is_kept_out() == []
    size = person.page.viewport_size
    person.page.set_viewport_size({"width": 320, "height": 640})
    assert person.sticks_out() == []
    person.page.set_viewport_size(size)


def last(polls):
    """The number of the last consultation."""
    return polls.consultations.read(polls.rpc, "consultations")


def test_the_returning_officer_opens_a_consultation_over_a_published_roll(officer, key, stage, polls, arrives):
    before, roll = last(polls), stage.draw_roll()
    opens = (stage.now_s() + 2 * DAY_S) // 60 * 60
    who = officer("/vote", phone=False).follows("Ouvrir une consultation").sees_view()
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
    for text in (QUESTION, f"Clé de la cérémonie {key}", "20 bulletins", "ni la question, ni la liste, ni les dates"):
        expect(dialog).to_contain_text(text)
    who.signs().reads(REFUSED)
    assert last(polls) == before
    who.presses("Recommencer")
    card.get_by_role("button", name="Ouvrir une consultation").click()
    who.signs().reads(DONE).reads("La consultation est ouverte")

    number = last(polls)
    params = polls.params(number)
    assert number == before + 1
    assert (params.roll_root, params.roll_size, params.ceremony) == (roll.root, len(roll), key)
    assert (params.opens_at, params.closes_at) == (opens, opens + 5 * DAY_S)
    asked = subjects.subject_of(polls, number)
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


@pytest.mark.usefixtures("key")
def test_she_draws_the_roll_of_today_as_python_does(officer, stage, polls, tmp_path):
    who = officer("/desk/poll", language="en", phone=False)
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
        stage.rpc, stage.contract("Residents"), [Kind.CITIZEN], seal.block, stage.manifest.start_block
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
    asked = subjects.subject_of(polls, last(polls))
    assert asked is not None
    assert (asked.kind, asked.minimum, asked.maximum) == ("approval", 0, 2)


@pytest.mark.usefixtures("key")
def test_each_fault_is_told_at_its_field_and_the_wallet_is_not_asked(officer, stage):
    who = officer("/desk/poll").presses("Vérifier avant d’ouvrir").reads("Écrivez la question.")
    expect(who.page.get_by_text("Écrivez cette réponse, ou retirez-la.")).to_have_count(2)
    asks(who, answers=("oui", "oui"))
    who.field("Seuil de secret").fill("301")
    dated(who, "Début du vote", stage.now_s() - DAY_S)
    who.field("Fin du vote").fill("")
    who.presses("Vérifier avant d’ouvrir")
    for fault in ("Cette réponse y est déjà.", "C’est déjà passé", "Une date et une heure.", "Il y a moins d’inscrits"):
        who.reads(re.compile(fault))
    assert_fit_for_all(who, "desk-poll-faults")
    assert who.wallet.sent == []
    expect(who.field("Question")).to_have_value(QUESTION)


def test_without_a_key_she_is_told_what_is_missing(officer):
    who = officer("/desk/poll").reads("Aucune clé n’est libre")
    asks(who).presses("Vérifier avant d’ouvrir")
    expect(who.page.locator("section.card")).to_have_count(0)


def test_nobody_else_opens_one(arrives, office_key, citizen_key):
    for key in (office_key("clerk"), citizen_key):
        other = arrives(key=key).visits("/").connects().goes("/vote")
        expect(other.page.get_by_role("link", name="Ouvrir une consultation")).to_have_count(0)
        other.goes("/desk/poll").reads("Ce compte n’a pas qualité pour cet acte.")
        expect(other.field("Question")).to_have_count(0)


def test_a_key_that_serves_nothing_is_a_next_act_at_her_desk(officer, key):
    desk = officer("/desk", phone=False)
    waits = desk.page.locator("ul.acts li").filter(has_text=f"Clé de la cérémonie {key}")
    waits.get_by_role("link", name="Ouvrir une consultation").click()
    desk.sees_view()
    expect(desk.page.get_by_label(re.compile(f"^Clé de la cérémonie {key}"))).to_be_checked()
    assert dt.datetime.fromisoformat(desk.field("Début du vote").input_value()).hour == 8


@pytest.mark.usefixtures("as_it_was")
def test_the_clerk_announces_a_mandate_and_opens_it_two_days_later(arrives, office_key, stage):
    official = Key.derived("browser", "a councillor").address
    ends = dt.datetime.fromtimestamp(stage.now_s() + 700 * DAY_S, dt.UTC).date().isoformat()
    clerk = (
        arrives(key=office_key("clerk")).visits("/").connects().goes("/cred").follows("Ouvrir un mandat").sees_view()
    )
    clerk.field("Élu").fill(official)
    clerk.field("Dernier jour du mandat").fill("2020-01-01")
    clerk.page.get_by_label(re.compile("^50 millions de Cred")).check()
    clerk.field("Acte de nomination").fill("délibération 2026-14")
    clerk.presses("Vérifier et envoyer").reads("C’est déjà passé, à l’heure de la chaîne.")
    assert_fit_for_all(clerk, "desk-mandate")
    assert clerk.wallet.sent == []
    clerk.field("Dernier jour du mandat").fill(ends)
    clerk.presses("Vérifier et envoyer").reads("celui-ci pourra être accompli 2 jours après l’annonce")
    clerk.wallet.refuse()
    clerk.presses(re.compile("^Annoncer")).signs().reads(REFUSED)
    clerk.presses("Recommencer").presses(re.compile("^Annoncer"))
    expect(clerk.page.get_by_role("dialog")).to_contain_text("50 millions de Cred")
    clerk.signs().reads("L’acte est annoncé.")

    promises = stage.contract("Promises")
    mandates = promises.read(stage.rpc, "mandates")
    clerk.goes("/desk").reads("Mes annonces")
    announced = clerk.page.locator("li.card").filter(has_text="Ouvrir un mandat")
    for text in (official, "50 millions de Cred", "possible à partir du"):
        expect(announced).to_contain_text(text)
    expect(announced.get_by_role("button", name="Accomplir")).to_have_count(0)
    stage.pass_days(2)
    announced.get_by_role("button", name="Accomplir").click()
    clerk.signs().reads(DONE)
    assert promises.read(stage.rpc, "mandates") == mandates + 1
    opened = promises.read(stage.rpc, "mandateOf", mandates + 1)
    assert (to_checksum_address(opened[0]), opened[3]) == (official, 50_000_000)

    anyone = arrives().visits("/cred")
    expect(anyone.page.locator(f'a[href="#/cred/{mandates + 1}"]')).to_contain_text("n’a encore rien promis")
    expect(anyone.page.get_by_role("link", name="Ouvrir un mandat")).to_have_count(0)


@pytest.fixture
def pledged(key, stage):
    """A mandate with one promise that is due and one that is not; its number and its official's name."""
    mandates = Mandates(stage.rpc, stage.contract("Town"), stage.contract("Promises"))
    clerk, official = stage.office("clerk"), Key.derived("browser", "another councillor")
    terms = (official.address, stage.now_s() + 365 * DAY_S, Supply.FIFTY_MILLION, keccak(b"deliberation 2026-15"))
    mandates.open(clerk, *terms)
    stage.pass_days(2)
    number = mandates.open(clerk, *terms)
    due, later = stage.now_s() + 10 * DAY_S, stage.now_s() + 90 * DAY_S
    pledges = [Pledge.in_full(DUE, 6_000, due), Pledge.in_full(LATER, 4_000, later)]
    stage.rpc.call("anvil_setBalance", official.address, hex(ETHER))
    mandates.pledge(official, number, pledges)
    stage.pass_days(11)
    return number


def judged(stage, polls):
    """Of the last evaluation: its mandate, its promises, whether its vote is the last one, whether it informs only."""
    promises = stage.contract("Promises")
    last_round = promises.read(stage.rpc, "evaluations")
    mandate, consultation, _, _, _, mid_term, _, ids = promises.read(stage.rpc, "evaluationOf", last_round)
    return mandate, list(ids), consultation == last(polls), mid_term


def test_the_returning_officer_puts_due_promises_to_the_vote_in_one_act(officer, pledged, stage, polls, arrives):
    before, roll = last(polls), stage.draw_roll()
    who = officer("/desk", phone=False)
    due = who.page.locator("ul.acts li").filter(has_text="1 promesse est à juger")
    due.get_by_role("link", name="Faire juger des promesses").click()
    who.sees_view()
    expect(who.page.get_by_label(DUE)).to_be_checked()
    expect(who.page.get_by_label(LATER)).to_be_disabled()
    who.reads("Pas encore échue, et sans preuve de l’élu.")
    assert_fit_for_all(who, "desk-judge")
    who.page.get_by_label(DUE).uncheck()
    who.presses("Vérifier avant d’ouvrir").reads("Choisissez une promesse au moins.")
    who.page.get_by_label(DUE).check()
    who.presses("Vérifier avant d’ouvrir")
    card = who.page.locator("section.card")
    expect(card).to_contain_text("Promesse 1")
    who.wallet.refuse()
    card.get_by_role("button", name="Faire juger des promesses").click()
    dialog = who.page.get_by_role("dialog")
    for text in (DUE, "il juge", "300", "Le vote et son rattachement au mandat se font ensemble."):
        expect(dialog).to_contain_text(text)
    who.signs().reads(REFUSED)
    assert last(polls) == before
    who.presses("Recommencer")
    card.get_by_role("button", name="Faire juger des promesses").click()
    who.signs().reads("Le vote est ouvert et attaché au mandat")
    assert (last(polls), judged(stage, polls)) == (before + 1, (pledged, [0], True, False))
    assert polls.params(before + 1).roll_root == roll.root

    who.goes("/desk")
    expect(who.page.get_by_text("1 promesse est à juger")).to_have_count(0)
    stage.pass_days(2)
    voter = arrives(key=stage.people["citizen"][0]).visits("/").connects().goes(f"/vote/{before + 1}")
    voter.reads(DUE).reads("Chiffrer mon bulletin")


def test_a_round_at_mid_term_informs_of_all_promises(officer, pledged, stage, polls):
    who = officer(f"/cred/{pledged}").follows("Faire juger des promesses").sees_view()
    who.page.get_by_label(re.compile("^il informe")).check()
    who.page.get_by_label(LATER).check()
    who.presses("Vérifier avant d’ouvrir")
    who.page.locator("section.card").get_by_role("button", name="Faire juger des promesses").click()
    expect(who.page.get_by_role("dialog")).to_contain_text("Il informe seulement : rien ne brûlera.")
    who.signs().reads("Le vote est ouvert et attaché au mandat")
    assert judged(stage, polls) == (pledged, [0, 1], True, True)
    who.goes(f"/cred/{pledged}").reads("à mi-mandat, pour information")


def test_nobody_else_puts_promises_to_the_vote(arrives, office_key):
    clerk = arrives(key=office_key("clerk")).visits("/").connects().goes("/cred/2")
    expect(clerk.page.get_by_role("link", name="Faire juger des promesses")).to_have_count(0)
    clerk.goes("/desk/judge/2").reads("Ce compte n’a pas qualité pour cet acte.")


@pytest.mark.usefixtures("as_it_was")
def test_the_returning_officer_calls_trustees_to_make_a_key(officer, stage, polls, arrives):
    called = [account.address for account in trustees.accounts(stage)]
    number = polls.ceremonies.read(stage.rpc, "ceremonies") + 1
    who = officer("/vote/keys").follows("Appeler des dépositaires").sees_view()
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


def test_a_round_that_a_script_opened_is_asked_by_its_promises(arrives, pledged, key, stage, polls):
    opens = stage.now_s() + DAY_S
    address = Pledge.in_full(DUE, 6_000, 0).uri
    opened = open_round(
        polls, stage.contract("Promises"), stage.office("returning_officer"), mandate=pledged, chosen=[0],
        texts=[address], ceremony=key, roll=stage.draw_roll(),
        calendar=Calendar(opens, opens + 7 * DAY_S, opens + 9 * DAY_S),
    )  # fmt: skip
    stage.pass_days(2)
    voter = arrives(key=stage.people["citizen"][0]).visits("/").connects().goes(f"/vote/{opened.consultation}")
    voter.reads(DUE).reads("Chiffrer mon bulletin")
    expect(voter.page.get_by_text("Le texte de la question n’est pas sur la chaîne")).to_have_count(0)
