"""What becomes of a promise: it is fixed, argued over, judged; the jury is called, and rules."""

import datetime as dt
import json
import re

import pytest
from playwright.sync_api import expect

from beffroi.ballots.transcript import keccak
from beffroi.chain.keys import Key
from beffroi.consultation import counting
from beffroi.credibility.acts import PETITION
from beffroi.credibility.mandate import Mandates, Supply
from beffroi.currency.issuing import reference
from beffroi.demo import trustees
from beffroi.demo.open_house import EARLY_VOTERS, PROMISES
from beffroi.units import DAY_S, ETHER

MANDATE, POLL, EVALUATION = 2, 3, 2
"""In the demo's town: the mandate whose promises are judged, and by what."""
REFUSED = "Vous avez refusé : rien n’a été signé, rien n’a bougé."
TRUE, FALSE = "✓ texte conforme à la chaîne", "✗ texte NON conforme à la chaîne"
VOTING_DAYS, REST_DAYS = 8, 8
"""Together longer than a recovery waits there."""
APPEAL_DAYS = 15
"""In the example town: until then subject and citizens appeal, then the jury rules."""
PETITIONERS = 6
"""As many as the example town asks for: 2 % of a roll of 300."""


@pytest.fixture
def mandates(stage):
    return Mandates(stage.rpc, stage.contract("Town"), stage.contract("Promises"))


@pytest.fixture
def official_key(stage):
    """Whose promises are being judged."""
    return stage.people["official"][1]


@pytest.fixture
def counted(as_it_was, stage, polls):
    """The evaluation is over and opened; nobody has published it in the mandate yet."""
    clerk = stage.office("clerk")
    stage.pass_days(VOTING_DAYS)
    counting.close(polls, POLL, clerk)
    for file in trustees.key_files(polls, polls.params(POLL).ceremony)[: trustees.NEEDED]:
        trustees.share(stage, polls, POLL, file, stage.draw_roll())
    counting.finalise(polls, POLL, clerk)


@pytest.fixture
def new_key(as_it_was, stage, citizen_key):
    """The key that is to replace a voter's, proposed while people vote."""
    successor = Key.derived("browser", "a voter's next key")
    lost, registrar = citizen_key.address, stage.office("registrar")
    stage.act(
        registrar, "Residents", "proposeRecovery", lost, successor.address, reference("a lost phone"),
        purpose="propose a recovery",
    )  # fmt: skip
    return successor


@pytest.fixture
def published(counted, stage, mandates):
    mandates.publish(stage.office("clerk"), EVALUATION)


@pytest.fixture
def opened_mandate(as_it_was, stage, mandates):
    """A mandate without a promise, and the key of its official."""
    official = Key.derived("browser", "a new official")
    terms = (official.address, stage.now_s() + 365 * DAY_S, Supply.FIFTY_MILLION, keccak(b"deliberation 2026-9"))
    mandates.open(stage.office("clerk"), *terms)
    stage.pass_days(2)
    return mandates.open(stage.office("clerk"), *terms), official


@pytest.fixture
def posts_herself(arrives, town, stage):
    """Someone whose slips go by her own wallet: what the post office sent could not be undone after the test."""

    def posts_herself(key):
        person = arrives(key=key, phone=False).visits("/").connects()
        person.watch.tolerate("ERR_FAILED|Failed to fetch")
        person.page.route(f"{town.post}/**", lambda route: route.abort())
        stage.rpc.call("anvil_setBalance", person.address, hex(ETHER))
        return person

    return posts_herself


def sends_herself(person):
    person.signs().reads("Votre signature est gardée")
    return person.presses("L’envoyer de mon portefeuille")


def writes(person, title, text):
    """In the form of that title; gives it."""
    form = person.page.locator("details").filter(has_text=title)
    form.locator("summary").click()
    form.get_by_label("Votre texte").fill(text)
    return form


def card(person, kind):
    return person.page.locator("article.promise").filter(has_text=kind)


