"""Acts that take two offices: the notary attests one, the registrar reads it in words and carries it out."""

import json
import re

import pytest
from playwright.sync_api import expect

from beffroi.currency import issuing
from beffroi.land import geometry
from beffroi.land.deeds import Right
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import RETIRED
from beffroi.land.shares import RightKind
from tests.browser.harness.desk import carries_out, fills, has_share


@pytest.fixture
def officer(arrives, office_key):
    return lambda office: arrives(key=office_key(office), phone=False).visits("/").connects().goes("/desk")


@pytest.fixture
def mortgage(stage, house):
    """What the notary will attest: 45 000 for the bank, on a house."""
    parcel, _ = house
    bank = stage.people["bank"][0].address
    return parcel, {
        "Parcelle": str(parcel), "Créancier": bank, "Montant": "45000", "Échéance": "2050-06-30",
        "Pièce_justificative": f"acte de prêt {parcel}",
    }  # fmt: skip


def test_a_mortgage_takes_the_notary_and_then_the_registrar(mortgage, offices, officer, arrives):
    parcel, fields = mortgage
    notary, registrar = officer("notary"), officer("registrar")
    fills(notary.goes("/desk/attest/inscribe"), **fields).presses("Attester").signs().reads("L’acte est accompli.")
    handed = notary.page.locator("p.hash").inner_text()
    assert offices.charges_on(parcel) == ()
    registrar.goes("/desk").reads(re.compile("actes? attestés? vous attend"))
    registrar.page.goto(handed)
    carries_out(registrar.sees_view().reads("Attesté par le notaire"), "Accomplir l’acte")
    (inscribed,) = offices.charges_on(parcel)
    assert (inscribed.creditor, inscribed.amount_cents) == (fields["Créancier"], 45_000_00)
    anyone = arrives().visits(f"/land/parcel/{parcel}").reads("Hypothèque inscrite")
    table = anyone.page.get_by_role("table", name="Hypothèques, par rang")
    expect(table.get_by_role("row").nth(1)).to_contain_text(re.compile("45.000,00"))


def test_the_registrar_alone_inscribes_nothing_nor_does_the_notary(mortgage, stage, offices, officer):
    parcel, fields = mortgage
    document = issuing.reference(fields["Pièce_justificative"])
    act = (parcel.token_id, fields["Créancier"], 45_000_00, 29_400, document)
    data = "0x" + stage.contract("Charges").encode("inscribe", *act).hex()
    registrar = officer("registrar").goes("/desk/concur")
    registrar.field(re.compile("^L’acte remis par le notaire")).fill(data)
    registrar.reads("Personne n’a attesté cet acte, ou l’attestation n’a plus cours.")
    expect(registrar.button("Accomplir l’acte")).to_have_count(0)
    notary = officer("notary")
    fills(notary.goes("/desk/attest/inscribe"), **fields).presses("Attester").signs().reads("L’acte est accompli.")
    notary.page.goto(notary.page.locator("p.hash").inner_text())
    notary.sees_view().reads("Ce compte n’a pas qualité pour cet acte.")
    expect(notary.button("Accomplir l’acte")).to_have_count(0)
    assert offices.charges_on(parcel) == ()


def hands_over(notary):
    """Checks an act, attests it, and gives the link on."""
    notary.presses("Vérifier et envoyer").presses("Attester").signs().reads("L’acte est accompli.")
    return notary.page.locator("p.hash").inner_text()


def concurs(registrar, handed):
    """Reads in words what the notary handed over, and carries it out."""
    registrar.page.goto(handed)
    return carries_out(registrar.sees_view().reads("Attesté par le notaire"), "Accomplir l’acte")


def restates(notary, parcel, nature):
    notary.follows("Attester un acte").sees_view().follows("Donner, partager ou transmettre un titre").sees_view()
    notary.field("Parcelle").fill(str(parcel))
    notary.field(nature).check()
    notary.field("Pièce justificative").first.fill(f"acte {parcel}")
    return notary.reads("Qui la détient aujourd’hui")


