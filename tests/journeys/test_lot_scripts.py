"""Lots by their commands alone: a farm's milk, a dairy's cheese, a label, and what the chain says of them later."""

import csv
import datetime as dt
import json

from beffroi.records.lots.epcis import PREFIXES, EpcisDocument
from beffroi.records.lots.epcisout import document_text, epcis_event
from beffroi.records.lots.event import EventKind
from testbed.lots import CHEESE, DAIRY, FARM, KITCHEN, MILK, PRODUCTS, amount
from testbed.town import MAYOR

DAWN = dt.datetime.now(dt.UTC).replace(hour=6, minute=0, second=0, microsecond=0) - dt.timedelta(days=1)
OWN = "https://ferme.example/lait/10/L1"
NAMES = {FARM: "GAEC des Prés", DAIRY: "Fromagerie du Lys", PRODUCTS["milk"]: "Lait cru", PRODUCTS["cheese"]: "Tomme"}


def write(path, *events):
    path.write_text(document_text(EpcisDocument(events, PREFIXES, NAMES), 1_772_427_600_000), encoding="utf-8")
    return path


def at(hours):
    return DAWN + dt.timedelta(hours=hours)


def opened(does, tmp_path, name, *printed):
    schema = tmp_path / f"{name}.schema.json"
    schema.write_text(does(*printed))
    number = does("papers", "schema", schema).partition("has number ")[2].split()[0].rstrip(".")
    series = f"{number}:{MAYOR.address}"
    does("papers", "accredit", series, "--until", "2099-12-31")
    return series


def test_lots_are_read_sealed_checked_labelled_and_recalled_by_commands(tmp_path, does):
    made = [amount(MILK, 100, "LTR")], [amount(CHEESE, 12)]
    milk = write(
        tmp_path / "milk.json",
        epcis_event(EventKind.COMMISSION, at(0), FARM, outputs=made[0]),
        epcis_event(EventKind.SHIP, at(1), FARM, partner=DAIRY, inputs=made[0]),
    )
    cheese = write(
        tmp_path / "cheese.json",
        epcis_event(EventKind.RECEIVE, at(1), DAIRY, partner=FARM, inputs=made[0]),
        epcis_event(EventKind.TRANSFORM, at(2), DAIRY, inputs=made[0], outputs=made[1]),
        epcis_event(EventKind.SHIP, at(3), DAIRY, partner=KITCHEN, inputs=[amount(CHEESE, 5)]),
    )
    assert "+ 100 LTR of Lait cru (https://id.gs1.org/01/03012345000017/10/L1)" in does(
        "lots", "read", milk, offline=True
    )
    alone = write(
        tmp_path / "alone.json",
        epcis_event(EventKind.COMMISSION, at(0), FARM, outputs=[amount(OWN, 100, "LTR")]),
    )
    assert f"{OWN}: each is a product of its own" in does("lots", "read", alone, offline=True)
    series = opened(does, tmp_path, "event", "lots", "seal", "--print-schema")
    label = opened(does, tmp_path, "label", "lots", "certify", "--print-schema", "Bio")
    one, two, bio = tmp_path / "milk.lots", tmp_path / "cheese.lots", tmp_path / "bio.label"

    assert "is no label's" in does("lots", "certify", series, milk, bio, code=1)
    assert "is not that of lot events" in does("lots", "seal", label, milk, one, code=1)
    certificates = tmp_path / "certificates.csv"
    certificates.write_text(f"maker,product\n{MAYOR.address},{PRODUCTS['milk'][:-1]}8\n")
    assert "is mistyped" in does("lots", "certify", label, certificates, bio, code=1)
    certificates.write_text(f"maker,product,party,until\n{MAYOR.address},{PRODUCTS['milk']},GAEC des Prés,2099-12-31\n")
    assert "1 certificates of Bio" in does("lots", "certify", label, certificates, bio)
    does("papers", "issue", bio)
    assert "2 events, papers 0 to 1" in does("lots", "seal", series, milk, one)
    assert "exists" in does("lots", "seal", series, milk, one, code=1)
    does("papers", "issue", one)
    assert "comes from nowhere" in does("lots", "seal", series, cheese, two, code=1)
    assert "state the yield" in does("lots", "seal", series, cheese, tmp_path / "no.lots", "--known", one)
    sealed = does("lots", "seal", series, cheese, two, "--known", one, "--yield", "KGM/LTR=0.12")
    assert "yield" not in sealed
    assert "is not on the chain" in does("lots", "check", one, two, code=1)
    does("papers", "issue", two)
    told = does("lots", "check", one, two)
    assert "5 events of 2 lots add up" in told
    assert "To 2 batches of events no EPCIS document is given" in told
    assert "3 of its 5 papers stand on the chain, and are not shown here" in does("lots", "recall", MILK, one)

    assert f"Bio, the label of {MAYOR.address}: holds." in does("lots", "label", CHEESE, one, two, bio)

    folder = tmp_path / "town"
    told = ("--lots", one, "--lots", two, "--lots", bio, "--epcis", milk, "--epcis", cheese)
    assert "are those of no batch" in does("publish", folder, "--lots", one, "--epcis", cheese, code=1)
    does("publish", folder, *told)
    index = json.loads((folder / "lots.json").read_text())
    assert [len(index[it]) for it in ("events", "labels")] == [2, 1]
    assert json.loads((folder / "town.json").read_text())["lots"] is True
    series_told = {(it["schema"], it["issuer"]) for it in json.loads((folder / "records.json").read_text())["series"]}
    assert len(series_told) == 2
    told = does("lots", "check", folder)
    assert "add up" in told
    assert "no EPCIS document" not in told
    (folder / "lots.json").write_text(json.dumps(index | {"events": index["events"][:1]}))
    for asked in (("check",), ("recall", MILK), ("label", MILK)):
        assert "3 of its 5 papers stand on the chain" in does("lots", *asked, folder, code=1)
    (folder / "lots.json").write_text(json.dumps(index))

    listed = tmp_path / "recall.csv"
    recalled = does("lots", "recall", "urn:epc:class:lgtin:3012345.000001.L1", folder, "--csv", listed)
    assert "7 KGM at Fromagerie du Lys" in recalled
    rows = [*csv.DictReader(listed.open())]
    assert [(it["lot"], it["state"], it["holder"], it["quantity"]) for it in rows] == [
        (CHEESE, "held", DAIRY, "7"), (CHEESE, "transit", KITCHEN, "5"),
    ]  # fmt: skip

    epcis = folder / index["events"][1]["epcis"]
    right = epcis.read_text()
    epcis.write_text(right.replace('"quantity": 12', '"quantity": 13'))
    assert "event 2 of the EPCIS document, paper 3: it was altered after it was sealed" in does(
        "lots", "check", folder, code=1
    )
    epcis.write_text(right)
    file = folder / index["events"][1]["file"]
    file.write_text(file.read_text().replace("10/C1\\t12\\t", "10/C1\\t11\\t"))
    assert "is not on the chain, or the file was changed" in does("lots", "check", folder, code=1)

    does("papers", "revoke", label, "0")
    told = does("lots", "label", CHEESE, one, two, bio, code=1)
    assert "certificate 0 of" in told
    assert "is revoked" in told
    does("papers", "accredit", series, "--disown", "2-4")
    told = does("lots", "recall", MILK, one, two)
    assert "the accreditor disowned it" in told
    assert "7 KGM at Fromagerie du Lys" in told
