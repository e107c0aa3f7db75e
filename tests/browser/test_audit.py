"""What a page's audit stands on, a second node's word, and what a page never says of a node that lies."""

import base64
import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from beffroi.ballots.ballot import make_ballot, split
from beffroi.ballots.events import BallotsCast
from beffroi.ballots.proofs import pair
from beffroi.ballots.records import records
from beffroi.ballots.tally import total, totals_hash
from beffroi.ballots.transcript import to_address
from beffroi.chain.abi import decode_event, entry, topic
from beffroi.chain.identity import chain_identity
from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.consultation import casting, challenge
from beffroi.consultation.polls import PollStatus
from beffroi.consultation.subject import DATA_URI, subject_of
from beffroi.demo import trustees
from beffroi.demo.open_house import SUBJECT
from beffroi.roll import Roll
from tests.adversaries.vote.false_election import feigned
from tests.adversaries.vote.lies import alters, hides, log_of, shows, swaps
from tests.adversaries.vote.lying_node import lying_node
from tests.browser.harness.looks import assert_fit_for_all
from tests.browser.test_lying_node import OPEN, TALLIED, behind, from_another_town, one_more

CONFIRMED = "Confirmé. Le résultat est exactement"


def audits(person, number=TALLIED):
    person.visits(f"/vote/{number}/audit").presses("Tout vérifier")
    return person


def raw_logs(contract, rpc):
    return rpc.call("eth_getLogs", {"address": contract.address, "fromBlock": "0x0", "toBlock": "latest"})


def test_an_audit_says_what_it_stands_on(arrives, polls, stage):
    params, (block, block_hash, closing) = polls.params(TALLIED), polls.closed_in(TALLIED)
    asked, said = subject_of(polls, params), polls.ceremony(params.ceremony).ceremony
    seal = next(seal for roll, seal in stage.papers.rolls if roll.root == params.roll_root)
    anyone = audits(arrives(phone=False)).reads(CONFIRMED)
    stood = anyone.page.locator("section").filter(has_text="Sur quoi cela repose")
    grounds = [
        stage.rpc.url,
        f"31337, {chain_identity(stage.rpc)[1]}",
        "0x" + params.contract.hex(),
        "0x" + block_hash.hex(),
        f"Dépositaires : {said.threshold} sur {len(said.trustees)} ouvrent",
        *("0x" + it.hex() for it in said.trustees),
        "0x" + params.h.hex(),
        "0x" + params.roll_root.hex(),
        f"Liste entière de {seal.kind}, au bloc {seal.block} ({seal.date})",
        f"du registre {seal.contract} : tirée de nouveau ici",
        asked.question,
        " | ".join(asked.options),
        "0x" + params.hash.hex(),
        "dont 0 hors du temps du vote",
        "…" + totals_hash(closing.totals).hex()[-8:],
    ]
    for ground in grounds:
        expect(stood).to_contain_text(ground)
    digits = re.sub(r"\D", "", stood.locator("dd").filter(has_text="0x" + block_hash.hex()).inner_text().split(",")[0])
    assert int(digits) == block
    assert_fit_for_all(anyone, "audit-grounds")


def test_a_batch_outside_the_time_of_the_vote_is_told_before_all(arrives, stage):
    def long_ago(asked, ask):
        told = ask(asked)
        is_block = asked.method == "eth_getBlockByNumber" and asked.params[0] not in ("latest", "0x0")
        return {"result": told["result"] | {"timestamp": "0x1"}} if is_block else told

    with lying_node(stage.rpc.url, long_ago) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        audits(anyone).reads(re.compile("Attention : .* lots ont été déposés hors du temps du vote"))
        anyone.reads(re.compile("Attention : la liste avait .* jours"))


def test_a_roll_that_the_registers_events_do_not_give_is_told_before_all(arrives, stage):
    with lying_node(stage.rpc.url, hides(stage.contract("Residents"), "Enrolled")) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        audits(anyone).reads("Attention : personne n’a montré que la liste des inscrits est entière.")
        anyone.reads(re.compile("les événements du registre ne la donnent pas"))


def test_a_second_node_is_compared_by_the_page_itself(arrives, polls, stage):
    label = "Un second nœud, tenu par quelqu’un d’autre"
    with lying_node(stage.rpc.url) as node:
        anyone = audits(arrives(phone=False)).reads(CONFIRMED)
        anyone.watch.origins.add(node.url)
        anyone.field(label).fill("node.example")
        anyone.presses("Comparer").reads("Une adresse qui commence par https://")
        anyone.field(label).fill(f"{stage.rpc.url}/")
        anyone.presses("Comparer").reads("C’est le nœud que cette page interroge déjà")
        anyone.field(label).fill(node.url)
        anyone.presses("Comparer").reads("Le second nœud dit de même")
        node.lies = [swaps(polls.consultations, "ConsultationClosed", one_more)]
        anyone.presses("Comparer").reads("Le second nœud dit AUTRE CHOSE")
        assert_fit_for_all(anyone, "audit-second-node")


