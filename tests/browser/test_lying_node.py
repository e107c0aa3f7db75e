"""What a node that lies learns from a page: it is the server's, as the post office is."""

import requests

from beffroi.ballots.ballot import split
from beffroi.ballots.group import random_scalar
from beffroi.chain.keys import Key
from beffroi.demo.open_house import SUBJECT
from beffroi.roll import Roll
from tests.adversaries.vote.arithmetic import decrypt
from tests.adversaries.vote.false_election import feigned
from tests.adversaries.vote.lies import answers_from
from tests.adversaries.vote.lying_node import lying_node
from tests.adversaries.vote.voters_key import shows_key

OPEN = 4
"""In the demo's town, the consultation that is open."""
CHOICE = 1


def votes(person):
    person.goes(f"/vote/{OPEN}").page.get_by_role("radio", name=SUBJECT.options[CHOICE]).check()
    person.presses("Chiffrer mon bulletin").reads("Votre bulletin est chiffré")
    person.presses("Déposer dans l’urne").signs()


def behind(person, true_url, node):
    """Whatever her page asks of the chain's node, this one answers."""

    def answer(route):
        told = requests.post(node.url, data=route.request.post_data_buffer, timeout=30)
        route.fulfill(status=told.status_code, headers=dict(told.headers), body=told.content)

    person.page.context.route(f"{true_url}/**", answer)


def test_a_ballot_that_a_page_encrypts_for_the_nodes_own_key_tells_the_server_the_vote(
    arrives, citizen_key, polls, stage, town
):
    params, key, posted = polls.params(OPEN), random_scalar(), []
    before = polls.consultations.read(stage.rpc, "ballots", OPEN)
    with lying_node(stage.rpc.url, *shows_key(polls.consultations, params, key)) as node:
        citizen = arrives(key=citizen_key)
        citizen.watch.tolerate("status of 403")
        behind(citizen, stage.rpc.url, node)
        citizen.page.on("request", lambda it: posted.append(it) if it.url.startswith(f"{town.post}/v1/slips") else None)
        votes(citizen.visits("/").connects())
        citizen.reads("La preuve de ce bulletin est fausse : il n’a pas été compté. Préparez-en un nouveau.")
        node.lies.clear()
        citizen.page.reload()
        votes(citizen.sees_view())
        citizen.reads("Votre bulletin est dans l’urne.")
    assert polls.consultations.read(stage.rpc, "ballots", OPEN) == before + 1
    sent = [bytes.fromhex(it.post_data_json["extra"]["ballot"][2:]) for it in posted if it.method == "POST"]
    read = [decrypt(key, split(ballot, params.rule.size), params.rule) for ballot in sent]
    assert read == [SUBJECT.asked.messages(CHOICE), None]


def test_a_page_does_not_confirm_an_election_that_nobody_signed(arrives, foundation, stage):
    roll = Roll.of([Key.derived("voter", number).address for number in range(6)])
    with feigned(foundation, roll) as (url, vote), lying_node(stage.rpc.url, answers_from(url)) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        anyone.visits(f"/vote/{vote.number}/audit").presses("Tout vérifier")
        anyone.reads("Non confirmé. Les sommes sont justes, mais").reads("6 bulletins comptés pour 6 inscrits.")
        anyone.reads("0 dans une transaction que le votant a signée, 6 dont seul le contrat répond")
