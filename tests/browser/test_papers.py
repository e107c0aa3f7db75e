"""Papers: issued, held in a browser, shown field by field without a network, checked, revoked; each forgery named."""

import json
import re

import pytest
from playwright.sync_api import expect

from beffroi.chain.keys import Key
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperfile import write_paper
from beffroi.units import DAY_S, ETHER
from tests.browser.harness.looks import assert_fit_for_all

BADGE = Definition(
    "badge d’atelier",
    (SchemaField("nom"), SchemaField("atelier"), SchemaField("jour", "date"), SchemaField("note", required=False)),
)
SAID = {"nom": "Camille Berger", "atelier": "Réparer un vélo", "jour": "2026-03-14"}
KITCHEN = "la cuisine des vélos"
OFFLINE = "ERR_INTERNET_DISCONNECTED"


FORGERIES = (
    (lambda it: it["claims"][0].update(value="Couture"), "Le papier ne dit pas « atelier : Couture »"),
    (lambda it: it["claims"][0]["proof"].pop(0), "Le papier ne dit pas « atelier : Réparer un vélo »"),
    (lambda it: it["claims"].append(it["claims"][0]), "Le champ « atelier » est montré deux fois."),
    (lambda it: it["definition"].update(name="diplôme"), "Le papier n’est pas du modèle « diplôme »"),
    (lambda it: it["paper"].update(number=it["paper"]["number"] - 1), "n’est pas à sa place dans son lot"),
    (lambda it: it["paper"].update(until=1), "Le papier n’est plus valable"),
    (lambda it: it.update(signature="0x" + "11" * 65), "à qui est ce papier, ne l’a pas signé."),
    (lambda it: it.update(at=it["at"] - 3_600), "Il n’a pas été signé à l’instant"),
    (lambda it: it.update(verifier="la mairie"), "Il a été montré à « la mairie »"),
    (lambda it: it.update(nonce="0x" + "00" * 32), "ou pour une autre question que la vôtre"),
    (lambda it: it.update(chain=1), "d’une autre commune, ou d’une autre chaîne"),
    (lambda it: it["paper"].update(root="0x" + "22" * 32), "n’a jamais été délivré"),
    (lambda it: it.update(more=1), "Ce fichier n’est pas de la forme attendue (more)"),
    (lambda it: it.clear(), "Ce fichier n’est pas de la forme attendue"),
)


@pytest.fixture(scope="module")
def attested(stage):
    return Attested.of(stage.rpc, stage.manifest)


@pytest.fixture(scope="module")
def workshop(stage):
    """Who issues badges, with some ether."""
    key = Key.derived("browser", "workshop")
    stage.rpc.call("anvil_setBalance", key.address, hex(ETHER))
    return key


@pytest.fixture(scope="module")
def series(stage, attested, workshop):
    """Of the workshop's badges, under a schema of the mayor's."""
    mayor = stage.office("mayor")
    name = SeriesName(attested.open_schema(mayor, BADGE), workshop.address)
    attested.accredit(mayor, name, stage.now_s() + 30 * DAY_S)
    return name


@pytest.fixture
def holder_key(_citizens):
    return next(_citizens)


@pytest.fixture
def badge(attested, series, workshop, holder_key, stage, tmp_path):
    """The file of a badge that the workshop issued to the holder, among others."""
    first = attested.next_number(series)
    others = [PaperDraft(SAID | {"nom": f"Habitant {at}"}) for at in range(4)]
    batch = seal(BADGE, series.schema, series.issuer, first, [*others, PaperDraft(SAID, holder_key.address)])
    attested.issue(workshop, batch)
    path = tmp_path / "badge.paper.json"
    write_paper(path, attested.home, batch.paper(first + 4))
    return path


@pytest.fixture
def holder(arrives, holder_key, badge):
    """Whose badge it is, on a phone; her browser has it."""
    person = arrives(key=holder_key).visits("/").connects().goes("/papers").reads("Aucun papier dans ce navigateur.")
    person.field("Ajouter un papier").set_input_files(badge)
    return person.reads("« badge d’atelier » est dans ce navigateur.")


@pytest.fixture
def verifier(arrives):
    """Who checks, on a desktop, without a wallet."""
    person = arrives(phone=False).visits("/papers/check")
    person.field("Votre nom").fill(KITCHEN)
    return person


def asks(verifier):
    return verifier.page.get_by_test_id("nonce").inner_text()


def shows(holder, nonce, *fields, to=KITCHEN):
    """Chooses fields for a question, and signs."""
    holder.follows("badge d’atelier").follows("Montrer ce papier")
    return answers(holder, nonce, *fields, to=to)


def answers(holder, nonce, *fields, to=KITCHEN):
    holder.field("À qui").fill(to)
    holder.field("Sa question").fill(nonce)
    for name in fields:
        holder.page.get_by_role("checkbox", name=re.compile(f"^{name}")).check()
    return holder.presses("Signer et montrer")


