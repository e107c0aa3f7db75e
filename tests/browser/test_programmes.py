"""Aid in the page: a sheet opens a purse without a wallet, a shop is paid by it, and what is refused is told."""

import json
import re

import pytest
import segno
from playwright.sync_api import expect

from beffroi.programmes.programmekeys import code_of
from beffroi.units import ETHER
from tests.browser.harness.livingaid import (
    BAKER_LABEL,
    CAP,
    EACH,
    GROCER_LABEL,
    GUEST,
    PUPIL,
    SHEETS,
    SPONSOR,
    lived_on,
)
from tests.browser.harness.livingstreet import euros
from tests.browser.harness.looks import assert_fit_for_all

LEFT = "Il vous reste"
ANY_ORIGIN = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}


@pytest.fixture(scope="module")
def living(stage, town, config, built):
    shops = stage.people["merchant"][4:6]
    with lived_on(stage, town, config, built / "town", shops) as living:
        yield living


@pytest.fixture
def asks(arrives):
    """Someone without a wallet, and every request that her page makes: its address and its body."""

    def asks():
        person, asked = arrives(), []
        person.page.on("request", lambda it: asked.append((it.url, it.post_data or "")))
        return person, asked

    return asks


def opens(person, typed):
    """Types a sheet's code."""
    person.visits("/purse")
    person.field("Code de la feuille").fill(typed)
    return person.presses("Voir ce qu’il me reste")


def reads_left(person, units):
    expect(person.page.locator(".figure-value")).to_have_text(euros(units))
    return person


def spends(person, amount, shop=GROCER_LABEL):
    person.field("Commerce").select_option(label=shop)
    person.field("Ce que je dépense").fill(amount)
    return person.presses("Payer")


def test_a_code_that_is_typed_opens_what_is_left_until_when_and_where(arrives, living):
    person = arrives().visits("/purse")
    assert_fit_for_all(person, "purse-closed-phone")
    opens(person, code_of(SHEETS[0]).lower().replace("-", " "))
    reads_left(person.reads("Aide alimentaire, hiver").reads(LEFT), EACH)
    person.reads(re.compile("^À dépenser avant le")).reads(euros(CAP)).reads("Tous les 30 jours, encore 2 fois")
    person.reads("Quarante euros par mois et par personne.").reads("alimentation")
    expect(person.page.locator("main li", has_text=GROCER_LABEL)).to_be_visible()
    expect(person.page.get_by_text(BAKER_LABEL)).to_have_count(0)
    assert_fit_for_all(person, "purse-open-phone")


def test_a_spend_is_paid_by_the_post_office_and_nothing_but_its_slip_tells_the_key(asks, living):
    person, asked = asks()
    before = living.food.balance(living.grocer)
    opens(person, living.sheet(0)).reads(LEFT)
    spends(person, "12,50").reads(f"{euros(12_50)} payés à {GROCER_LABEL}.", within_ms=60_000)
    reads_left(person, EACH - 12_50)
    assert living.food.balance(living.grocer) - before == 12_50
    assert living.spent(0) == 12_50
    spends(person, "7").reads(f"{euros(7_00)} payés à {GROCER_LABEL}.", within_ms=60_000)
    reads_left(person.reads(euros(CAP - 19_50)), EACH - 19_50)
    secret, key = SHEETS[0].hex(), living.food.keys[0].address[2:].lower()
    code = code_of(SHEETS[0])
    telling = [body for url, body in asked if any(it in (url + body).lower() for it in (secret, key, code.lower()))]
    assert [json.loads(body)["kind"] for body in telling] == ["spend", "spend"]
    assert not any(secret in body.lower() or code in body for body in telling)
    assert_fit_for_all(person, "purse-paid-phone")


