"""What surrounds every view: language, focus, wallets that wander off, a network that goes, a page from disk."""

import re

import pytest
from playwright.sync_api import expect

from beffroi.chain.artifacts import ROOT
from testbed.browser.person import someone

OFFLINE = "ne répond pas. Ce que vous saisissez est gardé"
DISCONNECTED = "ERR_INTERNET_DISCONNECTED|Failed to fetch"


def test_it_speaks_french_first_and_english_when_asked(arrives):
    stranger = arrives(locale="de-DE").visits("/wallet")
    expect(stranger.page.locator("html")).to_have_attribute("lang", "fr")
    expect(stranger.page.locator("h1")).to_have_text("Mon portefeuille")
    stranger.presses(re.compile("English"))
    expect(stranger.page.locator("html")).to_have_attribute("lang", "en")
    expect(stranger.page.locator("h1")).to_have_text("My wallet")
    stranger.page.reload()
    expect(stranger.page.locator("h1")).to_have_text("My wallet")


def test_when_the_view_changes_its_heading_has_the_focus(arrives):
    citizen = arrives().visits("/")
    expect(citizen.page.locator("h1")).not_to_be_focused()
    citizen.follows("Aide")
    expect(citizen.page.locator("h1")).to_be_focused()
    expect(citizen.page).to_have_title(re.compile("— Valombre-sur-Lys$"))


def test_the_first_tab_leads_past_the_navigation(arrives):
    citizen = arrives().visits("/").types("Tab")
    expect(citizen.page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    citizen.types("Enter")
    expect(citizen.page.locator("main")).to_be_focused()


def test_every_page_says_of_which_release_it_is(arrives):
    release = (ROOT / "VERSION").read_text(encoding="utf-8").strip()
    arrives().visits("/help").reads(f"Beffroi {release}")


def test_a_link_that_leads_nowhere_is_told(arrives):
    arrives().visits("/nowhere").reads("Cette page n’existe pas")


def test_without_a_wallet_it_explains_how_to_get_one(arrives):
    stranger = arrives().visits("/wallet").reads("Aucun portefeuille n’a été trouvé dans ce navigateur.")
    stranger.follows("Obtenir un portefeuille")
    expect(stranger.page.locator("h1")).to_be_focused()


def test_a_wallet_that_refuses_an_account_is_asked_again_when_one_wants(arrives, citizen_key):
    citizen = arrives(key=citizen_key).visits("/wallet")
    citizen.wallet.refuse()
    citizen.presses("Coffre d'essai").reads("Le portefeuille n’a pas donné de compte.")
    citizen.connects()


def test_a_wallet_on_another_chain_is_brought_back_by_one_button(arrives, citizen_key):
    citizen = arrives(key=citizen_key, chain_id=1).visits("/wallet").connects()
    citizen.reads("Votre portefeuille est sur le réseau Ethereum, la commune sur Beffroi local.")
    citizen.wallet.refuse()
    citizen.presses("Passer sur Beffroi local").reads("Le portefeuille n’a pas changé de réseau.")
    citizen.presses("Passer sur Beffroi local")
    expect(citizen.page.get_by_text("Votre portefeuille est sur le réseau")).to_have_count(0)
    assert citizen.wallet.chain_id == 31337


def test_a_wallet_that_does_not_know_the_chain_is_told_about_it(arrives, citizen_key, stage):
    citizen = arrives(key=citizen_key, chain_id=1).visits("/wallet").connects()
    citizen.wallet.known_chains = {1}
    citizen.presses("Passer sur Beffroi local")
    expect(citizen.page.get_by_text("Votre portefeuille est sur le réseau")).to_have_count(0)
    method, (chain,) = citizen.wallet.asked[-1]
    assert method == "wallet_addEthereumChain"
    assert (chain["chainId"], chain["rpcUrls"]) == ("0x7a69", [stage.rpc.url])


def test_when_the_account_changes_the_page_follows(arrives, citizen_key, merchant_key):
    citizen = arrives(key=citizen_key).visits("/wallet").connects().reads("habitant")
    citizen.wallet.use(merchant_key)
    citizen.reads("professionnel")
    expect(citizen.page.locator("main")).to_contain_text(merchant_key.address)
    citizen.wallet.lock()
    citizen.reads("Choisir un portefeuille")


def test_a_connected_wallet_is_still_there_after_a_reload(arrives, citizen_key):
    citizen = arrives(key=citizen_key).visits("/wallet").connects()
    citizen.page.reload()
    expect(citizen.page.locator(".account-name")).to_have_text("Coffre d'essai")
    assert [method for method, _ in citizen.wallet.asked] == ["eth_requestAccounts"]


def test_without_a_network_it_says_so_until_it_is_back(arrives):
    citizen = arrives().visits("/")
    citizen.watch.tolerate(DISCONNECTED)
    citizen.page.context.set_offline(True)
    citizen.reads(re.compile(OFFLINE))
    citizen.page.context.set_offline(False)
    expect(citizen.page.get_by_text(re.compile(OFFLINE))).to_have_count(0)


def test_the_page_runs_no_script_but_its_own(arrives):
    citizen = arrives().visits("/")
    citizen.watch.tolerate("CSP|Content Security Policy")
    citizen.page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.stranger = true";
      document.body.append(script);
    }""")
    assert citizen.page.evaluate("window.stranger") is None
    assert any("CSP: script-src" in fault for fault in citizen.watch.faults)
    policy = citizen.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "unsafe" not in policy


def test_the_page_works_from_disk(browser, town, stage, citizen_key, paths):
    with someone(
        browser, town.one_file.as_uri(), {town.post, stage.rpc.url}, rpc=stage.rpc, key=citizen_key
    ) as citizen:
        citizen.visits("/wallet").connects().reads("habitant")
        for path in paths:
            citizen.goes(path)


@pytest.mark.parametrize(("what", "size"), [("a page at 200 %", 640), ("a narrow phone", 320)])
def test_nothing_sticks_out_of(what, size, arrives, citizen_key, paths):
    citizen = arrives(key=citizen_key, viewport={"width": size, "height": 450}).visits("/").connects()
    out = {}
    for path in paths:
        citizen.goes(path)
        if found := citizen.sticks_out():
            out[path] = found
    assert not out, f"{what}: {out}"


def test_who_wants_no_motion_gets_none(arrives, citizen_key, paths):
    citizen = arrives(key=citizen_key, reduced_motion="reduce").visits("/").connects()
    for path in paths:
        citizen.goes(path)
        moving = citizen.page.evaluate(
            """() => document.getAnimations().filter((it) => it.effect.getComputedTiming().duration > 10)
              .map((it) => it.effect.target.outerHTML.slice(0, 120))"""
        )
        assert not moving, f"{path}: {moving}"
