"""What a mandate opens with: the clerk's act, and the rounds by which the returning officer has promises judged."""

import datetime as dt
import re

import pytest
from eth_utils.address import to_checksum_address
from playwright.sync_api import expect

from beffroi.ballots.transcript import keccak
from beffroi.chain.keys import Key
from beffroi.consultation import counting
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.evaluation import open_round
from beffroi.credibility.mandate import Mandates, Pledge, Supply
from beffroi.demo.credibility import NOTICE_DAYS
from beffroi.residents import ResidentKind
from beffroi.roll.sealing import RollSeals
from beffroi.units import DAY_S, ETHER
from tests.browser.harness.looks import assert_fit_for_all

REFUSED = "Vous avez refusé : rien n’a été signé, rien n’a bougé."
DONE = "L’acte est accompli."
MANDATE, POLL, EVALUATION = 2, 3, 2
"""In the demo's town: the mandate whose promises are judged, and by what."""
UNJUDGED = 5
"""Of a promise, as `IPromises.State`."""
DUE, LATER = "Un parc au bord de la Lys", "Une navette électrique"


def last(polls):
    """The number of the last consultation."""
    return polls.consultations.read(polls.rpc, "consultations")


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
    assert (to_checksum_address(opened[0]), opened[4]) == (official, 50_000_000)

    anyone = arrives().visits("/cred")
    expect(anyone.page.locator(f'a[href="#/cred/{mandates + 1}"]')).to_contain_text("n’a encore rien promis")
    expect(anyone.page.get_by_role("link", name="Ouvrir un mandat")).to_have_count(0)


@pytest.fixture
def pledged(free_key, stage):
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


def seals_roll(stage):
    contracts = stage.contract("Rolls"), stage.contract("Residents")
    rolls = RollSeals(stage.rpc, *contracts, stage.manifest.start_block)
    _, seal = rolls.draw(ResidentKind.CITIZEN)
    rolls.propose(stage.office("registrar"), seal)
    rolls.seal(stage.office("returning_officer"), ResidentKind.CITIZEN)
    return seal


def judged(stage, polls):
    """Of the last evaluation: its mandate, its promises, whether its vote is the last one, whether it informs only."""
    promises = stage.contract("Promises")
    last_round = promises.read(stage.rpc, "evaluations")
    mandate, consultation, _, _, mid_term, _, ids = promises.read(stage.rpc, "evaluationOf", last_round)
    return mandate, list(ids), consultation == last(polls), mid_term


def test_she_puts_due_promises_to_the_vote_in_one_act(returning_officer, pledged, stage, polls, arrives):
    before, roll = last(polls), stage.draw_roll()
    registrar, newcomer = stage.office("registrar"), Key.derived("browser", "a newcomer").address
    stage.act(registrar, "Residents", "enrol", int(ResidentKind.CITIZEN), [newcomer], [], purpose="enrol")
    seals_roll(stage)
    who = returning_officer("/desk", phone=False)
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
    who.presses("Vérifier avant d’ouvrir").reads("ne sont pas la liste que deux bureaux ont scellée en dernier")
    stage.act(registrar, "Residents", "depart", newcomer, purpose="strike off")
    seals_roll(stage)
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
    stage.pass_days(NOTICE_DAYS + 1)
    voter = arrives(key=stage.people["citizen"][0]).visits("/").connects().goes(f"/vote/{before + 1}")
    voter.reads(DUE).reads("Chiffrer mon bulletin")


def test_a_round_at_mid_term_informs_of_all_promises(returning_officer, pledged, stage, polls):
    seals_roll(stage)
    who = returning_officer(f"/cred/{pledged}").follows("Faire juger des promesses").sees_view()
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


@pytest.fixture
def opened(pledged, free_key, stage, polls):
    """A round of the promise that is due, as a script opens it, as soon as it may burn; voting lasts a week."""
    promises = stage.contract("Promises")
    return open_round(
        polls, promises, stage.office("returning_officer"), mandate=pledged, chosen=[0], ceremony=free_key,
        roll=stage.seal_roll(), calendar=voting_terms(polls, promises).soonest(stage.now_s()),
    )  # fmt: skip


def test_a_round_that_a_script_opened_is_asked_by_its_promises(arrives, opened, stage):
    stage.pass_days(NOTICE_DAYS)
    voter = arrives(key=stage.people["citizen"][0]).visits("/").connects().goes(f"/vote/{opened.consultation}")
    voter.reads(DUE).reads("Chiffrer mon bulletin")
    expect(voter.page.get_by_text("Le texte de la question n’est pas sur la chaîne")).to_have_count(0)


