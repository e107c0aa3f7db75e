"""What a node that lies learns from a page: it is the server's, as the post office is."""

import pytest
import requests
from playwright.sync_api import expect

from beffroi.ballots.ballot import split
from beffroi.ballots.group import add, base, random_scalar
from beffroi.ballots.proofs import pair
from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.consultation import counting
from beffroi.demo import trustees
from beffroi.demo.open_house import SUBJECT
from beffroi.roll import Roll
from tests.adversaries.vote.arithmetic import decrypt
from tests.adversaries.vote.false_election import feigned
from tests.adversaries.vote.lies import answers_from, hides, swaps
from tests.adversaries.vote.lying_node import lying_node
from tests.adversaries.vote.voters_key import shows_key

OPEN = 4
"""In the demo's town, the consultation that is open."""
CHOICE = 1


def chooses(person):
    person.goes(f"/vote/{OPEN}").page.get_by_role("radio", name=SUBJECT.options[CHOICE]).check()
    return person.presses("Chiffrer mon bulletin")


def behind(person, true_url, node):
    """Whatever her page asks of the chain's node, this one answers."""

    def answer(route):
        told = requests.post(node.url, data=route.request.post_data_buffer, timeout=30)
        route.fulfill(status=told.status_code, headers=dict(told.headers), body=told.content)

    person.page.context.route(f"{true_url}/**", answer)


def test_a_page_makes_no_ballot_for_a_key_that_the_published_trustees_did_not_sign(
    arrives, citizen_key, polls, stage, town
):
    params, key, posted = polls.params(OPEN), random_scalar(), []
    before = polls.consultations.read(stage.rpc, "ballots", OPEN)
    with lying_node(stage.rpc.url, *shows_key(polls.consultations, params, key)) as node:
        citizen = arrives(key=citizen_key)
        behind(citizen, stage.rpc.url, node)
        citizen.page.on("request", lambda it: posted.append(it) if it.url.startswith(f"{town.post}/v1/slips") else None)
        chooses(citizen.visits("/").connects())
        citizen.reads("aucun des dépositaires que votre commune a publiés n’a signé cette clé")
        node.lies.clear()
        citizen.page.reload()
        chooses(citizen.sees_view()).reads("Votre bulletin est chiffré").presses("Déposer dans l’urne").signs()
        citizen.reads("Votre bulletin est dans l’urne.")
    assert polls.consultations.read(stage.rpc, "ballots", OPEN) == before + 1
    sent = [bytes.fromhex(it.post_data_json["extra"]["ballot"][2:]) for it in posted if it.method == "POST"]
    read = [decrypt(key, split(ballot, params.rule.size), params.rule) for ballot in sent]
    assert read == [None], "of the one ballot that was sent the node reads nothing"


def test_a_page_does_not_confirm_an_election_that_nobody_signed(arrives, foundation, stage):
    roll = Roll.of([Key.derived("voter", number).address for number in range(6)])
    with feigned(foundation, roll) as (url, vote), lying_node(stage.rpc.url, answers_from(url)) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        anyone.visits(f"/vote/{vote.number}/audit").presses("Tout vérifier")
        anyone.reads("Réfuté. Au moins une vérification échoue").reads("6 bulletins comptés pour 6 inscrits.")


def one_more(values):
    first, *rest = values["totals"]
    return values | {"totals": [pair(add(base(1), first[0].to_bytes(32) + first[1].to_bytes(32))), *rest]}


@pytest.mark.usefixtures("a_week_later")
@pytest.mark.parametrize("lie", ["totals", "ballots"])
def test_a_page_opens_no_totals_but_those_of_the_ballots_that_it_has_counted(arrives, stage, polls, lie):
    counting.close(polls, OPEN, stage.office("clerk"))
    lies = {
        "totals": swaps(polls.consultations, "ConsultationClosed", one_more),
        "ballots": hides(polls.consultations, "BallotsCast"),
    }
    with lying_node(stage.rpc.url, lies[lie]) as node:
        trustee = arrives(key=Key(bytes(anvil_account(trustees.FIRST).key)), phone=False)
        behind(trustee, stage.rpc.url, node)
        trustee.visits("/").connects().goes(f"/vote/{OPEN}/count").presses("Compter les bulletins")
        trustee.reads("Les bulletins ne portent pas ce qui serait ouvert. Rien de votre clé n’a quitté cet appareil")
        expect(trustee.page.get_by_text("Fichier de clé")).to_have_count(0)
