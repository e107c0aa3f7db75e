"""Paying and being paid by people who own no ether: addresses, names, codes, and what goes wrong on the way."""

import csv
import re

import pytest
from playwright.sync_api import expect

from beffroi.currency.issuing import reference

SENTENCES = {
    "declined": "Vous avez refusé : rien n’a été signé, rien n’a bougé.",
    "other chain": "Votre portefeuille est sur un autre réseau que la commune.",
    "offline": "Le réseau ne répond pas.",
}


@pytest.fixture
def balance(stage):
    """Cents that an account has, as the contract says."""
    currency = stage.contract("LocalCurrency")
    return lambda who: currency.read(stage.rpc, "balanceOf", who.address)


@pytest.fixture
def citizen(arrives, citizen_key):
    return arrives(key=citizen_key).visits("/").connects()


@pytest.fixture
def merchant(arrives, merchant_key):
    return arrives(key=merchant_key, phone=False).visits("/").connects()


def fills(person, to, amount, reference=""):
    person.goes("/pay")
    person.field("À qui").fill(to)
    person.field("Montant").fill(amount)
    person.field("Référence").fill(reference)
    return person


def submits(person):
    return person.presses(re.compile("^Payer"))


@pytest.mark.parametrize("amount", ["2,50", "2.50", " 2,5 "])
def test_a_citizen_without_ether_pays_an_address(amount, citizen, merchant_key, balance, stage):
    before, had = balance(merchant_key), balance(citizen.wallet)
    citizen.goes("/money").follows("Payer")
    submits(fills(citizen, merchant_key.address, amount))
    dialog = citizen.page.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile("Payer 2,50.LYS à"))
    for told in (merchant_key.address, "Beffroi local", "payés par la mairie", "Valable jusqu’au"):
        expect(dialog).to_contain_text(told)
    citizen.signs().reads(re.compile("^2,50.LYS payés à"))
    assert (balance(merchant_key) - before, had - balance(citizen.wallet)) == (250, 250)
    (signed,) = citizen.wallet.signed
    assert (signed["primaryType"], signed["message"]["value"]) == ("TransferWithAuthorization", "250")
    assert citizen.wallet.sent == []
    assert int(stage.rpc.call("eth_getBalance", citizen.address, "latest"), 16) == 0
    expect(citizen.goes("/money").page.get_by_test_id("balance")).to_have_attribute("data-cents", str(had - 250))


