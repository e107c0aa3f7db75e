"""Open data in the page: the catalogue and its proofs, a file that is dropped, a row shown alone, a site that lies."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.harness.looks import assert_fit_for_all

BIG = 120 * 2**20


@pytest.fixture
def files(stage):
    """The published files of the demo's data set, by version."""
    return {name: stage.papers.data.copies[f"comptages-velos/{name}.csv"].read_bytes() for name in ("1", "2")}


def drops(reader, name, data):
    """Chooses a file of these bytes."""
    chooser = reader.page.get_by_label("Choisir un fichier")
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    return reader


def verdict(reader):
    return reader.page.get_by_test_id("data-verdict")


def test_the_catalogue_and_a_file_that_is_dropped_are_told_on_a_phone(arrives, files):
    reader = arrives().visits("/").goes("/papers").follows("Données ouvertes")
    reader.reads("Comparé à la chaîne, à l’instant.").reads("Comptages de vélos").reads("Arbres remarquables")
    expect(reader.page.get_by_text("la dernière", exact=True)).to_have_count(1)
    expect(reader.page.get_by_text("sans preuve")).to_have_count(1)
    expect(reader.page.locator(".notice.bad")).to_have_count(0)
    drops(reader, "recu.csv", files["2"])
    reader.reads("C’est la version 2 de « Comptages de vélos ».").reads("C’est la dernière.")
    reader.reads("La chaîne prouve quand et par qui, non que c’est vrai.")
    assert_fit_for_all(reader, "data-phone")
    drops(reader, "mars.csv", files["1"])
    reader.reads("C’est la version 1 de « Comptages de vélos ».")
    reader.reads("Ce n’est plus la dernière : c’est la version 2.")


def test_a_file_that_is_none_is_told_by_what_it_is_like(arrives, files):
    reader = arrives(phone=False).visits("/data")
    header, *rows = files["2"].decode().splitlines(keepends=True)
    for name, data, told in (
        ("changed.csv", files["2"].replace(b"412", b"812", 1), "1 changées (ligne 1)"),
        (
            "bom.csv",
            b"\xef\xbb\xbf" + files["2"].replace(b"\n", b"\r\n"),
            "une marque d’ordre au début et des fins de ligne",
        ),
        ("order.csv", "".join([header, *rows[::-1]]).encode(), "dans un autre ordre"),
    ):
        drops(reader, name, data)
        reader.reads("Ce n’est aucune des versions publiées (2).")
        expect(verdict(reader)).to_contain_text(told)
    for name, data in (
        ("empty.csv", b""),
        ("nothing.zip", b"PK\x05\x06" + bytes(18)),
        ("<img src=x>\u202e.csv", b"a\n1\n"),
    ):
        drops(reader, name, data)
        expect(verdict(reader)).to_contain_text("Ce n’est aucune des versions publiées (2).")
        expect(verdict(reader).locator("p")).to_have_count(1)


def test_a_row_is_shown_with_its_proof_and_its_file_is_checked_by_another(arrives, files, tmp_path):
    reader = arrives().visits("/data")
    drops(reader, "recu.csv", files["2"])
    reader.reads("C’est la dernière.")
    number = reader.field("Numéro de la ligne")
    number.fill("999")
    reader.presses("Montrer")
    reader.reads("Ce fichier n’a pas de ligne de ce numéro.")
    number.fill("1")
    reader.presses("Montrer")
    expect(reader.page.get_by_test_id("row")).to_contain_text('2026-03-01,"Pont-Neuf, aval",412')
    with reader.page.expect_download() as download:
        reader.presses("Enregistrer la preuve")
    shown = tmp_path / "row.json"
    download.value.save_as(shown)
    other = arrives(phone=False).visits("/data")
    drops(other, "row.json", shown.read_bytes())
    other.reads("Ligne 1 de la version 2 de « Comptages de vélos » : la preuve est bonne.")
    drops(other, "row.json", shown.read_bytes().replace(b'aval\\",412', b'aval\\",812'))
    other.reads(re.compile("n’est pas ce qui a été scellé"))


def test_a_hundred_megabytes_are_hashed_while_the_page_answers(arrives, tmp_path):
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(BIG)
    reader = arrives(phone=False).visits("/data")
    # The longest time that the page did nothing else for, in steps of 20 ms.
    reader.page.evaluate(
        """() => { let last = performance.now(); window.longest = 0;
        setInterval(() => { const now = performance.now(); window.longest = Math.max(window.longest, now - last);
        last = now; }, 20); }"""
    )
    reader.page.get_by_label("Choisir un fichier").set_input_files(path)
    expect(verdict(reader)).to_contain_text("Ce n’est aucune des versions publiées (2).", timeout=120_000)
    assert reader.page.evaluate("window.longest") < 2_000


def test_a_server_that_swaps_file_catalogue_and_list_is_told_by_the_chain(arrives, files):
    reader = arrives(phone=False)
    context = reader.page.context
    context.route(
        "**/town/data/catalogue.jsonld",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("Comptages de vélos", "Comptages <b>d’autos</b>")
        ),
    )
    context.route("**/town/data/batches/*.json", lambda route: route.fulfill(body=_swapped(route.fetch().text())))
    reader.visits("/data")
    reader.reads("n’est pas sur la chaîne, ou a été modifié.")
    expect(reader.page.locator(".notice.bad li")).not_to_have_count(0)
    drops(reader, "recu.csv", files["1"])
    expect(verdict(reader)).to_contain_text("C’est la version 1")
    drops(reader, "recu.csv", files["2"])
    expect(verdict(reader)).to_contain_text("Ce n’est aucune des versions publiées (1).")


def _swapped(text):
    """The second version's paper, of another size."""
    return text.replace('"version":"2"', '"version":"3"')


def test_a_server_that_hides_the_latest_version_is_told(arrives):
    reader = arrives(phone=False)
    reader.page.context.route(
        "**/town/data/index.json",
        lambda route: route.fulfill(json=(told := route.fetch().json()) | {"batches": told["batches"][:1]}),
    )
    reader.visits("/data").reads(re.compile("^Une attestation de .* n’est pas sur ce site"))


def test_without_a_node_all_of_it_is_the_site_s_word(arrives, stage, files):
    reader = arrives()
    reader.watch.tolerate("Failed to load resource")
    reader.page.context.route(f"{stage.rpc.url}/**", lambda route: route.abort())
    reader.visits("/data").reads(re.compile("^Le nœud ne répond pas : tout ceci"))
    drops(reader, "recu.csv", files["2"])
    expect(verdict(reader)).to_contain_text("C’est la dernière.")
    expect(verdict(reader)).to_contain_text("d’après ce site")
    expect(verdict(reader)).not_to_contain_text("pas de la commune")
