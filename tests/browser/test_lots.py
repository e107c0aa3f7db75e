"""Lots in the page: scanned, a label that its certifier revokes, a recall; what was forged is named."""

import re
from fractions import Fraction
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from sha3 import keccak_256

from beffroi.chain.keys import Key
from beffroi.demo.lots import BIO, DAIRY, LUNCH, MORNING, SCHOOL, WHEEL
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.lots.event import EVENT, Amount, EventKind, LotEvent
from beffroi.records.openbatch import OpenDraft, open_of, open_text, seal_open
from beffroi.records.paperfile import hexed
from beffroi.units import DAY_S, ETHER
from tests.browser.harness.looks import assert_fit_for_all

ANY_FILE = "**/town/lots/*.json"


@pytest.fixture(scope="module")
def attested(stage):
    return Attested.of(stage.rpc, stage.manifest)


@pytest.fixture(scope="module")
def batches(stage):
    """Those of the demo's lots, by what they are of: events, or a label's name."""
    files = [
        (path, text) for path, text in stage.papers.lots.texts.items() if re.fullmatch("lots/0x[0-9a-f]*.json", path)
    ]
    read = [open_of(text, path) for path, text in files]
    return {it.definition.name: it for it in read}


@pytest.fixture
def trader(attested, batches, stage, as_it_was):
    """Who is accredited to tell of lots, and tells what cannot be."""
    key = Key.derived("browser", "trader")
    stage.rpc.call("anvil_setBalance", key.address, hex(ETHER))
    series = SeriesName(batches[EVENT.name].schema, key.address)
    attested.accredit(stage.office("mayor"), series, stage.now_s() + 30 * DAY_S)
    return key


def place_of(lot):
    return f"/lots/{quote(lot, safe='')}"


def label_of(person, name):
    return person.page.locator(".labels > li").filter(has_text=name)


def forge(person, change):
    """Lets the server change what stands in each file."""
    person.page.context.route(ANY_FILE, lambda route: route.fulfill(body=change(route.fetch().text())))
    return person


def test_a_lot_is_scanned_its_label_revoked_and_all_that_was_made_of_it_recalled(
    arrives, attested, batches, stage, as_it_was
):
    parent = arrives().visits("/papers").follows("D’où ça vient").reads("Comparé à la chaîne, à l’instant.")
    parent.reads("Les comptes tombent juste : rien ne sort de rien.")
    assert_fit_for_all(parent, "lots-phone")
    parent.field("Chercher un lot").fill("m-jeudi")
    parent.reads("Lots montrés : 1 sur 4").follows(re.compile("^Gratin à la tomme, lot M-JEUDI"))
    parent.reads(
        re.compile(
            r"^Fait par Cuisine centrale le .*, à partir de : Lait cru de vache \(GAEC des Prés\), Lait cru de chèvre"
        )
    )
    tree = parent.page.locator(".lot-tree")
    for told in (
        "6\u00a0kg",
        "Tomme mêlée du Lys, lot T-118",
        "100\u00a0l",
        "60\u00a0l",
        "Commence chez GAEC des Prés",
    ):
        expect(tree).to_contain_text(told)
    expect(label_of(parent, BIO.name)).to_contain_text("valable")
    expect(label_of(parent, "Lait de pâturage")).to_contain_text(
        re.compile("Lait cru de chèvre, lot 2026-B : son certificat est révoqué depuis le \\d")
    )
    assert_fit_for_all(parent, "lots-scan-phone")
    bio = batches[BIO.name]
    attested.revoke(stage.office("commons"), SeriesName(bio.schema, bio.issuer), {0})
    parent.goes("/lots").goes(place_of(LUNCH))
    expect(label_of(parent, BIO.name)).to_contain_text("pas valable pour ce lot")
    expect(label_of(parent, BIO.name)).to_contain_text(
        "Lait cru de vache, lot 2026-A : son certificat est révoqué depuis"
    )
    parent.goes(place_of(MORNING)).follows("Rappeler ce lot").reads("3 lots, ce lot compris.")
    table = parent.page.locator("tbody")
    for told in ("chez Fromagerie du Lys13\u00a0kg", "consommé chez École du Lavoir52\u00a0unités", "rien n’en reste"):
        expect(table).to_contain_text(told)
    assert_fit_for_all(parent, "lots-recall-phone")
    with parent.page.expect_download() as saved:
        parent.presses("Enregistrer (CSV)")
    sheet = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert f"Tomme mêlée du Lys, lot T-118;{WHEEL};chez Fromagerie du Lys;{DAIRY};13;KGM" in sheet
    assert f"consommé chez École du Lavoir;{SCHOOL};52;C62" in sheet


