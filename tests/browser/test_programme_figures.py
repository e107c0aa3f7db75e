"""What five uses of programmes were promised, paid and spent, by merchant and period, in the page; anyone reads it."""

import re

import pytest
from playwright.sync_api import expect

from beffroi.programmes.programmereport import write_report
from testbed.town import Town
from tests.browser.harness.fiveuses import LABELS, USES, lived_through
from tests.browser.harness.looks import assert_fit_for_all

ROWS = {"food": 5, "meals": 4, "voucher": 3, "stamps": 3, "rewards": 3}
"""Of the table, its header too: two shops the first day, one the second, one that gave back after the end."""
TOLD = {
    "food": {"Promis": "400,00", "Versé": "400,00", "Dépensé": "57,02", "Il reste": "342,98"},
    "meals": {"Promis": "80 repas", "Versé": "80 repas", "Dépensé": "5 repas", "Il reste": "75 repas"},
    "voucher": {"Promis": "800,00", "Versé": "800,00", "Dépensé": "720,00", "Il reste": "80,00"},
    "stamps": {"Dépensé": "40 timbres"},
    "rewards": {"Versé": "0,40", "Dépensé": "0,20", "Il reste": "0,20"},
}


@pytest.fixture(scope="module")
def folder(built):
    return built / "town"


@pytest.fixture(scope="module")
def uses(stage, town, config, folder):
    here, shops = Town(stage.rpc, config, stage.manifest), stage.people["merchant"][50:52]
    with lived_through(stage, town, here, folder, shops) as uses:
        yield uses


def fact(person, label):
    return person.page.locator("dl.facts div", has=person.page.get_by_text(label, exact=True)).locator("dd").first


def test_anyone_reads_what_each_programme_was_promised_paid_and_spent(arrives, uses):
    reader = arrives().visits("/programmes").reads("Qui est aidé n’est écrit nulle part.", within_ms=30_000)
    for use in USES.values():
        expect(reader.page.get_by_role("heading", name=use["title"])).to_be_visible()
    assert_fit_for_all(reader, "programmes-phone")
    reader.follows("Cantine de l’école").reads("Ce que les commerces ont reçu")


@pytest.mark.parametrize("use", USES)
def test_figures_by_merchant_and_period_leave_as_the_file_of_the_command(arrives, uses, use, tmp_path):
    one = uses[use]
    reader = arrives().visits(one.path).reads("Ce que les commerces ont reçu", within_ms=30_000)
    for label, value in TOLD[use].items():
        expect(fact(reader, label)).to_contain_text(value)
    expect(reader.page.get_by_role("table", name="Par période et par commerce").get_by_role("row")).to_have_count(
        ROWS[use]
    )
    for shop in LABELS:
        expect(reader.page.get_by_role("list", name="Part de chaque commerce")).to_contain_text(shop)
    with reader.page.expect_download() as saved:
        reader.presses("Télécharger le tableau (CSV)")
    book = one.acts.book
    write_report(tmp_path / "report.csv", book.terms(one.told.name), book.report(one.told.name))
    saved.value.save_as(tmp_path / "page.csv")
    assert (tmp_path / "page.csv").read_bytes() == (tmp_path / "report.csv").read_bytes()
    assert not any(key.address in (tmp_path / "page.csv").read_text() for key in one.keys)
    assert_fit_for_all(reader, f"programme-{use}-phone")


def test_the_published_roll_is_held_to_what_was_sealed_and_a_changed_one_is_told(arrives, uses, folder):
    one = uses["voucher"]
    path = folder / one.told.place
    text = path.read_text()

    def checks():
        return arrives().visits(one.path).presses("Vérifier la liste")

    checks().reads("C’est la liste qui a été scellée : 4 clés.")
    try:
        path.write_text(re.sub(";20000;", ";20001;", text, count=1))
        reader = checks().reads("Ce n’est pas la liste qui a été scellée.")
        expect(reader.page.locator(".checks .late")).to_have_count(2)
        path.write_text("<!doctype html>")
        checks().reads("Ce que la commune a publié n’est pas une liste de programme.")
    finally:
        path.write_text(text)


def test_whoever_has_a_wallet_gives_back_what_is_left_once_it_is_over(arrives, uses, stage, merchant_key, as_it_was):
    one, sponsor = uses["food"], stage.office("commons")
    money = stage.contract("LocalCurrency")
    before = money.read(stage.rpc, "balanceOf", sponsor.address)
    stranger = arrives().visits(one.path).reads("Ce programme est fini.")
    assert stranger.button(re.compile("^Rendre")).count() == 0
    anyone = arrives(key=merchant_key).visits("/").connects().goes(one.path)
    stage.rpc.call("anvil_setBalance", anyone.address, hex(10**18))
    anyone.presses(re.compile("^Rendre 342,98")).signs().reads(re.compile("^C’est rendu|^Rendu au financeur"))
    assert money.read(stage.rpc, "balanceOf", sponsor.address) == before + 342_98
    anyone.goes("/programmes").goes(one.path).reads("Rendu au financeur")
    expect(fact(anyone, "Rendu au financeur")).to_contain_text("342,98")


def test_a_programme_that_runs_gives_nothing_back_and_one_that_nobody_opened_is_told(arrives, uses):
    reader = arrives().visits(uses["meals"].path).reads("Ce que les commerces ont reçu")
    reader.page.get_by_text("Ce programme est fini").wait_for(state="detached")
    reader.goes(f"/programmes/0x{'12' * 32}").reads("Il n’y a pas de programme de ce nom dans cette commune.")
