"""Shared energy behind a node that lies, and what strangers put before people: operations, files, names."""

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from beffroi.flows.clearingacts import ClearingActs
from beffroi.flows.energy.energyrules import TariffSlot
from beffroi.flows.energy.publicfile import public_bytes
from beffroi.flows.operation import StatedLine
from testbed.energy import RULES
from testbed.operation import ARBITER, ORGANISER, neighbour
from tests.adversaries.vote.lies import alters, hides
from tests.adversaries.vote.lying_node import lying_node
from tests.browser.harness.livingstreet import CONTESTER, GOOD, TRUE, drops, lived_in, opens
from tests.browser.harness.looks import assert_fit_for_all
from tests.browser.test_lying_node import behind

UNSEEN = "Votre nœud ne montre pas ce que l’organisateur a déclaré : demandez à un autre."
DUE = 2
REASON = "Je n’ai rien contesté."
NOT_THE_TOWNS = "Aucun office de la commune n’a ouvert cette opération"


@pytest.fixture(scope="module")
def living(stage, town, tmp_path_factory):
    with lived_in(stage, town, tmp_path_factory.mktemp("energy")) as living:
        yield living


def a_cent_shifted(file):
    """The same with a cent of one line on another's."""
    first, second, *rest = file.lines
    shifted = StatedLine(first.member, first.amount_cents + 1), StatedLine(second.member, second.amount_cents - 1)
    return replace(file, lines=(*shifted, *rest))


def restated(living, file):
    """The organiser takes back what it stated, and states this."""
    living.street.acts.retract(ORGANISER, living.street.terms)
    return living.street.states(file)


@pytest.mark.parametrize("view", ["/month", "/street"])
def test_a_file_is_not_called_true_by_a_statement_that_was_taken_back(arrives, living, stage, view, as_it_was):
    told = living.street.clearings.contract
    stated = int(stage.rpc.call("eth_blockNumber"), 16)
    restated(living, a_cent_shifted(living.file))
    latest = hides(told, "PeriodStated")

    def hides_the_last(asked, ask):
        shown, true = latest(asked, ask), ask(asked)
        if asked.method != "eth_getLogs" or "result" not in true:
            return true
        kept = [it for it in true["result"] if it in shown["result"] or int(it["blockNumber"], 16) <= stated]
        return {"result": kept}

    with lying_node(stage.rpc.url, hides_the_last) as node:
        member = arrives(phone=False)
        behind(member, stage.rpc.url, node)
        member.visits(living.path(view)).reads(UNSEEN)
        if view == "/month":
            opens(member, living.own(0), living.public)
        else:
            drops(member, living.public)
        expect(member.page.get_by_role("alert")).to_contain_text(UNSEEN)
        expect(member.page.get_by_text(GOOD)).to_have_count(0)
        expect(member.page.get_by_text(TRUE)).to_have_count(0)


def test_what_was_found_true_is_looked_at_again_when_another_statement_takes_its_place(arrives, living, as_it_was):
    member = arrives(phone=False).visits(living.path("/month"))
    opens(member, living.own(0), living.public).reads(GOOD)
    restated(living, a_cent_shifted(living.file))
    member.reads("Premier point faux").reads(re.compile("« Votre facture est celle qui sera prélevée »"))
    expect(member.page.get_by_text(GOOD)).to_have_count(0)


def test_a_cent_shifted_is_told_with_what_was_stated_of_her(arrives, living, as_it_was, tmp_path):
    shifted = a_cent_shifted(living.file)
    restated(living, shifted)
    (tmp_path / "shifted.json.gz").write_bytes(public_bytes(shifted))
    at = next(at for at in range(12) if neighbour(at).address == shifted.lines[0].member)
    member = arrives(phone=False).visits(living.path("/month"))
    opens(member, living.own(at), tmp_path / "shifted.json.gz").reads("Premier point faux")
    cents = abs(shifted.lines[0].amount_cents)
    member.reads(re.compile(f"^Ce qui a été déclaré pour vous : À (payer|recevoir) : {cents // 100},{cents % 100:02}"))


@pytest.mark.parametrize("lie", ["that the time is over", "that she has contested"])
def test_a_node_that_lies_of_the_window_does_not_keep_a_member_from_contesting(arrives, living, stage, lie, as_it_was):
    contract = living.street.clearings.contract
    lies = {
        "that the time is over": alters(contract, "statusOf", lambda _: [DUE]),
        "that she has contested": alters(contract, "memberOf", lambda it: [(*it[0][:3], 1, *it[0][4:])]),
    }
    with lying_node(stage.rpc.url, lies[lie]) as node:
        member = arrives(key=CONTESTER, phone=False)
        behind(member, stage.rpc.url, node)
        member.visits("/").connects().goes(living.path())
        member.page.locator("summary", has_text=re.compile("Contester quand même|Vous ne l’avez pas fait")).click()
        assert_fit_for_all(member, f"energy-contest-{lie.split()[-1]}")
        member.field("Motif").fill(REASON)
        member.presses("Contester ma ligne").signs().reads("Votre ligne est contestée.")
    clearings, op = living.street.clearings, living.street.terms.op
    assert [*clearings.contests(op, clearings.statement(op))] == [CONTESTER.address]