def test_an_official_brings_evidence_and_a_resident_counter_evidence(arrives, official_key, citizen_key):
    official = arrives(key=official_key).visits("/").connects().goes(f"/cred/{MANDATE}/0")
    form = writes(official, "Apporter une preuve", "Les trois axes sont ouverts depuis mai.")
    official.wallet.refuse()
    form.get_by_role("button", name="Signer et publier").click()
    official.signs().reads(REFUSED)
    expect(form.get_by_label("Votre texte")).to_have_value("Les trois axes sont ouverts depuis mai.")
    expect(official.page.get_by_text("Rien n’a été apporté.")).to_be_visible()
    form.get_by_role("button", name="Signer et publier").click()
    official.signs().reads("C’est publié.")
    evidence = card(official, "Preuve apportée par l’élu")
    expect(evidence).to_contain_text("Les trois axes sont ouverts depuis mai.")
    expect(evidence).to_contain_text(TRUE)

    resident = arrives(key=citizen_key, phone=False).visits("/").connects().goes(f"/cred/{MANDATE}/0")
    expect(resident.page.get_by_text("Apporter une preuve")).to_have_count(0)
    form = writes(resident, "Apporter un élément contraire", "La rue des Moulins n’en a pas.")
    form.get_by_role("button", name="Signer et publier").click()
    resident.signs().reads("C’est publié.")
    counter = card(resident, "Élément contraire d’un citoyen")
    expect(counter).to_contain_text("La rue des Moulins n’en a pas.")
    expect(counter).to_contain_text(TRUE)
    assert official.wallet.sent == resident.wallet.sent == []

    resident.goes("/cred").goes(f"/cred/{MANDATE}/0").reads("La rue des Moulins n’en a pas.")
    expect(resident.page.get_by_text("Apporter un élément contraire")).to_have_count(0)


@pytest.mark.usefixtures("as_it_was")
def test_a_text_that_is_not_what_the_chain_holds_is_shown_as_such(arrives, stage, mandates, official_key):
    stage.rpc.call("anvil_setBalance", official_key.address, hex(ETHER))
    mandates.bring(official_key, MANDATE, 1, keccak(b"Elle ouvrira."), "data:,Elle%20est%20ouverte.")
    anyone = arrives().visits(f"/cred/{MANDATE}/1").reads("Elle est ouverte.")
    evidence = card(anyone, "Preuve apportée par l’élu")
    expect(evidence).to_contain_text(FALSE)
    expect(evidence.get_by_text(TRUE)).to_have_count(0)


@pytest.mark.usefixtures("counted")
def test_anyone_publishes_the_official_appeals_and_the_jury_annuls(
    arrives, posts_herself, office_key, official_key, stage
):
    clerk = arrives(key=office_key("clerk"), phone=False).visits("/").connects().goes(f"/cred/{MANDATE}")
    clerk.presses("Publier ce résultat dans le mandat").signs().reads("C’est fait.")
    clerk.reads("résultat publié").reads("Appel possible jusqu’au")
    for text, _ in PROMISES:
        expect(clerk.page.get_by_role("row", name=re.compile(f"^{text}.*%"))).to_be_visible()
    expect(clerk.button("Faire appel devant le jury")).to_have_count(0)

    official = posts_herself(official_key).goes(f"/cred/{MANDATE}")
    official.presses("Faire appel devant le jury").reads("Donnez vos raisons.")
    official.field("Vos raisons").fill("Le chantier a été inondé.")
    official.wallet.refuse()
    official.presses("Faire appel devant le jury").signs().reads(REFUSED)
    expect(official.field("Vos raisons")).to_have_value("Le chantier a été inondé.")
    sends_herself(official.presses("Faire appel devant le jury")).reads("C’est fait.").reads("devant le jury")
    official.reads("puis le jury tranche.")
    expect(official.button("Faire appel devant le jury")).to_have_count(0)

    stage.pass_days(APPEAL_DAYS)
    jury = arrives(key=office_key("court"), phone=False).visits("/").connects().goes(f"/cred/{MANDATE}")
    jury.reads("Décision du jury").presses("Annuler l’évaluation").reads("Donnez vos raisons.")
    jury.field("Vos raisons").fill("Il y eut bien une inondation.")
    jury.presses("Annuler l’évaluation").reads("la mise des promesses échues est gelée")
    jury.signs().reads("C’est fait.").reads("annulée par le jury")
    expect(clerk.page.get_by_text("annulée par le jury")).to_be_visible()
    expect(clerk.button("Régler l’évaluation")).to_have_count(0)


def petition(stage, roll, account, key):
    """As the contract takes it: her place on the roll, and what she signed."""
    index = roll.index(account)
    asked = PETITION.of(EVALUATION, account)
    return index, account, key.sign(asked.digest(stage.domain("Appeals"))), roll.proof(index)


