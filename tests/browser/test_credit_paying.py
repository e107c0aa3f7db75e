"""Paying in a circle from the page: credit alone, money first, what is refused before and after signing."""

import re

from playwright.sync_api import expect

from beffroi.chain.keys import Key
from beffroi.residents import ResidentKind
from testbed.estate import PAPER
from testbed.town import REGISTRAR, TREASURER
from tests.browser.harness.circles import BAKER, GARAGE, NEIGHBOUR, PRINTER, STRANGER, bar, dialog, fills, has, lets
from tests.browser.harness.looks import assert_fit_for_all


def test_one_pays_in_credit_alone_by_the_post_office_and_sees_it_on_the_bar(joins, circles):
    has(circles, BAKER, 50_00)
    with joins(BAKER) as baker:
        baker.visits("/").connects().goes("/credit").follows("Payer en crédit")
        fills(baker, GARAGE.address, "40")
        baker.page.get_by_label("En crédit seulement").check()
        baker.presses(re.compile("^Payer 40,00"))
        expect(dialog(baker)).to_contain_text(re.compile("Vous devrez 40,00.LYS de plus au cercle"))
        baker.signs().reads(re.compile("^40,00.LYS payés à"))
        assert baker.wallet.sent == [], "the post office paid"
        baker.goes("/credit").reads(re.compile("^−.40,00.LYS$"))
        expect(bar(baker)).to_have_attribute("aria-label", re.compile("^Vous devez au cercle 40,00"))
    assert [circles.firms.balance(it) for it in (BAKER, GARAGE)] == [-40_00, 40_00]
    assert circles.town.currency.read(circles.town.rpc, "balanceOf", BAKER.address) == 50_00


def test_without_an_allowance_a_permit_is_offered_once_and_then_money_goes_first(joins, circles):
    has(circles, BAKER, 30_00)
    with joins(BAKER) as baker:
        baker.visits("/").connects().goes("/credit/pay")
        fills(baker, GARAGE.address, "40").reads(
            re.compile("^À cet instant : 30,00.LYS en monnaie . 10,00.LYS en crédit")
        )
        baker.reads("Une fois d’abord : laisser le cercle prendre la part en monnaie")
        assert_fit_for_all(baker, "credit-permit-phone")
        baker.presses(re.compile("^Payer 40,00")).reads(re.compile("^Laissez d’abord le cercle prendre"))
        expect(dialog(baker)).to_have_count(0)
        baker.presses("Pour tous mes paiements")
        expect(dialog(baker)).to_contain_text("Le cercle ne prend rien sans un paiement signé de vous")
        expect(dialog(baker)).to_contain_text("sans limite, tant que vous ne le reprenez pas")
        baker.signs().reads("C’est permis. Vous pouvez payer.")
        baker.presses(re.compile("^Payer 40,00"))
        signed = dialog(baker).get_by_text(re.compile(r"en monnaie \+ .* en crédit$")).inner_text()
        assert re.fullmatch("30,00.LYS en monnaie . 10,00.LYS en crédit", signed)
        assert_fit_for_all(baker, "credit-mixed-signing-phone")
        baker.signs().reads(f"Ce qui est parti : {signed}.")
        assert baker.wallet.sent == [], "the post office posted both"
        baker.goes("/credit").reads(re.compile("et 30,00.LYS en monnaie$"))
    assert [circles.firms.balance(it) for it in (BAKER, GARAGE)] == [-10_00, 10_00]
    town = circles.town
    assert [town.currency.read(town.rpc, "balanceOf", it.address) for it in (BAKER, GARAGE)] == [0, 30_00]


def test_what_the_circle_may_take_is_shown_and_taken_back_without_ether(joins, circles):
    lets(circles, BAKER)
    town, circle = circles.town, circles.firms.circle.contract.address
    with joins(BAKER) as baker:
        baker.visits("/").connects().goes("/credit").reads("Ce que le cercle peut prendre")
        baker.reads(re.compile("pour vos paiements : sans limite, tant que vous ne le reprenez pas"))
        assert_fit_for_all(baker, "credit-allowed-phone")
        baker.presses("Ne plus le permettre")
        expect(dialog(baker)).to_contain_text("que vous avez signé et qui n’est pas parti sera refusé")
        expect(dialog(baker)).to_contain_text(re.compile("0,00.LYS"))
        baker.signs().reads("C’est repris : le cercle ne peut plus prendre votre monnaie.")
        expect(baker.button("Ne plus le permettre")).to_have_count(0)
        assert baker.wallet.sent == [], "the post office posted it"
    assert town.currency.read(town.rpc, "allowance", BAKER.address, circle) == 0