def test_a_scanned_sheet_opens_its_programme_and_the_phone_keeps_it_only_when_told(arrives, living, tmp_path):
    segno.make_qr(living.sheet(1)).save(str(tmp_path / "sheet.png"), scale=6)
    person = arrives(language="en").visits("/purse")
    person.field("Read a photo of the code").set_input_files(tmp_path / "sheet.png")
    person.reads("You have left").reads("120.00\u00a0LYS")
    kept = "() => Object.entries(localStorage).flat().join()"
    assert SHEETS[1].hex() not in person.page.evaluate(kept)
    person.page.reload()
    person.sees_view().reads("The sheet’s code")
    person.field("Read a photo of the code").set_input_files(tmp_path / "sheet.png")
    person.presses("Keep this code on this phone").reads("This code is kept on this phone.")
    person.page.reload()
    person.sees_view().reads("You have left")
    person.presses("Forget this code").reads("The sheet’s code")
    assert SHEETS[1].hex() not in person.page.evaluate(kept)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (lambda it: it.sheet(0)[:-70], "Un code a 28 lettres et chiffres ; vous en avez tapé 25."),
        (lambda it: it.sheet(0).replace("0", "3", 1), "Il y a une faute de frappe."),
        (lambda it: "U" + it.sheet(0)[1:], "Le signe « U » n’est dans aucun code."),
        (lambda it: it.sheet(0, it.canteen), "Ce code n’est pas sur la liste de ce programme."),
        (lambda it: it.sheet(0)[:-1] + "0", "Cette feuille n’est d’aucun programme de la commune."),
        (lambda _: code_of(b"\x09" * 16), "De quel programme est votre feuille ?"),
    ],
    ids=["cut short", "mistyped", "no letter", "another programme's", "of no programme", "on no roll"],
)
def test_a_code_that_opens_nothing_is_told_in_words(arrives, living, typed, told):
    opens(arrives(), typed(living)).reads(re.compile(f"^{re.escape(told)}"))


def test_no_more_is_spent_than_the_day_and_the_period_allow(arrives, living):
    person = opens(arrives(), living.sheet(2)).reads(LEFT)
    spends(person, "120,01").reads(f"C’est plus que ce qui reste sur la feuille : {euros(EACH)}.")
    spends(person, "40,01").reads(re.compile(f"^C’est plus que le plafond du jour : il en reste {euros(CAP)}"))
    person.presses("Payer").reads(re.compile("^C’est plus que le plafond"))
    assert living.spent(2) == 0


def test_a_voided_sheet_and_a_programme_that_is_over_pay_nothing_more(arrives, living, stage, as_it_was):
    living.food.does(SPONSOR, "void", living.food.keys[3].address)
    person = opens(arrives(), living.sheet(3)).reads("Cette feuille a été annulée.")
    expect(person.button("Payer")).to_have_count(0)
    assert_fit_for_all(person, "purse-voided-phone")
    stage.pass_days(3)
    pupil = opens(arrives(), f"{code_of(PUPIL)} 0x{living.canteen.name.hex()}")
    pupil.reads(re.compile("^Ce programme est fini depuis le"))
    expect(pupil.button("Payer")).to_have_count(0)


def test_a_till_takes_a_sheet_says_paid_by_the_chain_and_gives_back(arrives, living, as_it_was):
    before = living.food.balance(living.grocer)
    shop = arrives(key=living.grocer).visits("/").connects().goes("/purse/till")
    shop.field("Aide alimentaire, hiver").check()
    assert_fit_for_all(shop, "till-phone")
    shop.field("Montant").fill("18,40")
    shop.presses("Encaisser").reads(f"À payer : {euros(18_40)}")
    shop.field("Code de la feuille").fill(living.sheet(4))
    assert_fit_for_all(shop, "till-asking-phone")
    shop.presses("Prendre le paiement").reads(f"Payé : {euros(18_40)}", within_ms=60_000)
    assert living.food.balance(living.grocer) - before == 18_40
    assert_fit_for_all(shop, "till-paid-phone")
    shop.presses("Client suivant")
    shop.page.locator("summary", has_text=euros(18_40)).click()
    shop.field("Combien rembourser").fill("18,41")
    shop.presses("Rembourser").reads(f"Au plus {euros(18_40)}.")
    shop.field("Combien rembourser").fill("8,40")
    shop.presses("Rembourser")
    expect(shop.page.get_by_role("dialog")).to_contain_text(f"Rembourser {euros(8_40)}")
    shop.signs().reads(f"{euros(8_40)} remboursés.", within_ms=60_000)
    shop.reads(f"dont {euros(8_40)} remboursés")
    assert living.food.balance(living.grocer) - before == 10_00
    assert living.spent(4) == 10_00
    assert not shop.wallet.sent, "the town paid for it"


