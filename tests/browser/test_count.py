"""The count as people do it: the clerk closes, two trustees open the totals, anyone publishes, anyone audits."""

import json
import re

import pytest
from playwright.sync_api import expect

from beffroi.ballots.keyfiles import load, save
from beffroi.ballots.parallel import Here
from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.consultation import counting, sharing
from beffroi.demo import trustees
from beffroi.demo.open_house import EARLY_VOTERS, SUBJECT
from beffroi.units import ETHER
from tests.adversaries.vote.lies import swaps
from tests.adversaries.vote.lying_node import lying_node
from tests.browser.test_lying_node import behind

POLL = 4
STATION = f"/vote/{POLL}"
PASSWORD = "le beffroi sonne à midi"
COST = 1 << 12
"""Of scrypt, low: its strength is not what is tested."""


def key_file(polls, folder, place):
    path = folder / f"trustee-{place}.json"
    save(trustees.key_files(polls, polls.params(POLL).ceremony)[place], path, PASSWORD, cost=COST)
    return path


@pytest.mark.usefixtures("a_week_later")
def test_a_consultation_is_closed_opened_by_two_trustees_published_and_audited(
    arrives, office_key, stage, polls, tmp_path
):
    clerk = arrives(key=office_key("clerk"), phone=False).visits("/").connects().goes(f"{STATION}/count")
    clerk.presses("Clore le vote").signs().reads(re.compile("0 parts remises, 2 nécessaires"))
    (key, *_), roll = trustees.key_files(polls, polls.params(POLL).ceremony), stage.draw_roll()
    for place in range(trustees.NEEDED):
        account = anvil_account(trustees.FIRST + place)
        stage.rpc.call("anvil_setBalance", account.address, hex(ETHER))
        trustee = arrives(key=Key(bytes(account.key)), phone=False).visits("/").connects().goes(f"{STATION}/count")
        expect(trustee.page.get_by_text("Fichier de clé")).to_have_count(0)
        phrase = sharing.count(polls, POLL, key, roll, now_s=stage.now_s(), executor=Here()).phrase
        trustee.presses("Compter les bulletins").reads(phrase)
        trustee.page.get_by_label("Un autre dépositaire, qui a compté par un autre nœud").check()
        path = key_file(polls, tmp_path, place)
        trustee.field("Fichier de clé").set_input_files(path)
        trustee.field("Phrase de passe").fill("une autre")
        trustee.presses("Calculer et remettre ma part").reads("Ce n’est pas la bonne phrase de passe.")
        trustee.field("Phrase de passe").fill(PASSWORD)
        with trustee.page.expect_download() as downloaded:
            trustee.presses("Calculer et remettre ma part")
        trustee.reads("Enregistrez d’abord votre fichier de clé à nouveau")
        assert len(counting.shares_of(polls, POLL)) == place, "hers is not given before"
        downloaded.value.save_as(path)
        assert json.loads(path.read_text())["opened"].keys() == {str(POLL)}
        assert load(path, PASSWORD) == trustees.key_files(polls, polls.params(POLL).ceremony)[place]
        trustee.field("Fichier de clé").set_input_files(path)
        trustee.field("Phrase de passe").fill(PASSWORD)
        trustee.presses("Calculer et remettre ma part").signs()
        expect(trustee.page.get_by_text("remise", exact=False).first).to_be_visible()
    clerk.presses("Publier le résultat").signs().reads("Le résultat est publié, d’après ce nœud.")
    anyone = arrives().visits(STATION)
    anyone.page.get_by_text("Voir le tableau").click()
    for option in SUBJECT.options:
        expect(anyone.page.get_by_role("row", name=re.compile(f"^{option}"))).to_be_visible()
    anyone.goes(f"{STATION}/audit").presses("Tout vérifier")
    expect(anyone.page.get_by_text("Confirmé. Le résultat est exactement")).to_be_visible(timeout=60_000)
    anyone.reads(phrase)
    counted = anyone.page.get_by_text(re.compile("bulletins comptés pour 300 inscrits")).inner_text()
    assert int(counted.split()[0]) >= EARLY_VOTERS


@pytest.mark.usefixtures("a_week_later")
def test_no_share_is_called_handed_in_that_its_trustee_did_not_sign(arrives, stage, polls):
    counting.close(polls, POLL, stage.office("clerk"))
    (_, key, *_), roll = trustees.key_files(polls, polls.params(POLL).ceremony), stage.draw_roll()
    trustees.share(stage, polls, POLL, key, roll)
    with lying_node(stage.rpc.url, swaps(polls.consultations, "ShareSubmitted", unsigned)) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        anyone.visits(f"{STATION}/count").reads("0 parts remises, 2 nécessaires.")
        expect(anyone.page.get_by_text("remise, dit le nœud, qui n’en montre pas la signature")).to_have_count(1)
        node.lies.clear()
        anyone.page.reload()
        anyone.reads("1 parts remises, 2 nécessaires.")
        expect(anyone.page.get_by_text("✓ remise")).to_have_count(1)


def unsigned(values):
    return values | {"signature": bytes(65)}
