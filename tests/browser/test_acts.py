"""The register of acts in the page: its gap in red, each act compared with the chain."""

import re

from playwright.sync_api import expect

from tests.browser.harness.looks import assert_fit_for_all


def test_the_register_of_acts_has_its_gap_in_red_and_is_compared_with_the_chain(arrives):
    reader = arrives().visits("/").goes("/papers").follows("Le registre des actes")
    reader.reads("Actes et appels comparés à la chaîne, à l’instant.").reads(re.compile(r"^\d{4}-003 manque$"))
    expect(reader.page.locator(".gap")).to_have_css("color", "rgb(163, 38, 31)")
    expect(reader.page.get_by_text("preuve vérifiée")).to_have_count(4)
    assert_fit_for_all(reader, "papers-acts-phone")
    reader.field("Chercher un acte").fill("renovation lavoir")
    reader.reads("Actes montrés : 1 sur 4")
    expect(reader.page.get_by_text("preuve vérifiée")).to_have_count(1)


def test_acts_that_were_changed_are_told_and_without_a_node_it_is_the_sites_word(arrives, stage):
    reader = arrives(phone=False)
    reader.page.context.route(
        "**/town/acts/*.json",
        lambda route: route.fulfill(body=route.fetch().text().replace("cantine", "piscine")),
    )
    reader.visits("/papers/acts").reads("n’est pas sur la chaîne, ou a été modifié.")
    reader.reads(re.compile("ne sont publiés nulle part"))
    other = arrives()
    other.watch.tolerate("Failed to load resource")
    other.page.context.route(f"{stage.rpc.url}/**", lambda route: route.abort())
    other.visits("/papers/acts").reads(re.compile("^Le nœud ne répond pas : tout ce qui suit"))
    other.reads(re.compile(r"^\d{4}-003 manque$"))
    expect(other.page.get_by_text("preuve vérifiée")).to_have_count(0)


def test_a_site_that_leaves_calls_and_registers_out_is_told_by_the_chain(arrives):
    reader = arrives(phone=False)
    told = {}

    def without(route, hide):
        records = route.fetch().json()
        told.update(records)
        route.fulfill(json=hide(records))

    reader.page.context.route(
        "**/town/records.json",
        lambda route: without(route, lambda it: it | {"registers": [own | {"calls": []} for own in it["registers"]]}),
    )
    reader.visits("/papers/acts").reads("Actes et appels comparés à la chaîne, à l’instant.")
    made = {call["transaction"] for register in told["registers"] for call in register["calls"]}
    # Every call that was hidden, at least: an office may have acted since.
    expect(reader.page.get_by_text(re.compile("^Aucun acte n’autorise")).nth(len(made) - 1)).to_be_visible()
    other = arrives()
    other.page.context.route("**/town/records.json", lambda route: without(route, lambda it: it | {"registers": []}))
    other.visits("/papers/acts").reads("Ce site ne montre aucun registre d’actes.")
    other.reads("La chaîne porte 1 registre d’actes que ce site ne montre pas")