def test_whom_one_paid_becomes_a_contact_and_is_paid_by_name(citizen, merchant_key, balance):
    submits(fills(citizen, merchant_key.address, "1")).signs().reads("payés à")
    citizen.page.get_by_text("Garder ce contact").click()
    citizen.field("Nom").fill("Boulangerie")
    citizen.presses("Garder").reads("Contact gardé dans ce navigateur.")
    before = balance(merchant_key)
    citizen.presses("Payer autre chose")
    submits(fills(citizen, "boulangerie", "1,20")).signs().reads("payés à Boulangerie")
    assert balance(merchant_key) - before == 120
    citizen.goes("/contacts").presses("Oublier Boulangerie").reads("Aucun contact.")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("À qui", "", "Indiquez qui vous payez."),
        ("À qui", "Boulangerie", "Ni un contact, ni une adresse complète"),
        ("À qui", "0x" + "aB" * 20, "Cette adresse a une faute de frappe."),
        ("À qui", "own", "C’est votre propre compte."),
        ("Montant", "", "Indiquez un montant."),
        ("Montant", "1,2,3", "Ce montant est illisible."),
        ("Montant", "1,234", "Mille ou unité ?"),
        ("Montant", "0", "Indiquez plus que zéro."),
        ("Montant", "12,5001", "Deux chiffres après la virgule au plus."),
        ("Montant", "99999", "c’est moins que ce montant."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_signed(field, typed, told, citizen, merchant_key):
    given = {"À qui": merchant_key.address, "Montant": "1"} | {field: citizen.address if typed == "own" else typed}
    submits(fills(citizen, given["À qui"], given["Montant"]))
    expect(citizen.field(field)).to_be_focused()
    expect(citizen.field(field)).to_have_accessible_description(re.compile(re.escape(told)))
    assert citizen.wallet.signed == []


def test_a_reference_is_paid_once(citizen, merchant_key, balance):
    submits(fills(citizen, merchant_key.address, "1", "Facture 2026-117")).signs().reads("payés à")
    assert citizen.wallet.signed[0]["message"]["nonce"] == "0x" + reference("Facture 2026-117").hex()
    before = balance(merchant_key)
    citizen.presses("Payer autre chose")
    submits(fills(citizen, merchant_key.address, "1", "Facture 2026-117"))
    citizen.reads("Vous avez déjà payé avec cette référence.")
    assert balance(merchant_key) == before


@pytest.mark.parametrize("where", ["page", "wallet"])
def test_who_refuses_to_sign_keeps_the_form_and_may_sign_later(where, citizen, merchant_key, balance):
    before = balance(merchant_key)
    submits(fills(citizen, merchant_key.address, "1,50"))
    if where == "page":
        citizen.presses("Ne pas signer")
    else:
        citizen.wallet.refuse()
        citizen.signs()
    citizen.reads(SENTENCES["declined"])
    assert balance(merchant_key) == before
    expect(citizen.field("Montant")).to_have_value("1,50")
    submits(citizen).signs().reads("payés à")
    assert balance(merchant_key) - before == 150


def test_a_wallet_that_never_answers_is_given_up(citizen, merchant_key, balance):
    before = balance(merchant_key)
    citizen.wallet.hold()
    submits(fills(citizen, merchant_key.address, "1")).signs().reads("Confirmez dans votre portefeuille.")
    citizen.presses("Abandonner").reads(SENTENCES["declined"])
    citizen.wallet.release()
    citizen.page.wait_for_timeout(300)
    assert balance(merchant_key) == before


def test_when_the_account_changes_midway_nothing_is_sent(citizen, other_citizen_key, merchant_key, balance):
    before = balance(merchant_key)
    citizen.wallet.hold()
    submits(fills(citizen, merchant_key.address, "1")).signs().reads("Confirmez dans votre portefeuille.")
    citizen.wallet.use(other_citizen_key)
    citizen.wallet.release()
    expect(citizen.page.get_by_role("dialog")).to_have_count(0)
    citizen.reads(re.compile("compte a changé|refusé"))
    citizen.page.wait_for_timeout(300)
    assert balance(merchant_key) == before


def test_when_the_chain_changes_midway_one_button_repairs_it(citizen, merchant_key, balance):
    before = balance(merchant_key)
    submits(fills(citizen, merchant_key.address, "1"))
    expect(citizen.page.get_by_role("dialog")).to_be_visible()
    citizen.wallet.switch(1)
    citizen.signs().reads(SENTENCES["other chain"])
    citizen.page.get_by_role("button", name="Passer sur Beffroi local").first.click()
    expect(citizen.page.get_by_text("Votre portefeuille est sur le réseau")).to_have_count(0)
    submits(citizen).signs().reads("payés à")
    assert balance(merchant_key) - before == 100


def test_offline_the_form_is_kept_and_pays_when_the_network_is_back(citizen, merchant_key, balance):
    before = balance(merchant_key)
    citizen.watch.tolerate("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    fills(citizen, merchant_key.address, "3,10")
    citizen.page.context.set_offline(True)
    submits(citizen).reads(re.compile(SENTENCES["offline"]))
    citizen.page.context.set_offline(False)
    citizen.page.reload()
    expect(citizen.field("Montant")).to_have_value("3,10")
    submits(citizen).signs().reads("payés à")
    assert balance(merchant_key) - before == 310


def test_when_the_post_office_is_closed_ones_own_wallet_posts(citizen, merchant_key, balance, town, stage):
    before = balance(merchant_key)
    citizen.watch.tolerate("ERR_FAILED|Failed to fetch")
    citizen.page.route(f"{town.post}/**", lambda route: route.abort())
    stage.rpc.call("anvil_setBalance", citizen.address, hex(10**18))
    submits(fills(citizen, merchant_key.address, "1")).signs().reads("Votre signature est gardée")
    citizen.presses("L’envoyer de mon portefeuille")
    citizen.reads("payés à")
    assert balance(merchant_key) - before == 100
    assert (len(citizen.wallet.signed), len(citizen.wallet.sent)) == (1, 1)


def test_a_frozen_account_is_told_in_words_why_it_cannot_pay(citizen, merchant_key, stage, balance):
    before = balance(merchant_key)
    stage.act(stage.office("court"), "LocalCurrency", "freeze", citizen.address, reference("order 7"), purpose="freeze")
    citizen.watch.tolerate("Failed to load resource.*40[0-9]")
    submits(fills(citizen, merchant_key.address, "1")).signs()
    citizen.reads("Un des comptes est gelé par décision")
    assert balance(merchant_key) == before


def test_a_till_shows_a_code_that_is_scanned_paid_and_seen_paid_within_a_second(citizen, merchant, balance, tmp_path):
    before = balance(merchant.wallet)
    merchant.goes("/money").follows("Ouvrir la caisse")
    merchant.field("Montant").fill("4,20")
    merchant.field("Pour quoi").fill("Deux pains")
    merchant.presses("Montrer le code")
    code = merchant.page.get_by_role("img", name=re.compile("^Code de paiement de 4,20.LYS"))
    code.screenshot(path=tmp_path / "code.png")
    citizen.goes("/money").follows("Scanner un code")
    citizen.field("Lire une photo du code").set_input_files(tmp_path / "code.png")
    citizen.reads("Deux pains").reads(re.compile("^4,20.LYS$"))
    citizen.presses(re.compile("^Payer 4,20.LYS")).signs().reads(re.compile("^4,20.LYS payés à"))
    expect(merchant.page.get_by_text(re.compile("^4,20.LYS reçus"))).to_be_visible(timeout=1_000)
    assert balance(merchant.wallet) - before == 420
    merchant.presses("Client suivant")
    expect(merchant.page.get_by_role("heading", name=re.compile("Aujourd’hui : 4,20"))).to_be_visible()


def test_a_request_is_paid_once_and_a_changed_one_never(citizen, merchant):
    merchant.goes("/till").field("Montant").fill("1")
    merchant.presses("Montrer le code")
    merchant.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    merchant.presses("Copier la demande")
    uri = merchant.page.evaluate("navigator.clipboard.readText()")
    assert uri.startswith("ethereum:")

    def pastes(text):
        citizen.goes("/scan").field("Ou coller le texte du code").fill(text)
        return citizen.presses("Lire")

    pastes(re.sub(r"(\d)00(\D|$)", r"\g<1>01\2", uri, count=1)).reads("Cette demande a été modifiée en chemin")
    pastes(uri).presses(re.compile("^Payer 1,00.LYS")).signs().reads("payés à")
    citizen.goes("/")
    pastes(uri).reads("Vous avez déjà payé cette demande.")
    pastes("bonjour").reads("Ce code n’est pas une demande de paiement.")


def test_a_merchant_changes_money_back_and_sees_what_is_owed(merchant, balance):
    had = balance(merchant.wallet)
    merchant.goes("/money").follows("Reconvertir en euros")
    merchant.field("Montant").fill("10")
    merchant.reads("0,30").reads(re.compile("9,70.€"))
    merchant.presses("Reconvertir").reads("La monnaie rendue disparaît aussitôt")
    merchant.signs().reads(re.compile("9,70.€.*dus|dus.*9,70"))
    assert had - balance(merchant.wallet) == 1_000
    expect(merchant.page.get_by_role("row", name=re.compile("9,70.*à virer"))).to_be_visible()


def test_a_citizen_is_told_that_only_some_accounts_redeem(citizen):
    citizen.goes("/redeem").reads("Seuls certains comptes")


def test_the_history_names_references_and_leaves_as_csv(citizen, merchant_key, tmp_path):
    submits(fills(citizen, merchant_key.address, "2", "=Facture 9")).signs().reads("payés à")
    citizen.goes("/history").reads("=Facture 9")
    with citizen.page.expect_download() as download:
        citizen.presses("Télécharger (CSV)")
    path = tmp_path / "history.csv"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=csv.Sniffer().sniff(text.splitlines()[0], ";,").delimiter))
    assert any("=Facture 9" in cell for row in rows for cell in row)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_a_citizen_pays_with_the_keyboard_alone(citizen, merchant_key, balance):
    before = balance(merchant_key)
    citizen.goes("/money").tabs_to(citizen.page.get_by_role("link", name="Payer").first).types("Enter").sees_view()
    citizen.tabs_to(citizen.field("À qui")).page.keyboard.type(merchant_key.address)
    citizen.tabs_to(citizen.field("Montant")).page.keyboard.type("1,10")
    citizen.tabs_to(citizen.button(re.compile("^Payer 1,10"))).types("Enter")
    agree = citizen.page.get_by_role("dialog").get_by_role("button", name="Signer", exact=True)
    expect(agree).to_be_visible()
    citizen.tabs_to(agree).types("Enter").reads("payés à")
    assert balance(merchant_key) - before == 110