def saves(holder, path):
    """Saves what is shown as a file."""
    with holder.page.expect_download() as download:
        holder.presses("Enregistrer le fichier")
    download.value.save_as(path)
    return path


def opens(verifier, path):
    verifier.field("Ouvrir le fichier montré").set_input_files(path)
    return verifier


def chooses(issuer, path):
    issuer.field("Choisir la liste ou le lot").set_input_files(path)
    return issuer


def verdict(verifier):
    return verifier.page.get_by_test_id("verdict")


def test_two_fields_are_shown_without_a_network_and_checked_without_one_then_with_a_node(
    holder, verifier, attested, series, workshop, tmp_path
):
    nonce = asks(verifier)
    holder.follows("badge d’atelier")
    assert_fit_for_all(holder, "paper-own-phone")
    holder.follows("Montrer ce papier").reads("Champs à montrer")
    for person in (holder, verifier):
        person.watch.tolerate(OFFLINE)
        person.page.context.set_offline(True)
    answers(holder, nonce, "atelier", "jour").reads("personne ne paie").signs().reads("À montrer à")
    (signed,) = holder.wallet.signed
    assert (signed["primaryType"], signed["message"]["verifier"]) == ("Showing", KITCHEN)
    assert_fit_for_all(holder, "paper-shown-phone")
    shown = saves(holder, tmp_path / "shown.json")
    assert "Camille" not in shown.read_text()

    # The town published its papers before this one was issued.
    opens(verifier, shown).reads("Ne vous y fiez pas").reads(re.compile("rien ne dit ici qu’il a été délivré"))
    verifier.reads("Sans réseau, on ne sait pas")
    expect(verdict(verifier)).to_contain_text("Réparer un vélo")
    expect(verdict(verifier)).not_to_contain_text("Camille")
    verifier.page.context.set_offline(False)
    verifier.reads("Tout est en ordre.").reads(re.compile("en cours, jusqu’au"))
    assert_fit_for_all(verifier, "paper-checked-desktop")

    assert asks(verifier) != nonce
    attested.revoke(workshop, series, {json.loads(shown.read_text())["paper"]["number"]})
    opens(verifier, shown).reads("Ne vous y fiez pas").reads(re.compile(r"Le papier n° \d+ est révoqué\."))


def test_codes_carry_what_is_shown_from_one_screen_to_the_other(holder, verifier, tmp_path):
    verifier.page.get_by_role("img", name="Votre question, à faire lire").screenshot(path=tmp_path / "ask.png")
    holder.follows("badge d’atelier").follows("Montrer ce papier").presses("Lire son code")
    holder.field("Lire une photo du code").set_input_files(tmp_path / "ask.png")
    expect(holder.field("À qui")).to_have_value(KITCHEN)
    holder.page.get_by_role("checkbox", name=re.compile("^atelier")).check()
    holder.presses("Signer et montrer").signs().reads("À montrer à").presses("Arrêter")
    verifier.presses("Lire ses codes")
    code = holder.page.get_by_role("img", name=re.compile("^Code"))
    count = int(re.search(r"sur (\d+)", code.get_attribute("aria-label") or "")[1])
    for at in range(count):
        code.screenshot(path=tmp_path / f"{at}.png")
        verifier.field("Lire une photo du code").set_input_files(tmp_path / f"{at}.png")
        verifier.reads(f"{at + 1} codes lus sur {count}")
        holder.presses("Code suivant")
    verifier.reads("Tout est en ordre.")
    expect(verdict(verifier)).to_contain_text("Réparer un vélo")


def test_each_forgery_is_named(holder, verifier, tmp_path):
    shows(holder, asks(verifier), "atelier").signs().reads("À montrer à")
    shown = saves(holder, tmp_path / "shown.json").read_text(encoding="utf-8")
    path = tmp_path / "forged.json"
    for forge, told in FORGERIES:
        value = json.loads(shown)
        forge(value)
        path.write_text(json.dumps(value), encoding="utf-8")
        opens(verifier, path)
        expect(verifier.page.locator("main")).to_contain_text(told)
        verifier.reads("Ne vous y fiez pas")
    path.write_text(shown, encoding="utf-8")
    opens(verifier, path).reads("Tout est en ordre.")
    verifier.presses("Une autre question")
    opens(verifier, path).reads("quelqu’un le fait passer")


