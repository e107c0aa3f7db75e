"""A trustee's part of a key ceremony in her browser: a key file of her own, and each step by it."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from beffroi.ballots import ceremony as messages
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.group import N
from beffroi.ballots.keyfiles import load, save
from beffroi.chain.keys import Key
from beffroi.consultation import ceremony
from beffroi.consultation import trustee_steps as signing
from beffroi.consultation.ceremony import progress, trustee_keys
from beffroi.consultation.phases import Phase
from beffroi.consultation.promised import Memory
from beffroi.demo import trustees
from beffroi.units import ETHER
from testbed.polls import Hall
from tests.browser.harness import shots

REFUSED = "Vous avez refusé : rien n’a été signé, rien n’a bougé."
PASSWORD = "le beffroi sonne à midi"
COST = 1 << 12
"""Of scrypt, low: its strength is not what is tested."""
STRETCHING_MS = 90_000
"""A key file of full strength is made and opened on the machine of whoever looks."""
ME, SECOND, THIRD = range(3)


@pytest.fixture
def number(as_it_was, stage, polls):
    """Of a ceremony to which all three are called."""
    return trustees.open_ceremony(stage, polls)


@pytest.fixture
def trustee(arrives, stage, number):
    """The first of them, before the ceremony; and the card of it."""
    account = trustees.accounts(stage)[ME]
    stage.rpc.call("anvil_setBalance", account.address, hex(ETHER))
    person = arrives(key=Key(bytes(account.key)), phone=False).visits("/").connects().goes("/vote/keys")
    return person, person.page.locator("section.card").filter(has_text=f"Cérémonie {number}")


@pytest.fixture
def others_step(stage, polls, number):
    """Others take their next step, by Python."""

    def others_step(*who):
        for place in who or (SECOND, THIRD):
            key = trustees.key_files(polls, number)[place]
            ceremony.take_step(polls, number, trustees.accounts(stage)[place], key, Memory())

    return others_step


@pytest.fixture
def key_file(tmp_path, polls, number):
    """The file of one of the demo's secrets."""

    def key_file(place):
        path = tmp_path / f"trustee-{place}.json"
        path.unlink(missing_ok=True)
        save(trustees.key_files(polls, number)[place], path, PASSWORD, cost=COST)
        return path

    return key_file


def steps(card, name, file=None):
    """When it is the time of that step, gives her file and passphrase, and presses."""
    expect(card.get_by_role("button", name=name)).to_be_visible()
    if file:
        card.get_by_label("Fichier de clé", exact=True).set_input_files(file)
    card.get_by_label("Phrase de passe", exact=True).fill(PASSWORD)
    card.get_by_role("button", name=name).click()


def test_a_trustee_makes_her_key_and_takes_every_step_in_the_browser(trustee, others_step, stage, polls, number):
    me, card = trustee
    card.get_by_text("Je n’ai pas encore de fichier de clé").click()
    card.get_by_label("Nouvelle phrase de passe").fill("court")
    card.get_by_role("button", name="Faire et télécharger ma clé").click()
    me.reads("12 caractères au moins.").reads("Ce n’est pas la même.")
    shots.take(me.page, "vote-keys-trustee")
    assert me.is_kept_out() == []
    card.get_by_label("Nouvelle phrase de passe").fill(PASSWORD)
    card.get_by_label("La même, encore").fill(PASSWORD)
    with me.page.expect_download(timeout=STRETCHING_MS) as handed:
        card.get_by_role("button", name="Faire et télécharger ma clé").click()
    file = handed.value.path()
    key = load(file, PASSWORD)
    assert key.pins == polls.pins(number)
    me.reads(key.pins.phrase)

    steps(card, "M’inscrire", file)
    me.page.get_by_role("dialog").wait_for(timeout=STRETCHING_MS)
    me.wallet.refuse()
    me.signs().reads(REFUSED)
    assert progress(polls, number).enrolled == frozenset()
    steps(card, "M’inscrire")
    me.page.get_by_role("dialog").wait_for(timeout=STRETCHING_MS)
    me.reads("Vous vous inscrivez comme dépositaire").signs().reads("Vous êtes inscrit, d’après ce nœud.")
    others_step()

    for name, said, done in (
        ("M’engager", "Vous vous engagez sur votre partage", "Votre partage est scellé, d’après ce nœud."),
        ("Publier mon partage", "Vous publiez votre partage", "Votre partage est publié, d’après ce nœud."),
    ):
        steps(card, name, file)
        me.page.get_by_role("dialog").wait_for(timeout=STRETCHING_MS)
        me.reads(said).signs().reads(done)
        others_step()
    steps(card, "Vérifier mes parts", file)
    expect(card.get_by_text("Les 2 parts reçues sont justes.")).to_be_visible(timeout=STRETCHING_MS)

    stage.pass_days(2)
    card.get_by_role("button", name="Passer à l’étape suivante").click()
    me.signs()
    steps(card, "Signer la clé", file)
    me.page.get_by_role("dialog").wait_for(timeout=STRETCHING_MS)
    me.reads("Vous signez la clé de l’urne").signs().reads("la clé porte votre signature")
    others_step()
    expect(card).to_contain_text("clé prête")
    assert progress(polls, number).phase is Phase.KEY_READY
    (told, _) = ceremony.take_step(polls, number, trustees.accounts(stage)[ME], key, Memory())
    assert "your key file opens share" in told