def test_residents_petition_under_their_keys_of_now_the_jury_confirms_and_the_promises_burn(
    arrives, posts_herself, office_key, citizen_key, new_key, stage, mandates, request
):
    request.getfixturevalue("published")  # after the new key is proposed
    roll, early = stage.draw_roll(), stage.people["citizen"][-EARLY_VOTERS:][: PETITIONERS - 1]
    asked = [petition(stage, roll, key.address, key) for key in early]
    stage.act(stage.office("clerk"), "Appeals", "petition", EVALUATION, asked, purpose="petition")
    stage.pass_days(REST_DAYS)
    stage.act(stage.office("clerk"), "Residents", "recover", citizen_key.address, purpose="recover")
    resident = posts_herself(new_key).goes(f"/cred/{MANDATE}")
    resident.reads(f"Demandes de jury : {PETITIONERS - 1}, pour {PETITIONERS} nécessaires.")
    resident.presses("Demander le jury, avec d’autres").reads("Elle ne dit pas comment vous avez voté.")
    sends_herself(resident).reads("C’est fait.").reads("devant le jury")
    assert mandates.appeals.read(stage.rpc, "petitioners", EVALUATION) == PETITIONERS

    jury = arrives(key=office_key("court"), phone=False).visits("/").connects().goes(f"/cred/{MANDATE}")
    jury.reads("puis le jury tranche.")
    expect(jury.button("Confirmer l’évaluation")).to_have_count(0)
    stage.pass_days(APPEAL_DAYS - REST_DAYS)
    jury.reads("le jury tranche jusqu’au")
    jury.field("Vos raisons").fill("Rien ne contredit le vote.")
    jury.presses("Confirmer l’évaluation").signs().reads("confirmée par le jury")
    jury.presses("Régler l’évaluation").signs().reads("réglée")
    burnt = jury.page.locator(".figure").filter(has_text="par ce qui n’a pas été tenu")
    expect(burnt).to_contain_text(re.compile("[1-9]"))


def test_an_official_fixes_promises_once_and_for_all(posts_herself, opened_mandate, stage):
    number, key = opened_mandate
    due = dt.datetime.fromtimestamp(stage.now_s() + 60 * DAY_S, dt.UTC).date().isoformat()
    official = posts_herself(key).goes(f"/cred/{number}").reads("Les promesses ne sont pas encore déposées.")

    def fills(place, text, weight):
        promise = official.page.get_by_role("group", name=f"Promesse {place}")
        for label, value in (("Votre texte", text), ("Poids", weight), ("Échéance", due)):
            promise.get_by_label(label).fill(value)

    fills(1, "Une école de musique", "70")
    official.presses("Signer mes promesses").reads("Les poids doivent faire 100 % en tout.")
    assert official.wallet.asked[1:] == []
    official.presses("Une promesse de plus")
    fills(2, "Un marché couvert", "30")
    official.wallet.refuse()
    official.presses("Signer mes promesses").signs().reads(REFUSED)
    expect(official.page.get_by_label("Votre texte").last).to_have_value("Un marché couvert")
    sends_herself(official.presses("Signer mes promesses")).reads("Vos promesses sont déposées.")
    for text in ("Une école de musique", "Un marché couvert"):
        promise = official.page.locator("article.promise").filter(has_text=text)
        expect(promise).to_contain_text(TRUE)
    expect(official.button("Signer mes promesses")).to_have_count(0)
    official.goes("/cred").goes(f"/cred/{number}").reads("Un marché couvert")
    expect(official.button("Signer mes promesses")).to_have_count(0)


def test_nobody_else_is_offered_to_fix_them(arrives, opened_mandate, citizen_key):
    number, _ = opened_mandate
    citizen = arrives(key=citizen_key).visits("/").connects().goes(f"/cred/{number}")
    citizen.reads("Les promesses ne sont pas encore déposées.")
    expect(citizen.button("Signer mes promesses")).to_have_count(0)


def test_an_official_fixes_more_promises_than_a_transaction_holds_in_parts(posts_herself, opened_mandate, mandates):
    number, key = opened_mandate
    due = dt.datetime.fromtimestamp(mandates.promises.read(mandates.rpc, "mandateOf", number)[1], dt.UTC).date()
    day = (due - dt.timedelta(days=90)).isoformat()
    weights = ["0,50"] * 69 + ["65,5"]
    drafts = [
        {"text": f"Promesse de l’été {place}".ljust(320, "é"), "weight": weight, "due": day}
        for place, weight in enumerate(weights)
    ]
    official = posts_herself(key).goes(f"/cred/{number}").reads("Les promesses ne sont pas encore déposées.")
    kept = [f"beffroi/draft/cred/pledges/{number}", json.dumps({"promises": drafts})]
    official.page.evaluate("([name, draft]) => localStorage.setItem(name, draft)", kept)
    official.page.reload()
    official.sees_view().reads("C’est trop pour une transaction : les")
    first = official.page.get_by_role("button", name=re.compile("^Signer les promesses 1 à "))
    held = int(first.inner_text().split()[-1])
    assert 50 < held < 70
    first.click()
    sends_herself(official).reads(re.compile("Signer mes promesses"))
    assert tuple(mandates.promises.read(mandates.rpc, "mandateOf", number)[2:4]) == (held, held * 50)
    expect(official.page.get_by_role("group", name=f"Promesse {held + 1}")).to_be_visible()
    official.page.reload()
    sends_herself(official.sees_view().presses("Signer mes promesses")).reads("Vos promesses sont déposées.")
    assert tuple(mandates.promises.read(mandates.rpc, "mandateOf", number)[2:4]) == (70, 10_000)
