"""Aid that a wallet opens: its key stands on the roll, a signature makes it, and nothing but a spend goes out."""

import json
import re

import pytest
from playwright.sync_api import expect

from beffroi.ballots.group import N, base, x_of, y_of
from beffroi.ballots.records import signer
from beffroi.chain.keys import Key
from beffroi.programmes.programmekeys import key_by_wallet
from beffroi.programmes.programmeslips import holder_key_slip
from testbed.browser.wallet import Wallet
from tests.browser.harness.livingaid import EACH, GROCER_LABEL, HOUSEHOLD, lived_on
from tests.browser.harness.livingstreet import euros
from tests.browser.harness.looks import assert_fit_for_all

FOOD_TITLE = "Aide alimentaire, hiver"
KEPT = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
PLACE = 8
"""Of the household's key among those of the food's roll."""


@pytest.fixture(scope="module")
def living(stage, town, config, built):
    with lived_on(stage, town, config, built / "town", stage.people["merchant"][4:6]) as living:
        yield living


@pytest.fixture
def comes(arrives):
    """Someone with a wallet, at a place of the page, and what her page asks of anyone: addresses and bodies."""

    def comes(key, path, **who):
        person, asked = arrives(key=key, **who).visits("/").connects().goes(path), []
        person.page.on("request", lambda it: asked.append((it.url + (it.post_data or "")).lower()))
        return person, asked

    return comes


def opens(person):
    person.field(FOOD_TITLE).check()
    return person.presses("Ouvrir avec mon portefeuille")


def domain_of(living):
    return living.food.town.domain(living.food.contract)


def with_another_nonce(key, digest):
    """A signature as good as the key's own (ECDSA, FIPS 186-5, 6.4), by a nonce that RFC 6979 does not draw."""
    nonce = 7
    x, y = x_of(base(nonce)), y_of(base(nonce))
    s = pow(nonce, -1, N) * (int.from_bytes(digest) + x * int.from_bytes(key.secret)) % N
    odd, s = (1 - y % 2, N - s) if s > N // 2 else (y % 2, s)
    return x.to_bytes(32) + s.to_bytes(32) + bytes([27 + odd])


def key_path(living):
    return f"/purse/key?programme=0x{living.food.name.hex()}"


def test_a_wallet_opens_its_purse_by_one_signature_that_goes_nowhere_and_spends(comes, living, as_it_was):
    household, asked = comes(HOUSEHOLD, "/purse")
    opens(household).reads(f"Vous ouvrez votre aide : {FOOD_TITLE}").signs()
    household.reads("Il vous reste")
    expect(household.page.locator(".figure-value")).to_have_text(euros(EACH))
    expect(household.button("Garder ce code sur ce téléphone")).to_have_count(0)
    assert_fit_for_all(household, "purse-wallet-phone")
    household.field("Commerce").select_option(label=GROCER_LABEL)
    household.field("Ce que je dépense").fill("12,50")
    household.presses("Payer").reads(f"{euros(12_50)} payés à {GROCER_LABEL}.", within_ms=60_000)
    assert living.spent(PLACE) == 12_50
    (typed,) = household.wallet.signed
    assert typed["primaryType"] == "HolderKey"
    signature = HOUSEHOLD.sign(holder_key_slip(living.food.name).digest(domain_of(living))).hex()
    key = living.food.keys[PLACE].address[2:].lower()
    telling = [it for it in asked if key in it]
    assert [json.loads(it[it.index("{") :])["kind"] for it in telling] == ["spend"]
    account = HOUSEHOLD.address[2:].lower()
    assert not any(account in it for it in telling), "nothing ties the key to her account"
    assert not any(signature[:64] in it or living.food.keys[PLACE].secret.hex() in it for it in asked)
    kept = household.page.evaluate(KEPT).lower()
    assert signature[:64] not in kept
    assert key not in kept
    household.presses("Fermer").reads("Code de la feuille")


def test_a_purse_closes_with_the_account_that_opened_it(comes, living, citizen_key):
    household, _ = comes(HOUSEHOLD, "/purse")
    opens(household).signs().reads("Il vous reste")
    household.wallet.use(citizen_key)
    household.reads("Code de la feuille")
    opens(household).signs().reads("Votre clé n’est pas sur la liste de ce programme.")


def test_whoever_declines_is_told_and_opens_it_later(comes, living):
    household, _ = comes(HOUSEHOLD, "/purse")
    household.presses("Ouvrir avec mon portefeuille").reads("Choisissez un programme.")
    household.wallet.refuse()
    opens(household).signs().reads(re.compile("refus"))
    household.presses("Ouvrir avec mon portefeuille").signs().reads("Il vous reste")


def test_a_key_is_shown_to_be_handed_over_before_anyone_opens_a_programme(comes, living):
    programme = bytes([7]) * 32
    newcomer = Key(b"\x62" * 32)
    person, asked = comes(newcomer, f"/purse/key?programme=0x{programme.hex()}")
    assert_fit_for_all(person, "purse-key-ask-phone")
    person.presses("Voir ma clé").signs().signs().reads("Donnez cette clé à l’organisme")
    domain = domain_of(living)
    signature = newcomer.sign(holder_key_slip(programme).digest(domain))
    key = key_by_wallet(signature, newcomer.address, programme, domain)
    expect(person.page.locator(".asking .address-full")).to_have_text(key.address)
    assert_fit_for_all(person, "purse-key-phone")
    first, second = person.wallet.signed
    assert first == second
    assert not any(key.address[2:].lower() in it or signature.hex()[:64] in it for it in asked)
    person.goes("/purse/key?programme=0x07").reads("Ce lien est incomplet.")


def test_a_wallet_that_signs_otherwise_each_time_is_shown_no_key(comes, living, monkeypatch):
    person, _ = comes(HOUSEHOLD, key_path(living))
    digest = holder_key_slip(living.food.name).digest(domain_of(living))
    answers = [HOUSEHOLD.sign(digest), with_another_nonce(HOUSEHOLD, digest)]
    assert {signer(digest, it) for it in answers} == {bytes.fromhex(HOUSEHOLD.address[2:])}
    unlike = iter(answers)
    monkeypatch.setattr(Wallet, "_sign_typed", lambda *_: "0x" + next(unlike).hex())
    person.presses("Voir ma clé").signs().signs().reads(re.compile("^Ce portefeuille signe autrement"))
    expect(person.page.locator(".asking .address-full")).to_have_count(0)
    person.reads("Voir ma clé")


def test_a_signature_of_no_key_of_the_account_opens_nothing(comes, living, monkeypatch):
    person, _ = comes(HOUSEHOLD, "/purse")
    monkeypatch.setattr(Wallet, "_sign_typed", lambda *_: "0x" + "ab" * 96)
    opens(person).signs().reads(re.compile("^Ce portefeuille ne signe pas avec sa propre clé"))
    expect(person.page.get_by_text("Il vous reste")).to_have_count(0)
