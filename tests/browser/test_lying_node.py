"""What a node that lies learns from a page: it is the server's, as the post office is."""

from dataclasses import replace

import pytest
import requests
from playwright.sync_api import expect

from beffroi.ballots.ballot import make_ballot, split
from beffroi.ballots.group import add, base, random_scalar
from beffroi.ballots.proofs import pair
from beffroi.ballots.transcript import to_address
from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.consultation import challenge, checking, counting
from beffroi.consultation.phases import Phase
from beffroi.consultation.subject import subject_of
from beffroi.demo import trustees
from beffroi.demo.open_house import SUBJECT
from beffroi.roll import Roll
from tests.adversaries.vote.arithmetic import decrypt
from tests.adversaries.vote.false_election import feigned
from tests.adversaries.vote.lies import alters, answers_from, hides, swaps
from tests.adversaries.vote.lying_node import lying_node
from tests.adversaries.vote.voters_key import shows_key

OPEN = 4
"""In the demo's town, the consultation that is open."""
TALLIED = 1
"""And one that has its result."""
CHOICE = 1
FIRST_BLOCK = "eth_getBlockByNumber", ["0x0"]


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
        citizen.reads("Votre bulletin est dans l’urne, d’après ce nœud.")
    assert polls.consultations.read(stage.rpc, "ballots", OPEN) == before + 1
    sent = [bytes.fromhex(it.post_data_json["extra"]["ballot"][2:]) for it in posted if it.method == "POST"]
    read = [decrypt(key, split(ballot, params.rule.size), params.rule) for ballot in sent]
    assert read == [None], "of the one ballot that was sent the node reads nothing"


def from_another_town(url):
    """Whatever is asked, but for the first block: by that a page knows its town's chain."""
    elsewhere = answers_from(url)
    return lambda it, ask: ask(it) if (it.method, it.params[:1]) == FIRST_BLOCK else elsewhere(it, ask)


def test_a_page_does_not_confirm_an_election_that_nobody_signed(arrives, foundation, stage):
    roll = Roll.of([Key.derived("voter", number).address for number in range(6)])
    with feigned(foundation, roll) as (url, vote), lying_node(stage.rpc.url, from_another_town(url)) as node:
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


def test_a_page_shows_the_result_that_it_verified_not_the_one_that_a_node_tells(arrives, polls, stage):
    subject = subject_of(polls, polls.params(TALLIED))
    counts = polls.consultations.read(stage.rpc, "counts", TALLIED)
    ballots = polls.consultations.read(stage.rpc, "ballots", TALLIED)
    first, second, *_ = checking.results(subject, tuple(counts), ballots)
    assert first != second
    exchanged = alters(polls.consultations, "counts", lambda told: [[told[0][1], told[0][0], *told[0][2:]]])
    with lying_node(stage.rpc.url, exchanged) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        anyone.visits(f"/vote/{TALLIED}").sees_view().reads("D’après ce nœud")
        assert shares_shown(anyone, subject) == [second, first], "this node lies"
        anyone.goes(f"/vote/{TALLIED}/audit").presses("Tout vérifier")
        anyone.reads("Confirmé. Le résultat est exactement la somme")
        assert shares_shown(anyone, subject) == [first, second]


def shares_shown(person, subject):
    """The counts of the first two options, as the table below the chart has them."""
    person.page.locator("details.more summary").first.click()
    rows = [person.page.get_by_role("row", name=option).first for option in subject.options[:2]]
    return [int("".join(filter(str.isdigit, row.get_by_role("cell").nth(1).inner_text()))) for row in rows]


def to_the_list_alone(lie):
    """A lie in the openings of all consultations, not in those of one."""

    def tell(asked, ask):
        topics = asked.params[0].get("topics", []) if asked.method == "eth_getLogs" else [None, "one"]
        is_list = len(topics) < 2 or topics[1] is None
        return lie(asked, ask) if is_list else ask(asked)

    return tell


@pytest.mark.parametrize("told", ["options", "rule"])
def test_a_page_calls_no_opened_ballot_honest_whose_options_are_told_in_two_ways(
    arrives, citizen_key, polls, stage, tmp_path, told
):
    params = polls.params(OPEN)
    ballot = make_ballot(params, to_address(citizen_key.address), 0, SUBJECT.asked.messages(CHOICE))
    path = tmp_path / "opened.json"
    path.write_text(challenge.to_text(params, ballot))
    first, second, *rest = SUBJECT.options
    other = replace(SUBJECT, options=(second, first, *rest)) if told == "options" else replace(SUBJECT, kind="approval")

    def exchange(values):
        *terms, _, _, _ = values["terms"]
        return values | {"terms": (*terms, other.options_hash, other.data_uri, other.asked.rule.as_tuple())}

    lie = to_the_list_alone(swaps(polls.consultations, "ConsultationOpened", exchange))
    with lying_node(stage.rpc.url, lie) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        anyone.visits(f"/vote/{OPEN}")
        anyone.page.get_by_text("Vérifier un reçu ou un bulletin ouvert").first.click()
        anyone.page.locator("input[type=file]").set_input_files(path)
        anyone.presses("Vérifier ce bulletin ouvert").reads("Ce que le nœud publie n’est pas ce à quoi les bulletins")
        expect(anyone.page.get_by_text("Honnête")).to_have_count(0)


def test_a_page_blames_no_device_for_a_node_that_tells_other_terms(arrives, citizen_key, polls, stage, tmp_path):
    params = polls.params(OPEN)
    later = replace(params, closes_at=params.closes_at + 1)
    ballot = make_ballot(later, to_address(citizen_key.address), 0, SUBJECT.asked.messages(CHOICE))
    path = tmp_path / "opened.json"
    path.write_text(challenge.to_text(later, ballot))
    anyone = arrives(phone=False).visits(f"/vote/{OPEN}")
    anyone.page.get_by_text("Vérifier un reçu ou un bulletin ouvert").first.click()
    anyone.page.locator("input[type=file]").set_input_files(path)
    anyone.presses("Vérifier ce bulletin ouvert").reads("l’un des deux nœuds ment. On ne sait rien de l’appareil")
    expect(anyone.page.get_by_text("n’utilisez plus l’appareil")).to_have_count(0)


def test_a_page_tells_what_trustees_signed_and_what_only_the_node_says(arrives, polls, stage):
    number = polls.ceremonies.read(stage.rpc, "ceremonies")
    all_acted = alters(polls.ceremonies, "acts", lambda masks: [0b111, *masks[1:]])
    is_ready = alters(polls.ceremonies, "phase", lambda _: [Phase.KEY_READY, 0])
    claimed = "fait : le nœud le dit, et ne montre aucune signature"
    with lying_node(stage.rpc.url, all_acted) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        card = anyone.visits("/vote/keys").page.locator("section.card").filter(has_text=f"Cérémonie {number}")
        expect(card.get_by_text("✓ fait", exact=True)).to_have_count(1)
        expect(card.get_by_text(claimed)).to_have_count(2)
        expect(card.get_by_text("Ne vous y fiez pas")).to_have_count(0)
        node.lies.append(is_ready)
        anyone.page.reload()
        expect(card.get_by_text("clé prête")).to_be_visible()
        expect(card.get_by_text("Ne vous y fiez pas")).to_be_visible()
        honest = anyone.page.locator("section.card").filter(has_text="Cérémonie 1").first
        expect(honest.get_by_text("✓ fait", exact=True).first).to_be_attached()
        expect(honest.get_by_text("Ne vous y fiez pas")).to_have_count(0)