def test_a_till_refuses_in_words_and_nothing_moves(arrives, living, as_it_was):
    living.food.does(SPONSOR, "void", living.food.keys[3].address)
    before = living.food.balance(living.grocer)
    shop = arrives(key=living.grocer).visits("/").connects().goes("/purse/till")
    shop.field("Aide alimentaire, hiver").check()
    shop.field("Montant").fill("41")
    shop.presses("Encaisser")
    refused = {
        living.sheet(5): "C’est plus que le plafond du jour",
        living.sheet(3): "Cette feuille a été annulée.",
        living.sheet(5, living.canteen): "Cette feuille, ou ce code, est d’un autre programme.",
        code_of(b"\x09" * 16): "Ce code n’est pas sur la liste de ce programme.",
        living.sheet(5)[:-70]: "Un code a 28 lettres et chiffres",
    }
    for typed, told in refused.items():
        shop.field("Code de la feuille").fill(typed)
        shop.presses("Prendre le paiement").reads(re.compile(f"^{told}"))
    assert living.food.balance(living.grocer) == before


def test_a_phone_pays_what_a_till_shows_and_a_till_takes_what_a_phone_shows(arrives, living, tmp_path, as_it_was):
    shop = arrives(key=living.grocer).visits("/").connects().goes("/purse/till")
    shop.field("Aide alimentaire, hiver").check()
    shop.field("Montant").fill("9,90")
    shop.presses("Encaisser")
    code = tmp_path / "till.png"
    shop.page.get_by_role("img", name=re.compile("^Code de la caisse, 9,90")).screenshot(path=code)
    person = opens(arrives(), living.sheet(6)).reads(LEFT)
    person.presses("Scanner le code de la caisse").field("Lire une photo du code").set_input_files(code)
    expect(person.field("Ce que je dépense")).to_have_value("9,90")
    person.presses("Payer").reads(re.compile("^9,90.LYS payés à Épicerie"), within_ms=60_000)
    shop.reads(f"Payé : {euros(9_90)}")
    shop.presses("Client suivant")
    shop.field("Montant").fill("3")
    shop.presses("Encaisser")
    person.field("Ce que je dépense").fill("3")
    person.presses("Montrer à la caisse")
    person.page.get_by_role("img", name="Code de paiement pour la caisse").screenshot(path=code)
    shop.presses("Scanner la feuille ou le téléphone").field("Lire une photo du code").set_input_files(code)
    shop.reads(f"Payé : {euros(3_00)}", within_ms=60_000)
    reads_left(person, EACH - 12_90)


def test_of_two_tills_that_ask_the_same_each_says_paid_for_its_own_code(arrives, living, tmp_path, as_it_was):
    tills = [arrives(key=living.grocer).visits("/").connects().goes("/purse/till") for _ in range(2)]
    for shop in tills:
        shop.field("Aide alimentaire, hiver").check()
        shop.field("Montant").fill("4,20")
        shop.presses("Encaisser").reads(f"À payer : {euros(4_20)}")
    for sheet, shop in zip((4, 5), tills, strict=True):
        code = tmp_path / f"till{sheet}.png"
        shop.page.get_by_role("img", name=re.compile("^Code de la caisse, 4,20")).screenshot(path=code)
        person = opens(arrives(), living.sheet(sheet)).reads(LEFT)
        person.presses("Scanner le code de la caisse").field("Lire une photo du code").set_input_files(code)
        expect(person.field("Ce que je dépense")).to_have_value("4,20")
        person.presses("Payer").reads(re.compile("^4,20.LYS payés à Épicerie"), within_ms=60_000)
        shop.reads(f"Payé : {euros(4_20)}")
        for other in tills[tills.index(shop) + 1 :]:
            expect(other.page.locator("summary", has_text="4,20")).to_have_count(1)
            other.reads(f"À payer : {euros(4_20)}")