def test_when_nobody_votes_anyone_gives_the_promises_back(arrives, opened, office_key, pledged, stage, polls):
    anyone = arrives(key=office_key("treasurer"), phone=False).visits("/").connects().goes(f"/cred/{pledged}")
    expect(anyone.button("Rendre ces promesses à un prochain vote")).to_have_count(0)
    stage.pass_days(NOTICE_DAYS + 7)
    counting.close(polls, opened.consultation, stage.office("clerk"))
    anyone.wallet.refuse()
    anyone.presses("Rendre ces promesses à un prochain vote").reads("Rien ne brûle").signs().reads(REFUSED)
    anyone.presses("Recommencer").presses("Rendre ces promesses à un prochain vote").signs().reads("C’est fait.")
    anyone.reads("rendue sans effet")
    promises = stage.contract("Promises")
    assert promises.read(stage.rpc, "evaluationOf", promises.read(stage.rpc, "evaluations"))[5]


@pytest.mark.usefixtures("as_it_was")
def test_when_trustees_have_long_been_late_anyone_gives_their_promises_back(arrives, office_key, stage, polls):
    stage.pass_days(8)
    counting.close(polls, POLL, stage.office("clerk"))
    stage.pass_days(2)
    clerk = arrives(key=office_key("clerk"), phone=False).visits("/").connects().goes(f"/cred/{MANDATE}")
    clerk.reads("en cours")
    expect(clerk.button("Rendre ces promesses à un prochain vote")).to_have_count(0)
    stage.pass_days(-(-stage.contract("Promises").read(stage.rpc, "patience_s") // DAY_S))
    clerk.page.reload()
    clerk.sees_view().presses("Rendre ces promesses à un prochain vote").reads("ce vote-ci ne comptera plus").signs()
    clerk.reads("C’est fait.").reads("rendue sans effet")
    assert stage.contract("Promises").read(stage.rpc, "evaluationOf", EVALUATION)[5]
    assert stage.contract("Promises").read(stage.rpc, "promiseOf", MANDATE, 0)[4] == UNJUDGED


@pytest.fixture
def left(pledged, stage):
    """The promise that is due was left until anyone may have it judged."""
    stage.pass_days(-(-stage.contract("Promises").read(stage.rpc, "silence_s") // DAY_S))
    return pledged


def goes_to(arrives, stage, key, mandate):
    person = arrives(key=key, phone=False).visits("/").connects().goes(f"/cred/{mandate}")
    stage.rpc.call("anvil_setBalance", person.address, hex(ETHER))
    return person


def test_a_citizen_has_a_promise_judged_that_the_officer_left(arrives, citizen_key, left, free_key, stage, polls):
    before = last(polls)
    citizen = goes_to(arrives, stage, citizen_key, left).reads("Échues, et que personne ne fait juger")
    expect(citizen.button("Les déclarer non jugées")).to_have_count(0)
    seal = seals_roll(stage)
    card = citizen.page.locator("section.card").filter(has_text="Échues")
    expect(card).to_contain_text(f"1. {DUE}")
    expect(card).not_to_contain_text(LATER)
    assert_fit_for_all(citizen, "cred-silence")
    citizen.wallet.refuse()
    citizen.presses("Faire juger ces promesses")
    dialog = citizen.page.get_by_role("dialog")
    for text in (DUE, "à tous les citoyens de la dernière liste scellée", str(free_key)):
        expect(dialog).to_contain_text(text)
    citizen.signs().reads(REFUSED)
    assert last(polls) == before
    citizen.presses("Recommencer").presses("Faire juger ces promesses").signs().reads("C’est fait.")
    params = polls.params(last(polls))
    assert (params.consultation, params.roll_size, params.ceremony) == (before + 1, seal.size, free_key)
    assert judged(stage, polls) == (left, [0], True, False)


def test_a_citizen_declares_unjudged_what_nobody_can_judge(arrives, citizen_key, left, stage):
    stage.pass_days(366)
    citizen = goes_to(arrives, stage, citizen_key, left).reads("Il y manque une liste des citoyens scellée")
    citizen.presses("Les déclarer non jugées").reads("Leur mise est gelée")
    citizen.signs().reads("C’est fait.")
    assert stage.contract("Promises").read(stage.rpc, "promiseOf", left, 0)[4] == UNJUDGED
    citizen.reads("personne ne l’a jugée à temps")
