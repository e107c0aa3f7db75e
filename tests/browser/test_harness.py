"""The harness sees what it is there to see: each fault is put before it once."""

import json

import pytest

from beffroi import slips
from beffroi.chain.pending import until
from beffroi.demo.static_site import static_site
from testbed.browser.access import overflow, small_targets, violations
from testbed.browser.chromium import NoChromiumError, find_chromium, options
from testbed.browser.wallet import Wallet
from testbed.browser.watch import Watch
from testbed.town import undone

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>
<meta http-equiv="Content-Security-Policy"
content="default-src 'self'; img-src data:; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<link rel="icon" href="data:,"></head><body><main><h1>Essai</h1>{body}</main></body></html>"""
ASK = "([method, params]) => wallet.request({method, params}).catch((it) => ({code: it.code, message: it.message}))"
DISCOVER = """() => new Promise((found) => {
  addEventListener("eip6963:announceProvider", (event) => {
    window.wallet = event.detail.provider; window.heard = [];
    for (const event of ["accountsChanged", "chainChanged"]) wallet.on(event, (it) => heard.push([event, it]));
    found(event.detail.info.name); });
  dispatchEvent(new Event("eip6963:requestProvider"));
})"""


@pytest.fixture
def rpc(standing):
    """A node of its own: the browser's town serves people, and is never taken back."""
    with undone(standing.rpc):
        yield standing.rpc


@pytest.fixture
def visit(browser, tmp_path):
    """Opens a page with that body; gives the page and what the watch saw."""
    opened = []

    def visit(body="", wallet=None):
        (tmp_path / "index.html").write_text(PAGE.format(body=body), encoding="utf-8")
        site = static_site(tmp_path)
        url = site.__enter__()
        context = browser.new_context(**options())
        opened.append((context, site))
        watch = Watch({url})
        watch.over(context)
        page = context.new_page()
        if wallet:
            wallet.enter(page)
        page.goto(url)
        page.wait_for_timeout(100)
        return page, watch

    yield visit
    for context, site in opened:
        context.close()
        site.__exit__(None, None, None)


@pytest.fixture
def connected(visit, rpc, citizen_key):
    wallet = Wallet(rpc, [citizen_key])
    page, _ = visit(wallet=wallet)
    assert page.evaluate(DISCOVER) == "Coffre d'essai"
    page.evaluate(ASK, ["eth_requestAccounts", []])
    return wallet, page


def ask(page, method, *params):
    return page.evaluate(ASK, [method, list(params)])


def test_a_page_without_fault_has_none(visit):
    page, watch = visit("<p>Bonjour.</p>")
    assert watch.verdict() == violations(page) == overflow(page) == small_targets(page) == []


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<script>console.error('oh')</script>", "console error: oh"),
        ("<script>throw new Error('ah')</script>", "uncaught: ah"),
        ("<script>fetch('http://127.0.0.2:9/').catch(() => 0)</script>", "CSP: connect-src refuses http://127.0.0.2"),
        ("<script>location.assign('http://127.0.0.2:9/')</script>", "to a stranger: GET"),
    ],
)  # fmt: skip
def test_the_watch_sees_what_a_page_must_not_do(visit, body, seen):
    _, watch = visit(body)
    assert any(seen in fault for fault in watch.verdict()), watch.faults
    watch.tolerate(".")
    assert watch.verdict() == []


def test_axe_and_the_rulers_see_what_keeps_people_out(visit):
    page, _ = visit("<input style='width:20px'><div style='width:600px;background:#eee;color:#ddd'>pâle</div>")
    found = " ".join(violations(page))
    assert "label: " in found
    assert "color-contrast: " in found
    assert len(overflow(page)) == 1
    assert "<input" in small_targets(page)[0]


def test_axe_judges_what_transitions_lead_to_and_waits_for_none(visit):
    dark = "p, h1, summary { color: #fff } body { background: #333 }"
    page, _ = visit(
        f"<style>p {{ transition: color 900s }} @media (prefers-color-scheme: dark) {{ {dark} }}</style>"
        "<p>Ouvert</p><details><summary>Plus</summary><p>Fermé</p></details>"
    )
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_the_wallet_signs_as_eth_account_does_and_remembers_it(connected, citizen_key):
    wallet, page = connected
    slip = slips.transfer(citizen_key.address, "0x" + "11" * 20, 450, 3, before_s=2**40)
    domain = slips.Domain("Lys", 31337, "0x" + "22" * 20)
    typed = slip.typed_data(domain)
    typed["message"]["nonce"] = "0x" + typed["message"]["nonce"].hex()
    signature = ask(page, "eth_signTypedData_v4", citizen_key.address, json.dumps(typed))
    assert signature == "0x" + citizen_key.sign(slip.digest(domain)).hex()
    assert wallet.signed == [typed]
    typed["domain"]["chainId"] = 1
    refusal = ask(page, "eth_signTypedData_v4", citizen_key.address, json.dumps(typed))
    assert "must match the active chainId" in refusal["message"]


def test_the_wallet_refuses_waits_and_changes_its_mind(connected, citizen_key, merchant_key):
    wallet, page = connected
    wallet.refuse()
    assert ask(page, "personal_sign", "0x00", citizen_key.address)["code"] == 4001
    wallet.hold()
    page.evaluate(f"() => {{ window.waited = 'yet'; ({ASK})(['eth_requestAccounts', []]); }}")
    page.evaluate(
        f"() => {{ ({ASK})(['personal_sign', ['0x00', '{citizen_key.address}']]).then((it) => waited = it) }}"
    )
    page.wait_for_timeout(50)
    assert page.evaluate("waited") == "yet"
    wallet.release()
    page.wait_for_function("waited.startsWith('0x')")
    wallet.use(merchant_key)
    assert ask(page, "wallet_switchEthereumChain", {"chainId": "0x2105"})["code"] == 4902
    ask(page, "wallet_addEthereumChain", {"chainId": "0x2105"})
    assert ask(page, "eth_chainId") == "0x2105"
    assert page.evaluate("heard") == [["accountsChanged", [merchant_key.address]], ["chainChanged", "0x2105"]]
    assert ask(page, "personal_sign", "0x00", citizen_key.address)["code"] == 4100


def test_the_wallet_sends_transactions(connected, rpc, citizen_key):
    _, page = connected
    rpc.call("anvil_setBalance", citizen_key.address, hex(10**18))
    sent = ask(page, "eth_sendTransaction", {"from": citizen_key.address, "to": "0x" + "33" * 20, "value": "0x7"})
    receipt = until(lambda: rpc.call("eth_getTransactionReceipt", sent), "it is in no block")
    assert receipt["status"] == "0x1"
    assert int(rpc.call("eth_getBalance", "0x" + "33" * 20, "latest"), 16) == 7


def test_without_a_browser_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("BEFFROI_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(NoChromiumError, match="BEFFROI_CHROMIUM names /nowhere/chromium"):
        find_chromium()
    monkeypatch.delenv("BEFFROI_CHROMIUM")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoChromiumError, match="apt install chromium"):
        find_chromium()