@pytest.mark.usefixtures("a_week_later")
def test_a_trustee_whose_second_node_tells_otherwise_gives_no_share(arrives, polls, stage):
    polls.act(stage.office("clerk"), polls.consultations, "close", OPEN, purpose="close the vote")
    label = "Un second nœud, tenu par quelqu’un d’autre"
    with lying_node(stage.rpc.url, swaps(polls.consultations, "ConsultationClosed", one_more)) as node:
        trustee = arrives(key=Key(bytes(anvil_account(trustees.FIRST).key)), phone=False)
        trustee.watch.origins.add(node.url)
        trustee.visits("/").connects().goes(f"/vote/{OPEN}/count").presses("Compter les bulletins")
        trustee.reads("Les bulletins portent ces totaux").field(label).fill(node.url)
        trustee.presses("Comparer").reads("Le second nœud dit AUTRE CHOSE")
        expect(trustee.page.get_by_label("Un autre dépositaire, qui a compté par un autre nœud")).to_have_count(0)
        expect(trustee.page.get_by_text("Fichier de clé")).to_have_count(0)
        node.lies = []
        trustee.presses("Comparer").reads("Le second nœud dit de même").reads("Fichier de clé")


def test_a_page_counts_nothing_while_people_vote(arrives, stage, polls):
    contract, params = polls.consultations, polls.params(OPEN)
    cast = [event for event in polls.votes(OPEN) if isinstance(event, BallotsCast)]
    last = {it.index: it.ballot for event in cast for it in records(event.records, params.rule.ballot_length)}
    sums = [total(pairs) for pairs in zip(*(split(it, params.rule.size) for it in last.values()), strict=True)]
    true = raw_logs(contract, stage.rpc)
    told = {"ballots": len(last), "totals": [pair(point) for both in sums for point in both]}
    closed = log_of(contract, "ConsultationClosed", true[-1], 901, consultation=OPEN, **told)
    lies = shows(contract, [*true, closed]), alters(contract, "status", lambda _: [PollStatus.CLOSED])
    with lying_node(stage.rpc.url, *lies) as node:
        trustee = arrives(key=Key(bytes(anvil_account(trustees.FIRST).key)), phone=False)
        behind(trustee, stage.rpc.url, node)
        trustee.visits("/").connects().goes(f"/vote/{OPEN}/count").presses("Compter les bulletins")
        trustee.reads("À l’heure de cet appareil le vote n’est pas terminé. Rien de votre clé ne l’a quitté.")
        expect(trustee.page.get_by_text("Les bulletins portent ces totaux")).to_have_count(0)


def test_a_page_does_not_confirm_an_election_of_invented_people(arrives, foundation, stage):
    people = [Key.derived("invented", number) for number in range(6)]
    with (
        feigned(foundation, Roll.of([it.address for it in people]), people) as (url, vote),
        lying_node(stage.rpc.url, from_another_town(url)) as node,
    ):
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        audits(anyone, vote.number).reads("Réfuté. Au moins une vérification échoue")
        expect(anyone.page.get_by_text(CONFIRMED)).to_have_count(0)


@pytest.fixture
def exchanged(polls):
    """The values of an opening of a consultation, with two options exchanged."""

    def exchanged(number):
        params, asked = polls.params(number), subject_of(polls, polls.params(number))
        other = replace(asked, options=(asked.options[1], asked.options[0], *asked.options[2:]))
        told = {params.options_hash: other.options_hash, asked.data_uri: other.data_uri}
        hash_ = replace(params, options_hash=other.options_hash).hash

        def values(true):
            terms = tuple(told.get(it, it) if isinstance(it, bytes | str) else it for it in true["terms"])
            return true | {"terms": terms, "paramsHash": hash_}

        return values

    return exchanged


def test_a_page_confirms_nothing_by_options_that_are_exchanged(arrives, polls, stage, exchanged):
    contract = polls.consultations
    true, item = raw_logs(contract, stage.rpc), entry(contract.abi, "event", "ConsultationOpened")
    opened = next(it for it in true if it["topics"][0] == topic(item) and int(it["topics"][1], 16) == TALLIED)
    terms = exchanged(TALLIED)(decode_event(item, opened))
    false = log_of(contract, "ConsultationOpened", opened, 0, **terms)
    with lying_node(stage.rpc.url, shows(contract, [false, *true])) as node:
        anyone = arrives(phone=False)
        behind(anyone, stage.rpc.url, node)
        audits(anyone).reads("Réfuté. Au moins une vérification échoue")
        expect(anyone.page.get_by_text(CONFIRMED)).to_have_count(0)