@pytest.mark.parametrize("step", ["commit", "deal"])
def test_the_last_to_act_is_told_so_though_the_phase_ends_by_it(step, trustee, others_step, key_file, polls, number):
    me, card = trustee
    others_step()
    steps(card, "M’inscrire", key_file(ME))
    me.signs().reads("Vous êtes inscrit, d’après ce nœud.")
    if step == "deal":
        others_step(ME, SECOND, THIRD)
    others_step()
    name, done = {
        "commit": ("M’engager", "Votre partage est scellé, d’après ce nœud."),
        "deal": ("Publier mon partage", "Votre partage est publié, d’après ce nœud."),
    }[step]
    steps(card, name, key_file(ME))
    me.signs().reads(done)
    assert progress(polls, number).phase is {"commit": Phase.DEAL, "deal": Phase.COMPLAINTS}[step]


def deals_falsely(stage, polls, number, place):
    """Commits to a deal of which every share is wrong; gives what opens it."""
    account, secret = trustees.accounts(stage)[place], trustees.secrets()[place]
    said = polls.ceremony(number)
    index = said.ceremony.trustees.index(bytes.fromhex(account.address[2:])) + 1
    keys = trustee_keys(said, index, secret)
    deal = messages.make_deal(said.ceremony, keys, said.enrolled)
    false = Hall.proven(said, keys, replace(deal, shares=tuple((share + 1) % N for share in deal.shares)))
    hash_ = messages.deal_hash(said.ceremony, index, false)
    committed = slips.commitment(said.ceremony, index, hash_, slips.mask(said.enrolled))
    signing.sign(polls, committed, account).post(polls, account, "a false deal")
    opened = signing.sign(polls, slips.dealing(said.ceremony, index, false), account)
    return index, lambda: opened.post(polls, account, "open a false deal")


def test_a_trustee_who_was_sent_a_false_share_proves_it(trustee, others_step, key_file, stage, polls, number):
    me, card = trustee
    others_step(ME, SECOND, THIRD)
    others_step(ME, SECOND)
    index, opens = deals_falsely(stage, polls, number, THIRD)
    others_step(ME, SECOND)
    opens()
    steps(card, "Vérifier mes parts", key_file(ME))
    dialog = me.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Vous prouvez qu’une part reçue est fausse")
    expect(dialog).to_contain_text(re.compile(rf"Dépositaire mis en cause\s*{index}"))
    me.signs().reads("La part fausse est prouvée, son auteur exclu, d’après ce nœud.")
    assert progress(polls, number).excluded == {index}
    steps(card, "Vérifier mes parts")
    me.reads("La part reçue est juste.")


def test_another_key_file_than_the_one_she_enrolled_with_is_refused(trustee, others_step, key_file):
    me, card = trustee
    others_step(ME, SECOND, THIRD)
    steps(card, "M’engager", key_file(SECOND))
    me.reads("Ce n’est pas le fichier de clé avec lequel vous vous êtes inscrit.")
    steps(card, "M’engager", key_file(ME))
    me.signs().reads("Votre partage est scellé, d’après ce nœud.")


def test_a_trustee_who_is_awaited_is_told_where_votes_are_listed(trustee, arrives, citizen_key, others_step):
    me, card = trustee
    me.goes("/vote").reads("Vous êtes dépositaire : une étape vous attend.")
    me.follows("Les clés des urnes").sees_view()
    expect(card).to_contain_text("Faites votre clé et inscrivez-vous.")
    others_step(ME)
    me.goes("/vote")
    expect(me.page.get_by_text("une étape vous attend")).to_have_count(0)
    citizen = arrives(key=citizen_key).visits("/").connects().goes("/vote")
    expect(citizen.page.get_by_text("une étape vous attend")).to_have_count(0)


def test_a_key_file_that_was_made_for_another_contract_is_refused(trustee, polls, number, tmp_path):
    me, card = trustee
    key, path = trustees.key_files(polls, number)[ME], tmp_path / "elsewhere.json"
    save(replace(key, pins=replace(key.pins, consultations=bytes(20))), path, PASSWORD, cost=COST)
    steps(card, "M’inscrire", path)
    me.reads(re.compile("Ce fichier de clé a été fait pour une autre chaîne, un autre contrat"))
    assert progress(polls, number).enrolled == frozenset()