def test_where_the_node_is_silent_a_code_for_the_till_is_not_made_and_what_was_typed_stays(arrives, living, stage):
    person = opens(arrives(), living.sheet(6)).reads(LEFT)
    person.watch.tolerate("Failed to load resource")
    person.field("Commerce").select_option(label=GROCER_LABEL)
    person.field("Ce que je dépense").fill("3")
    person.page.context.route(f"{stage.rpc.url}/**", lambda route: route.abort())
    person.presses("Montrer à la caisse").reads(re.compile("^Le réseau ne répond pas."), within_ms=60_000)
    expect(person.field("Ce que je dépense")).to_have_value("3")
    expect(person.page.get_by_role("img", name="Code de paiement pour la caisse")).to_have_count(0)


def test_a_shop_that_is_accredited_no_more_is_told_so(arrives, living):
    shop = arrives(key=living.baker).visits("/").connects().goes("/purse/till")
    shop.reads(re.compile("^Ce compte n’est agréé pour aucun programme"))


def test_what_the_site_says_otherwise_than_the_chain_is_told_and_not_used(arrives, living, built):
    told, name = built / "town" / "programmes.json", f"0x{living.food.name.hex()}"
    roll = built / "town" / "programmes" / f"{name}.csv"
    before = {path: path.read_text() for path in (told, roll)}
    told.write_text(before[told].replace("Aide alimentaire, hiver", "Aide à tous").replace("Quarante", "Cent"))
    roll.write_text(before[roll].replace(f";{EACH};", f";{EACH + 1};", 1))
    try:
        person = opens(arrives(), living.sheet(7)).reads(re.compile("^Le titre publié par la commune n’est pas"))
        person.reads(re.compile("^La règle publiée")).reads(re.compile("^La liste publiée"))
        for lie in ("Aide à tous", "Cent euros"):
            expect(person.page.get_by_text(re.compile(lie))).to_have_count(0)
        reads_left(person, 0)
    finally:
        for path, text in before.items():
            path.write_text(text)


def test_an_office_that_says_paid_where_the_chain_has_not_has_no_shop_hand_anything_over(arrives, living, town):
    shop = arrives(key=living.grocer).visits("/").connects().goes("/purse/till")
    lie = {"id": "0x" + "11" * 32, "kind": "spend", "state": "confirmed", "receivedAt": 0, "deadline": None}
    lie |= {"transaction": "0x" + "22" * 32, "block": 1, "error": None}
    shop.page.route(f"{town.post}/v1/slips", lambda route: route.fulfill(json=lie, headers=ANY_ORIGIN))
    shop.field("Aide alimentaire, hiver").check()
    shop.field("Montant").fill("5")
    shop.presses("Encaisser").field("Code de la feuille").fill(living.sheet(7))
    shop.presses("Prendre le paiement").reads("Envoyé. On vérifie que c’est payé…")
    shop.reads(re.compile("^Ce n’est pas encore confirmé."), within_ms=60_000)
    expect(shop.page.get_by_text(re.compile("^Payé"))).to_have_count(0)
    assert living.spent(7) == 0


def test_stamps_and_meals_are_counted_and_a_shop_gives_stamps_back_itself(arrives, living, stage, as_it_was):
    pupil = (
        opens(arrives(), code_of(PUPIL)).reads("Cantine").reads("1\u00a0repas").reads("Chaque jour, encore 1\u00a0fois")
    )
    pupil.field("Commerce").select_option(label=GROCER_LABEL)
    pupil.field("Ce que je dépense").fill("1,5")
    pupil.presses("Payer").reads("Indiquez un nombre entier, plus grand que zéro.")
    guest = opens(arrives(), code_of(GUEST)).reads("10\u00a0timbres")
    spends(guest, "4").reads(f"4\u00a0timbres payés à {GROCER_LABEL}.", within_ms=60_000)
    stage.rpc.call("anvil_setBalance", living.grocer.address, hex(ETHER))
    shop = arrives(key=living.grocer).visits("/").connects().goes("/purse/till")
    shop.field("Timbres du café").check()
    shop.page.locator("summary", has_text="4\u00a0timbres").click()
    shop.field("Combien rembourser").fill("3")
    shop.presses("Rembourser").signs().reads("3\u00a0timbres remboursés.", within_ms=60_000)
    guest.reads("9\u00a0timbres")
    assert len(shop.wallet.sent) == 1
