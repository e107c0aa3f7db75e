"""Vouching in a circle from the page, and taking back what is not in use."""

import re

from playwright.sync_api import expect

from beffroi.chain.keys import Key
from beffroi.residents import ResidentKind
from tests.browser.harness.circles import BAKER, GARAGE, NEIGHBOUR, PRINTER, STRANGER, dialog
from tests.browser.harness.looks import assert_fit_for_all


def test_one_vouches_and_takes_back_only_what_is_not_in_use(joins, circles):
    circle = circles.firms.circle
    with joins(GARAGE) as garage:
        garage.visits("/").connects().goes("/credit").follows("Se porter garant")
        garage.reads(re.compile("^Ce que cette personne laisserait impayé")).reads(
            re.compile("^Vous pouvez prêter 100,00")
        )
        garage.field("De qui").fill(BAKER.address)
        garage.field("Montant").fill("40")
        garage.presses("Me porter garant")
        expect(dialog(garage)).to_contain_text(re.compile("retombe sur vous, jusqu’à 40,00"))
        assert_fit_for_all(garage, "credit-vouch-signing-phone")
        garage.signs().reads(re.compile("^C’est prêté")).reads("Rien n’en est utilisé : vous pouvez tout reprendre.")
        assert garage.wallet.sent == [], "the post office posted it"
        assert circle.standing(BAKER.address).most_debt == 140_00
        circles.firms.pays(BAKER, PRINTER, 130_00)
        used = re.compile("se sert de 30,00.LYS : vous pouvez en reprendre 10,00")
        garage.reads(used)
        garage.field(re.compile("^À reprendre de")).fill("10,01")
        garage.presses("Reprendre")
        expect(garage.page.locator(".fault")).to_contain_text(used)
        expect(dialog(garage)).to_have_count(0)
        assert_fit_for_all(garage, "credit-vouch-in-use-phone")
        garage.field(re.compile("^À reprendre de")).fill("10")
        garage.presses("Reprendre")
        expect(dialog(garage)).to_contain_text(re.compile("Vous pourrez devoir 10,00.LYS de plus"))
        garage.signs().reads(re.compile("^C’est repris"))
        assert circle.contract.read(circle.rpc, "vouchOf", GARAGE.address, BAKER.address) == 30_00


def test_a_vouch_that_the_circle_would_refuse_is_told_before_anyone_signs(joins, circles):
    with joins(GARAGE) as garage:
        garage.visits("/").connects().goes("/credit/vouch").reads("De personne pour l’instant.")
        for whom, amount, told in (
            (GARAGE.address, "1", "On ne se porte pas garant de soi-même"),
            (BAKER.address, "0", "Indiquez plus que zéro"),
            (BAKER.address, "100,01", "Vous pouvez prêter 100,00.LYS au plus"),
            (STRANGER.address, "1", "Ce compte n’est pas membre du cercle"),
        ):
            garage.field("De qui").fill(whom)
            garage.field("Montant").fill(amount)
            garage.presses("Me porter garant").reads(re.compile(f"^{told}"))
        expect(dialog(garage)).to_have_count(0)
        assert garage.is_kept_out() == []


def test_a_neighbour_vouches_in_minutes_without_the_post_office(joins, circles):
    other = Key.derived("credit page", "other neighbour")
    circles.town.enrols(ResidentKind.CITIZEN, other)
    with joins(NEIGHBOUR) as neighbour:
        neighbour.watch.tolerate("Failed to load resource")
        neighbour.visits("/").connects().goes("/credit/Hours/vouch")
        neighbour.page.route(f"{circles.places.post}/**", lambda route: route.abort())
        neighbour.field("De qui").fill(other.address)
        neighbour.field("Montant").fill("60")
        neighbour.presses("Me porter garant").signs().presses(re.compile("mon portefeuille"))
        neighbour.reads(re.compile("^C’est prêté"))
        assert len(neighbour.wallet.sent) == 1
    assert circles.hours.circle.standing(other.address).most_debt == 660