def test_the_code_on_a_lot_opens_its_page_in_english_too(arrives):
    reader = arrives(language="en", phone=False).visits(place_of(WHEEL))
    reader.reads(re.compile(r"^Made by Fromagerie du Lys on .*, from: Lait cru de vache \(GAEC des Prés\)"))
    reader.page.get_by_text("Code that opens this page").click()
    expect(reader.page.get_by_role("img", name="Code that opens this page")).to_be_visible()
    reader.reads(re.compile("^The chain proves when and by whom, not that it is true."))
    assert_fit_for_all(reader, "lots-scan-desktop")


def test_a_quantity_that_was_altered_is_not_on_the_chain_and_bears_no_label(arrives):
    reader = forge(arrives(), lambda text: text.replace(r"\t100\tLTR", r"\t900\tLTR")).visits(place_of(WHEEL))
    reader.reads("Ces fichiers ne sont pas sur la chaîne : ne vous y fiez pas")
    expect(label_of(reader, BIO.name)).to_contain_text("ce qui en est dit n’est pas sur la chaîne")
    red = reader.page.locator(".lot-tree .bad").first
    expect(red).to_contain_text("n’est pas sur la chaîne")
    expect(red).to_have_css("color", "rgb(163, 38, 31)")
    other = forge(arrives(), lambda text: text[: len(text) // 2]).visits("/lots")
    expect(other.page.get_by_text("Un fichier de lots n’en est pas un, ou a été modifié :")).to_have_count(7)


def test_what_cannot_be_is_named_though_it_is_sealed(arrives, attested, batches, trader, stage):
    forged = _forged(attested, batches[EVENT.name].schema, trader, stage.now_s())
    attested.issue(trader, forged)
    reader = arrives()
    reader.visits("/lots").reads(re.compile("a scellé 6 déclarations que ce site ne montre pas"))
    path = f"lots/{hexed(forged.root)}.json"

    def listed(route):
        told = route.fetch().json()
        route.fulfill(json=told | {"events": [*told["events"], {"file": path}]})

    reader.page.context.route("**/town/lots.json", listed)
    reader.page.context.route(f"**/town/{path}", lambda route: route.fulfill(body=open_text(forged)))
    reader.goes("/papers").goes("/lots").reads("Ce qui ne va pas")
    for what in (
        "lot A, .*lot B : serait fait de lui-même",
        "lot C : utilisé avant d’exister",
        "lot D : 6\u00a0kg en partent, il n’y en avait que 5\u00a0kg",
        "lot C : 9\u00a0kg en sortent, il ne peut en sortir que 1\u00a0kg",
    ):
        reader.reads(re.compile(what))
    assert_fit_for_all(reader, "lots-wrong-phone")


def test_without_a_node_it_is_the_sites_word(arrives, stage):
    reader = arrives()
    reader.watch.tolerate("Failed to load resource")
    reader.page.context.route(f"{stage.rpc.url}/**", lambda route: route.abort())
    reader.visits(place_of(WHEEL)).reads(re.compile("^Le nœud ne répond pas : tout ce qui suit est ce que ce site dit"))
    expect(label_of(reader, BIO.name)).to_contain_text("valable")
    expect(label_of(reader, "Lait de pâturage")).to_contain_text("son certificat est révoqué")


def _forged(attested, schema, key, now_s):
    """A cycle, a lot used before it was made, and quantities invented."""
    names = {it: f"https://id.gs1.org/01/03012345000055/10/{it}" for it in "ABCD"}

    def event(kind, ago_s, inputs="", outputs=""):
        read = [
            tuple(Amount(names[it[0]], Fraction(it[1:]), "KGM") for it in some.split()) for some in (inputs, outputs)
        ]
        seen = keccak_256(f"{ago_s}".encode()).digest()
        return LotEvent(seen, kind, (now_s - ago_s) * 1000, "https://trader.example", inputs=read[0], outputs=read[1])

    told = [
        event(EventKind.TRANSFORM, 90, "A5", "B5"),
        event(EventKind.TRANSFORM, 80, "B5", "A5"),
        event(EventKind.TRANSFORM, 70, "C5", "D5"),
        event(EventKind.COMMISSION, 60, "", "C5"),
        event(EventKind.SHIP, 50, "D6"),
        event(EventKind.TRANSFORM, 40, "D1", "C9"),
    ]
    drafts = [OpenDraft(it.values) for it in told]
    return seal_open(attested.home, EVENT, schema, key.address, 0, drafts)