def test_a_page_makes_no_ballot_for_other_terms_than_those_by_which_it_names_the_options(
    arrives, citizen_key, polls, stage, exchanged
):
    def swap(values):
        return exchanged(OPEN)(values) if values["consultation"] == OPEN else values

    lie = swaps(polls.consultations, "ConsultationOpened", swap)
    word = topic(entry(polls.consultations.abi, "event", "ConsultationOpened"))

    def to_the_list_alone(asked, ask):
        is_list = asked.method == "eth_getLogs" and asked.params[0].get("topics") == [word]
        return lie(asked, ask) if is_list else ask(asked)

    with lying_node(stage.rpc.url, to_the_list_alone) as node:
        citizen = arrives(key=citizen_key)
        behind(citizen, stage.rpc.url, node)
        citizen.visits("/").connects().goes(f"/vote/{OPEN}")
        expect(citizen.page.locator("label:has(input[type=radio])").first).to_contain_text(SUBJECT.options[1])
        citizen.page.get_by_role("radio", name=SUBJECT.options[0]).check()
        citizen.presses("Chiffrer mon bulletin").reads("Ne votez pas par ce nœud")
        assert citizen.wallet.signed == []


def test_a_text_on_the_chain_that_is_no_question_is_told_with_the_key_for_which(arrives, polls, stage):
    asked = subject_of(polls, polls.params(OPEN))
    text = json.dumps(asked.question).join(['{"question": ', ', "question": "?", "options": ["a", "b"]}'])
    damaged = DATA_URI + base64.b64encode(text.encode()).decode()

    def swap(values):
        return values | {"terms": tuple(damaged if it == asked.data_uri else it for it in values["terms"])}

    with lying_node(stage.rpc.url, swaps(polls.consultations, "ConsultationOpened", swap)) as node:
        anyone = arrives()
        behind(anyone, stage.rpc.url, node)
        anyone.visits(f"/vote/{OPEN}").reads("le texte publié n’est pas celui que la chaîne a scellé")
        anyone.reads("la clé « question » y est deux fois")
        expect(anyone.page.get_by_text("Chiffrer mon bulletin")).to_have_count(0)


@pytest.fixture
def opened_file(polls, stage, tmp_path):
    """The file of a ballot that another device opened; cast all the same where a poster is given."""

    def opened_file(key, poster=None):
        params, roll = polls.params(OPEN), stage.draw_roll()
        index = casting.place_on(roll, key.address)
        ballot = make_ballot(params, to_address(key.address), 0, SUBJECT.asked.messages(1))
        if poster:
            casting.cast(polls, params, roll, poster, index, ballot)
        path = tmp_path / f"opened-{bool(poster)}.json"
        path.write_text(challenge.to_text(params, ballot), encoding="utf-8")
        return path

    return opened_file


def test_a_page_looks_whether_an_opened_ballot_was_cast_before_it_calls_it_honest(
    arrives, citizen_key, stage, opened_file, as_it_was
):
    stage.rpc.call("anvil_setBalance", citizen_key.address, hex(10**18))
    anyone = arrives(phone=False).visits(f"/vote/{OPEN}")
    chosen, told = anyone.page.locator("input[type=file]"), anyone.page.locator("article.card .notice")
    anyone.page.get_by_text("Vérifier un reçu ou un bulletin ouvert").first.click()
    path = opened_file(citizen_key)
    chosen.set_input_files(path)
    anyone.presses("Vérifier ce bulletin ouvert").reads("Honnête : il contenait ceci. Il n’a pas été déposé")
    expect(anyone.page.locator(".contents")).to_have_text(SUBJECT.options[1])
    assert_fit_for_all(anyone, "opened-ballot")
    altered, cut = path.with_name("altered.json"), path.with_name("cut.json")
    altered.write_text(json.dumps(json.loads(path.read_text()) | {"messages": ["1"]}))
    chosen.set_input_files(altered)
    expect(told).to_have_count(0)
    anyone.presses("Vérifier ce bulletin ouvert").reads("Ce bulletin ne contient PAS ce que dit son ouverture")
    cut.write_text('{"kind": "beffroi-opened-ballot-1"')
    chosen.set_input_files(cut)
    anyone.reads("Ce fichier n’est ni un reçu ni un bulletin ouvert, ou il est abîmé.")
    chosen.set_input_files(opened_file(citizen_key, citizen_key))
    anyone.presses("Vérifier ce bulletin ouvert").reads("Il a été ouvert ET déposé")