def test_money_spent_between_showing_and_posting_has_the_payment_refused_and_nothing_owed(joins, circles):
    has(circles, BAKER, 30_00)
    lets(circles, BAKER)
    with joins(BAKER) as baker:
        baker.watch.tolerate("status of 409")
        baker.visits("/").connects().goes("/credit/pay")
        fills(baker, GARAGE.address, "40").presses(re.compile("^Payer 40,00"))
        expect(dialog(baker)).to_contain_text(re.compile("30,00.LYS en monnaie"))
        circles.town.does(BAKER, circles.town.currency, "pay", PRINTER.address, 1_00, PAPER)
        baker.signs().reads(re.compile("^Il y a moins d’argent sur le compte qu’à la signature"))
        assert_fit_for_all(baker, "credit-refused-phone")
    assert [circles.firms.balance(it) for it in (BAKER, GARAGE)] == [0, 0]
    assert circles.town.currency.read(circles.town.rpc, "balanceOf", GARAGE.address) == 0


def test_what_the_circle_would_refuse_is_told_before_anyone_signs(joins, circles):
    circles.firms.pays(BAKER, PRINTER, 100_00)
    circles.town.does(TREASURER, circles.firms.circle.contract, "setLimits", [(PRINTER.address, 0, 110_00)])
    with joins(GARAGE) as garage:
        garage.visits("/").connects().goes("/credit/pay")
        for to, amount, told in (
            (GARAGE.address, "1", "C’est votre propre compte."),
            (BAKER.address, "0", "Indiquez plus que zéro."),
            (BAKER.address, "100,01", "Il faudrait 100,01.LYS de crédit, et vous pouvez encore dépenser 100,00.LYS"),
            (STRANGER.address, "1", "Ce compte n’est pas membre du cercle"),
            (PRINTER.address, "10,01", "Ce membre ne peut plus recevoir que 10,00.LYS en crédit"),
        ):
            fills(garage, to, amount).presses(re.compile("^Payer")).reads(re.compile(f"^{told}"))
        circles.town.does(REGISTRAR, circles.town.residents, "suspend", PRINTER.address, PAPER)
        fills(garage, PRINTER.address, "1").presses(re.compile("^Payer"))
        garage.reads(re.compile("^L’inscription de ce membre est suspendue"))
        expect(dialog(garage)).to_have_count(0)
        assert garage.is_kept_out() == []


def test_a_reference_is_paid_once(joins, circles):
    with joins(BAKER) as baker:
        baker.visits("/").connects().goes("/credit/pay")
        fills(baker, GARAGE.address, "5").field("Référence").fill("facture 12")
        baker.presses(re.compile("^Payer 5,00")).signs().reads(re.compile("^5,00.LYS payés à"))
        baker.goes("/credit").reads(re.compile("facture 12$")).goes("/credit/pay")
        fills(baker, GARAGE.address, "5").field("Référence").fill("facture 12")
        baker.presses(re.compile("^Payer 5,00")).reads(re.compile("^Vous avez déjà payé cela avec cette référence"))
    assert circles.firms.balance(BAKER) == -5_00


def test_minutes_are_paid_in_whole_minutes_and_in_credit_alone(joins, circles):
    other = Key.derived("credit page", "other neighbour")
    circles.town.enrols(ResidentKind.CITIZEN, other)
    with joins(NEIGHBOUR) as neighbour:
        neighbour.visits("/").connects().goes("/credit/Hours/pay")
        fills(neighbour, other.address, "1,5").presses("Payer").reads(
            re.compile("^Écrivez un nombre entier de minutes")
        )
        expect(neighbour.page.get_by_label("En crédit seulement")).to_have_count(0)
        fills(neighbour, other.address, "90").presses(re.compile("^Payer 90.min")).signs()
        neighbour.reads(re.compile("^90.min payés à"))
        neighbour.follows("Mon crédit")
        expect(neighbour.page).to_have_url(re.compile("#/credit/Hours$"))
        neighbour.reads(re.compile("^−.90.min$"))
    assert [circles.hours.balance(it) for it in (NEIGHBOUR, other)] == [-90, 90]
