"""Facts in the page: value, age, who signed and who did not; an issuer reads, signs, and hands a file back."""

import dataclasses
import re

import pytest
from playwright.sync_api import expect

from beffroi.chain.keys import Key
from beffroi.demo.facts import NAME, PRICE
from beffroi.records.fact import Fact
from beffroi.records.factact import FactAct, StatedValue, gathered
from beffroi.records.paperfile import hexed
from beffroi.records.statedfacts import StatedFacts
from beffroi.units import DAY_S
from tests.browser.harness.looks import assert_fit_for_all

VALUE = f"{PRICE // 100},{PRICE % 100}\u00a0EUR/t"
NOT_THE_TOWNS = "Ce site le donne pour un relevé de la ville, et aucun office de la ville ne l’a ouvert."
FOUND = re.compile("^Lu sur la chaîne, par votre nœud")


@pytest.fixture(scope="module")
def facts(stage):
    return StatedFacts.of(stage.rpc, stage.manifest)


@pytest.fixture
def fact(facts):
    """The demo's."""
    return next(it.fact for it in facts.opened() if it.fact.name == NAME)


@pytest.fixture
def act(facts, fact, stage, tmp_path):
    """The next statement, in a file that nobody signed."""
    now_s = stage.now_s()
    path = tmp_path / "act.json"
    facts.statement(fact, StatedValue(230_00, now_s - 60), bytes(range(32)), now_s + DAY_S).write(path)
    return path


def opens(person, path):
    person.field("Ouvrir un fichier à signer").set_input_files(path)
    return person


def test_a_fact_is_shown_with_its_age_who_signed_it_and_who_did_not(arrives):
    reader = arrives().visits("/").goes("/papers").follows("Les relevés").reads(FOUND)
    reader.reads(VALUE).reads("2 signatures sur 3")
    expect(reader.page.get_by_text("a signé", exact=True)).to_have_count(2)
    expect(reader.page.get_by_text("n’a pas signé", exact=True)).to_have_count(1)
    reader.page.locator("summary").click()
    expect(reader.page.get_by_role("table").get_by_text(VALUE)).to_be_visible()
    assert_fit_for_all(reader, "facts-phone")


def test_without_a_node_it_is_the_sites_word(arrives, stage):
    reader = arrives()
    reader.watch.tolerate("Failed to load resource")
    reader.page.context.route(f"{stage.rpc.url}/**", lambda route: route.abort())
    reader.visits("/facts").reads(re.compile("^Aucun nœud ne répond")).reads(VALUE)


def test_a_site_that_gives_a_fact_another_definition_is_not_believed(arrives):
    reader = arrives()

    def changed(route):
        told = route.fetch().json()
        told["facts"][0]["definition"]["unit"] = "USD/t"
        route.fulfill(json=told)

    reader.page.context.route("**/town/facts.json", changed)
    reader.visits("/facts")
    expect(reader.page.get_by_text("USD/t")).to_have_count(0)
    expect(reader.page.get_by_role("alert")).to_be_visible()


def test_a_site_neither_hides_a_fact_of_the_town_nor_makes_another_the_towns(arrives, fact):
    sly, reader = Fact(NAME, "USD/t", 2, "", fact.issuers, 2), arrives()

    def changed(route):
        told = route.fetch().json()
        told["facts"] = [told["facts"][0] | {"id": hexed(sly.id), "definition": sly.json}]
        route.fulfill(json=told)

    reader.page.context.route("**/town/facts.json", changed)
    reader.visits("/facts").reads(VALUE)
    expect(reader.page.get_by_role("heading", name=NAME)).to_have_count(2)
    expect(reader.page.get_by_text(NOT_THE_TOWNS)).to_have_count(1)
    expect(reader.page.locator("section", has_text=NOT_THE_TOWNS)).to_contain_text("aucune valeur")


def test_an_issuer_signs_a_file_that_anyone_posts_with_anothers(arrives, facts, fact, stage, act, tmp_path):
    auditor, commons = (Key(bytes(stage.office(name).key)) for name in ("auditor", "commons"))
    issuer = arrives(key=auditor).visits("/").connects().goes("/facts")
    opens(issuer, act).reads("230,00\u00a0EUR/t").reads("personne").reads("Peut être déposé jusqu’au")
    issuer.presses("Signer")
    issuer.signs()
    issuer.reads(re.compile("^Signé par 1 ; il en faut 2"))
    with issuer.page.expect_download() as download:
        issuer.presses("Enregistrer le fichier signé")
    signed = tmp_path / "signed.json"
    download.value.save_as(signed)
    facts.post(commons, gathered([FactAct.read(signed), FactAct.read(act).signed(commons)]))
    issuer.reads("230,00\u00a0EUR/t")
    assert facts.record(fact).signers == tuple(it for it in fact.issuers if it in {auditor.address, commons.address})


def test_whoever_is_not_named_signs_nothing_and_a_damaged_file_is_refused(arrives, citizen_key, act, tmp_path):
    person = arrives(key=citizen_key).visits("/").connects().goes("/facts")
    opens(person, act).reads("Votre compte n’est pas de ceux que ce relevé désigne.")
    expect(person.page.get_by_role("button", name="Signer", exact=True)).to_have_count(0)
    damaged = tmp_path / "damaged.json"
    damaged.write_text(act.read_text().replace('"230.00"', '"230,00"'))
    opens(person, damaged).reads("Ce fichier n’est pas de la forme attendue (value)")
    kept = tmp_path / "kept.json"
    drawn = FactAct.read(act)
    dataclasses.replace(drawn, deadline_s=drawn.deadline_s + 366 * DAY_S).write(kept)
    opens(person, kept).reads(re.compile("^Il pourrait être déposé pendant plus d’un an"))
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text(act.read_text().replace('"chain": 31337', '"chain": 1'))
    opens(person, elsewhere).reads("Ce fichier est pour une autre ville.")