def test_a_mother_gives_her_house_and_keeps_the_use_of_it(stage, offices, house, officer, arrives):
    (parcel, mother), daughter = house, stage.people["citizen"][7]
    notary, registrar = restates(officer("notary"), parcel, "donation"), officer("registrar")
    notary.presses("Partir de ces parts").presses("Ajouter un titulaire")
    droit = {it: notary.page.get_by_role("group", name=f"Titulaire {it}").get_by_label("Droit") for it in (1, 2)}
    droit[1].select_option("usufruit")
    has_share(notary, "Titulaire 2", Compte=daughter.address)
    droit[2].select_option("nue-propriété")
    handed = hands_over(notary)
    assert offices.titles([parcel.token_id])[0].owner == mother.address
    registrar.page.goto(handed)
    registrar.sees_view().reads("donation").reads(f"Parcelle {parcel.label}, avant l’acte")
    concurs(registrar, handed)
    expected = [Right(daughter.address, RightKind.BARE, 1), Right(mother.address, RightKind.USUFRUCT, 1)]
    assert list(offices.rights(parcel)) == expected
    holders = arrives().visits(f"/land/parcel/{parcel}").reads("donation").page.get_by_role("table").first
    expect(holders).to_contain_text("nue-propriété")


def test_heirs_share_what_the_notary_tells_and_shares_must_make_a_whole(stage, offices, house, officer):
    (parcel, _), heirs = house, stage.people["citizen"][8:11]
    notary, registrar = restates(officer("notary"), parcel, "succession"), officer("registrar")
    notary.presses("Ajouter un titulaire").presses("Ajouter un titulaire")
    for place, (heir, part) in enumerate(zip(heirs, ("1/2", "1/3", "1/3"), strict=True), 1):
        has_share(notary, f"Titulaire {place}", Compte=heir.address, Part=part)
    notary.presses("Vérifier et envoyer").reads("Les parts ne font pas un tout")
    has_share(notary, "Titulaire 3", Part="")
    concurs(registrar, hands_over(notary))
    assert {it.holder: it.shares for it in offices.rights(parcel)} == {
        heir.address: shares for heir, shares in zip(heirs, (3, 2, 1), strict=True)
    }
    assert offices.title(parcel).whole == 6


def squares(*areas_m2, first):
    """A surveyor's file: a square for each area, side by side, with ids from `first` on."""
    features = []
    for place, area_m2 in enumerate(areas_m2):
        west, name = 2.79 + place * 0.001, f"59999000AB{first + place:04}"
        ring = [[west, 50.64], [west + 0.001, 50.64], [west + 0.001, 50.641], [west, 50.641], [west, 50.64]]
        drawing = {"type": "Polygon", "coordinates": [ring]}
        properties = {"id": name, "contenance": area_m2}
        features.append({"type": "Feature", "id": name, "geometry": drawing, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def gives(notary, drawing):
    """Chooses the surveyor's file."""
    chosen = {"name": "plan.json", "mimeType": "application/json", "buffer": json.dumps(drawing).encode()}
    notary.field("Dessin du géomètre").set_input_files(chosen)


def test_a_parcel_is_divided_and_its_children_merged_again(offices, house, officer, arrives):
    parcel, holder = house
    whole_m2 = offices.title(parcel).area_m2
    notary, registrar = officer("notary").goes("/desk/attest").follows("Diviser une parcelle"), officer("registrar")
    notary.sees_view().field("Parcelle").fill(str(parcel))
    notary.field("Pièce justificative").first.fill(f"division {parcel}")
    gives(notary, squares(100, whole_m2 - 99, first=901))
    notary.presses("Vérifier et envoyer").reads("Les surfaces ne font pas le même total")
    drawn = squares(100, whole_m2 - 100, first=901)
    gives(notary, drawn)
    notary.reads(re.compile(r"m² avant, .* m² après"))
    expect(notary.page.get_by_text("Les surfaces ne font pas le même total")).to_have_count(0)
    concurs(registrar, hands_over(notary))
    children = [ParcelId(it["id"]) for it in drawn["features"]]
    assert [offices.title(it).area_m2 for it in children] == [100, whole_m2 - 100]
    assert [offices.title(it).owner for it in children] == [holder.address] * 2
    assert offices.titles([parcel.token_id])[0].flags & RETIRED
    told = offices.register.events(offices.rpc, "Registered", first=offices.start_block, about=children[0].token_id)
    assert [it.args["geometryHash"] for it in told] == [geometry.keccak256(drawn["features"][0]["geometry"])]

    notary.goes("/desk/attest/merge").field("Parcelles réunies").fill(", ".join(map(str, children)))
    gives(notary, squares(whole_m2, first=903))
    notary.field("Pièce justificative").first.fill("réunion")
    concurs(registrar, hands_over(notary.reads(re.compile(r"m² avant, .* m² après"))))
    assert offices.title(ParcelId("59999000AB0903")).area_m2 == whole_m2
    arrives().visits("/land/parcel/59999000AB0903").reads("Parcelles réunies")