def test_an_issuer_opens_a_schema_accredits_herself_issues_from_a_list_by_slip_and_revokes(
    arrives, other_citizen_key, citizen_key, verifier, stage, attested, tmp_path
):
    issuer = arrives(key=other_citizen_key, phone=False).visits("/").connects()
    stage.rpc.call("anvil_setBalance", issuer.address, hex(ETHER))
    issuer.goes("/papers/desk").reads("Aucune habilitation n’est au nom de ce compte.")
    issuer.page.get_by_text("Ouvrir un modèle", exact=True).first.click()
    issuer.field("Son nom").fill("adhésion")
    issuer.field("Ses champs").fill("nom\nparts entier")
    issuer.page.get_by_role("button", name="Ouvrir un modèle").click()
    issuer.reads("La ligne 2 n’est pas un champ")
    issuer.field("Ses champs").fill("nom\nparts? integer")
    issuer.page.get_by_role("button", name="Ouvrir un modèle").click()
    issuer.signs().reads("Le modèle est ouvert.")
    schema = attested.contract.read(stage.rpc, "schemas")
    assert attested.definition(schema).json["fields"][1] == {"name": "parts", "type": "integer", "required": False}
    issuer.page.get_by_text(f"adhésion (n° {schema})", exact=True).first.click()
    issuer.field("Qui délivre").fill(issuer.address)
    issuer.field("Dernier jour").fill("2099-12-31")
    issuer.presses("Habiliter").signs().reads("L’habilitation est donnée.")
    assert_fit_for_all(issuer, "papers-desk-desktop")

    issuer.follows(re.compile("^adhésion"))
    members = tmp_path / "members.csv"
    members.write_text("nom;parts;account\nZoé;trois;\n", encoding="utf-8")
    chooses(issuer, members).reads("Ligne 2 : parts : « trois » n’est pas un nombre entier")
    rows = [f"Membre {at};{at};" for at in range(20)]
    members.write_text("\n".join(["nom;parts;account", *rows, f"Zoé;3;{citizen_key.address}", ""]), encoding="utf-8")
    chooses(issuer, members).reads("21 papiers, du n° 0 au n° 20.")
    with issuer.page.expect_download() as batch:
        issuer.presses("Enregistrer le lot")
    batch.value.save_as(tmp_path / "members.batch")
    issuer.presses("Signer et délivrer").signs().reads("Les papiers n° 0 à 20 sont délivrés.")
    assert [it["primaryType"] for it in issuer.wallet.signed] == ["Issue"]
    assert len(issuer.wallet.sent) == 2, "opening and accrediting alone are hers to pay"
    assert_fit_for_all(issuer, "papers-issued-desktop")
    issuer.field("Numéro").first.fill("20")
    with issuer.page.expect_download() as given:
        issuer.presses("Enregistrer ce papier")
    given.value.save_as(tmp_path / "zoe.paper.json")
    chooses(issuer, tmp_path / "members.batch").reads("Ce lot commence au n° 0, la série en est au n° 21")

    holder = arrives(key=citizen_key).visits("/").connects().goes("/papers")
    holder.field("Ajouter un papier").set_input_files(tmp_path / "zoe.paper.json")
    holder.follows("adhésion").follows("Montrer ce papier")
    answers(holder, asks(verifier), "nom").signs().reads("À montrer à")
    opens(verifier, saves(holder, tmp_path / "shown.json")).reads("Tout est en ordre.")
    issuer.field("Numéros").fill("3, 20")
    issuer.presses("Révoquer").signs().reads("Ces papiers sont révoqués.")
    opens(verifier, tmp_path / "shown.json").reads("Le papier n° 20 est révoqué.")


def test_a_paper_is_used_once_by_its_holders_slip(holder, stage, attested):
    holder.follows("badge d’atelier")
    holder.page.get_by_text("L’utiliser", exact=True).first.click()
    holder.presses("L’utiliser").reads("Dites pour quoi, en 32 octets au plus.")
    holder.field("Pour quoi").fill("cantine, 3 mars")
    holder.presses("L’utiliser").signs().reads("Ce papier a servi.")
    assert holder.wallet.signed[0]["primaryType"] == "Use"
    assert holder.wallet.sent == []
    holder.goes("/papers").follows("badge d’atelier").reads("Ce papier a déjà servi.")
    holder.presses("L’oublier ici").presses("Oui, l’oublier ici").reads("Aucun papier dans ce navigateur.")


def test_a_file_that_was_changed_or_is_another_towns_is_not_kept(holder, badge, tmp_path):
    said = json.loads(badge.read_text(encoding="utf-8"))
    for change, told in (
        ({"values": said["values"] | {"nom": "Dominique Berger"}}, "Ce papier a été modifié"),
        ({"paper": said["paper"] | {"subject": "0x" + "11" * 20}}, "n’est pas à sa place dans son lot"),
        ({"chain": 1}, "Ce papier est d’une autre commune"),
        ({"format": "beffroi-batch-1"}, "Ce fichier n’est pas de la forme attendue (format)"),
    ):
        path = tmp_path / "changed.json"
        path.write_text(json.dumps(said | change), encoding="utf-8")
        holder.field("Ajouter un papier").set_input_files(path)
        holder.reads(told)
    path.write_text("nom;atelier\n", encoding="utf-8")
    holder.field("Ajouter un papier").set_input_files(path)
    holder.reads("Ce fichier n’est pas de la forme attendue (JSON)")
