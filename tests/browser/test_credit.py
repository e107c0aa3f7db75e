"""Mutual credit in the page: a balance between its limits, who vouches, what a standing lets one do."""

import re

from playwright.sync_api import expect

from beffroi.chain.keys import Key
from testbed.estate import PAPER
from testbed.town import CLERK, RECOVERY_DELAY_S, REGISTRAR, fund
from tests.browser.harness.circles import BAKER, GARAGE, NEIGHBOUR, PRINTER, STRANGER, bar
from tests.browser.harness.looks import assert_fit_for_all


def test_a_new_member_is_shown_at_zero_between_what_she_may_owe_and_be_owed(joins, circles):
    with joins(BAKER) as baker:
        baker.visits("/").connects().goes("/credit").reads("Crédit de Valombre")
        expect(bar(baker)).to_have_attribute(
            "aria-label", re.compile(r"^Vous ne devez rien.*100,00.LYS.*500,00.LYS\.$")
        )
        baker.reads(re.compile("^Vous pouvez encore dépenser 100,00.LYS, et recevoir 500,00.LYS"))
        baker.reads("Vous êtes membre : vous payez, et l’on vous paie.").reads("Aucun mouvement pour l’instant.")
        assert_fit_for_all(baker, "credit-start-phone")


def test_the_bar_follows_what_she_owes_and_warns_in_words_from_four_fifths_on(joins, circles):
    with joins(BAKER) as baker:
        baker.visits("/").connects().goes("/credit")
        circles.firms.pays(BAKER, GARAGE, 79_99)
        baker.reads("Vous devez au cercle").reads(re.compile("^79,99.LYS$")).reads(re.compile("^−.79,99.LYS$"))
        expect(baker.page.get_by_text("quatre cinquièmes")).to_have_count(0)
        circles.firms.pays(BAKER, GARAGE, 1)
        baker.reads(re.compile("^Vous devez déjà les quatre cinquièmes"))
        expect(baker.page.get_by_text("ne font pas le solde")).to_have_count(0)
        assert_fit_for_all(baker, "credit-near-phone")
        circles.firms.pays(BAKER, GARAGE, 20_00)
        baker.reads(re.compile("^Vous devez tout ce que vous pouvez devoir"))


def test_sales_grow_what_she_may_owe_and_vouches_are_told_on_both_sides(joins, circles):
    circles.firms.pays(BAKER, GARAGE, 50_00)
    circles.firms.vouches(PRINTER, GARAGE, 15_00)
    with joins(GARAGE) as garage:
        garage.visits("/").connects().goes("/credit").reads("Le cercle vous doit").reads(re.compile("^120,00.LYS$"))
        garage.reads(re.compile("^5,00.LYS$")).reads(re.compile("^De 0x"))
        expect(garage.page.get_by_text(re.compile("^15,00.LYS$"))).to_have_count(2)
    with joins(PRINTER) as printer:
        printer.visits("/").connects().goes("/credit").reads(re.compile("^85,00.LYS$"))
        expect(printer.page.get_by_text(re.compile("^15,00.LYS$"))).to_have_count(2)


def test_whoever_left_or_never_came_is_told_what_is_left_to_her(joins, circles):
    circles.firms.pays(BAKER, GARAGE, 5_00)
    circles.firms.leaves(GARAGE)
    with joins(GARAGE) as garage:
        garage.visits("/").connects().goes("/credit").reads(re.compile("^Vous avez quitté le cercle. Vous pouvez"))
        assert garage.is_kept_out() == []
        circles.town.pass_s(90 * 86_400)
        garage.reads(re.compile("^Vous avez quitté le cercle, et le délai est passé"))
    with joins(STRANGER) as stranger:
        stranger.visits("/").connects().goes("/credit").reads(re.compile("^Ce compte n’est pas membre"))
        expect(bar(stranger)).to_have_count(0)
    circles.town.does(REGISTRAR, circles.town.residents, "suspend", BAKER.address, PAPER)
    with joins(BAKER) as baker:
        baker.visits("/").connects().goes("/credit").reads(re.compile("^Votre inscription est suspendue"))


def test_a_circle_of_minutes_counts_minutes_below_its_own_name(joins, circles):
    with joins(NEIGHBOUR) as neighbour:
        neighbour.visits("/").connects().goes("/credit").reads(re.compile("^Ce compte n’est pas membre"))
        neighbour.follows(re.compile("Heures de Valombre"))
        expect(neighbour.page).to_have_url(re.compile("#/credit/Hours$"))
        neighbour.reads(re.compile("^Vous pouvez encore dépenser 600.min, et recevoir 1.200.min"))
        assert_fit_for_all(neighbour, "credit-minutes-phone")


def test_a_lost_keys_successor_goes_on_and_the_lost_key_pays_nothing(joins, circles):
    town, heir = circles.town, Key.derived("credit page", "heir")
    fund(town.rpc, [heir])
    circles.firms.pays(GARAGE, BAKER, 30_00)
    circles.firms.vouches(GARAGE, PRINTER, 10_00)
    town.does(REGISTRAR, town.residents, "proposeRecovery", GARAGE.address, heir.address, PAPER)
    town.pass_s(RECOVERY_DELAY_S + 1)
    town.does(CLERK, town.residents, "recover", GARAGE.address)
    with joins(heir) as successor:
        successor.visits("/").connects().goes("/credit").reads(re.compile("^−.30,00.LYS$"))
        expect(bar(successor)).to_have_attribute("aria-label", re.compile("^Vous devez au cercle 30,00"))
        expect(successor.page.get_by_text("ne font pas le solde")).to_have_count(0)
        successor.goes("/credit/vouch").reads("Rien n’en est utilisé : vous pouvez tout reprendre.")
        successor.field(re.compile("^À reprendre de")).fill("10")
        successor.presses("Reprendre").signs().reads(re.compile("^C’est repris"))
    with joins(GARAGE) as lost:
        lost.visits("/").connects().goes("/credit/pay").reads(re.compile("^Une autre clé a remplacé celle-ci : "))
        expect(lost.field("À qui")).to_have_count(0)
    assert circles.firms.circle.contract.read(town.rpc, "vouchOf", GARAGE.address, PRINTER.address) == 0