def test_whoever_is_sent_a_link_reads_that_no_office_opened_it_and_who_voids_statements(
    arrives, living, stage, citizen_key, as_it_was
):
    acts = ClearingActs(living.street.clearings)
    sham = replace(living.street.terms, organiser=citizen_key.address, refuter=ARBITER.address, contest_h=1)
    acts.open(ORGANISER, sham)
    member = arrives(key=CONTESTER).visits("/").connects().goes(f"/energy/0x{sham.op.hex()}")
    member.reads(re.compile(NOT_THE_TOWNS)).reads(re.compile("c’est un autre compte, qui annule ce qu’il veut"))
    assert_fit_for_all(member, "energy-sham-phone")
    member.field("Versement").fill("40")
    member.field("Plafond par période").fill("30")
    member.presses("Rejoindre et verser")
    expect(member.page.get_by_role("dialog")).to_contain_text("1 heure")
    town_s = replace(living.street.terms, contest_h=2)
    acts.open(stage.office("treasurer"), town_s)
    other = arrives().visits(f"/energy/0x{town_s.op.hex()}").reads("2 heures")
    expect(other.page.get_by_text(re.compile(NOT_THE_TOWNS))).to_have_count(0)


def test_the_tariff_is_read_before_one_signs_and_names_of_a_stranger_do_nothing(arrives, living, tmp_path, as_it_was):
    names = "<img src=x onerror=alert(1)>", "W" * 80, "__proto__"
    slots = (
        TariffSlot(name=names[0], days=(1, 2, 3, 4, 5), hours=((0, 360), (1320, 1440))),
        TariffSlot(name=names[1], months=(1, 2, 12)),
        TariffSlot(name=names[2]),
    )
    odd = RULES.model_copy(update={"slots": slots})
    terms = replace(living.street.terms, rules_hash=odd.rules_hash)
    ClearingActs(living.street.clearings).open(ORGANISER, terms)
    (tmp_path / "rules.json").write_text(odd.canonical() + "\n")
    (tmp_path / "other.json").write_text(RULES.canonical())
    person = arrives().visits(f"/energy/0x{terms.op.hex()}")
    person.page.locator("summary", has_text="Lire les règles avant de signer").click()
    person.field("Fichier des règles").set_input_files(tmp_path / "other.json")
    person.reads(re.compile("^Ce ne sont pas les règles que l’on signe ici"))
    person.field("Fichier des règles").set_input_files(tmp_path / "rules.json")
    person.reads("Le tarif, avant qu’il s’applique").reads(names[0]).reads(names[2])
    person.reads("0:00–6:00, 22:00–24:00 ; lun.–ven.").reads("0:00–24:00 ; janv.–févr., déc.")
    person.reads(re.compile("^0,113\\s€$"))
    assert_fit_for_all(person, "energy-rules-phone")
    person.field("Fichier des règles").set_input_files(living.public)
    person.reads(re.compile("^Ce ne sont pas les règles que l’on signe ici"))


def test_of_her_own_file_nothing_is_asked_kept_or_told(arrives, living):
    own = json.loads(living.own(0).read_text())
    asked = []
    member = arrives(phone=False)
    member.page.on("request", lambda it: asked.append(f"{it.url} {it.post_data or ''}"))
    member.visits(living.path("/month"))
    opens(member, living.own(0), living.public).reads(GOOD)
    everybody = [it.id.hex() for it in living.file.period.columns]
    told = [it for it in asked if own["id"][2:] in it]
    assert told, "what its agent committed to is asked of the chain"
    assert all(sum(it in body for it in everybody) == len(everybody) for body in told)
    assert not [it for it in asked if own["seed"][2:] in it]
    kept = member.page.evaluate("JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })")
    databases = member.page.evaluate("indexedDB.databases().then((all) => all.length)")
    assert own["id"][2:] not in kept
    assert (databases, member.page.url.count(own["id"])) == (0, 0)


def test_a_contest_is_not_called_done_by_the_word_of_a_post_office_alone(arrives, living, town, as_it_was):
    slip = {"id": "0x" + "11" * 32, "kind": "clearing_contest", "receivedAt": "0", "deadline": None, "error": None}
    confirmed = slip | {"state": "confirmed", "transaction": "0x" + "22" * 32, "block": 1}
    member = arrives(key=CONTESTER, phone=False)
    member.visits("/").connects()
    member.page.route(f"{town.post}/v1/slips", lambda route: route.fulfill(json=confirmed))
    member.goes(living.path()).field("Motif").fill(REASON)
    member.presses("Contester ma ligne").signs().reads(re.compile("et votre nœud ne le montre pas encore"))
    expect(member.page.get_by_text("Votre ligne est contestée.")).to_have_count(0)
    clearings, op = living.street.clearings, living.street.terms.op
    assert clearings.contests(op, clearings.statement(op)) == {}


def test_whoever_opens_anothers_month_reads_whose_line_it_is(arrives, living):
    member = arrives(key=CONTESTER, phone=False).visits("/").connects().goes(living.path("/month"))
    opens(member, living.own(0), living.public).reads(GOOD)
    member.reads("Cette ligne est celle d’un autre compte, qui seul la conteste :")
    opens(member, living.own(3), living.public).reads(GOOD)
    expect(member.page.get_by_text("Cette ligne est celle d’un autre compte")).to_have_count(0)
