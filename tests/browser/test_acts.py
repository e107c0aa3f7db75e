"""The register of acts in the page: its gap in red, each act compared with the chain."""

import re

from playwright.sync_api import expect

from tests.browser.harness.looks import assert_fit_for_all


def test_the_register_of_acts_has_its_gap_in_red_and_is_compared_with_the_chain(arrives):
    reader = arrives().visits("/").goes("/papers").follows("Le registre des actes")
    reader.reads("Comparé à la chaîne, à l’instant.").reads(re.compile(r"^\d{4}-003 manque$"))
    expect(reader.page.locator(".gap")).to_have_css("color", "rgb(163, 38, 31)")
    expect(reader.page.get_by_text("preuve vérifiée")).to_have_count(4)
    assert_fit_for_all(reader, "papers-acts-phone")
    reader.field("Chercher un acte").fill("renovation lavoir")
    reader.reads("Actes montrés : 1 sur 4")
    expect(reader.page.get_by_text("preuve vérifiée")).to_have_count(1)


def test_acts_that_were_changed_are_told_and_without_a_node_the_towns_word_is_dated(arrives, stage):
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
    other.visits("/papers/acts").reads(re.compile("^Le nœud ne répond pas : comparé à ce que la commune a publié le"))
    other.reads(re.compile(r"^\d{4}-003 manque$"))
