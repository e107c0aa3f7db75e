"""Open data by its commands alone: a statistician's two versions, published, and files that people got since."""

import json

from beffroi.records.opendata.catalogue import write_catalogue
from beffroi.records.paperfile import Home
from beffroi.town.manifest import manifest_path, read_manifest
from testbed.town import MAYOR
from tests.journeys.conftest import NAME
from tests.records.opendata.conftest import COUNTS, DATA_SET
from tests.records.opendata.test_sensors import ENERGY, METERS, PEOPLE, reading

BASE = "https://valombre.example/town/data"


def test_versions_are_sealed_published_and_checked_by_commands(tmp_path, does):
    schema, catalogue, march, april = (tmp_path / it for it in ("s.json", "catalogue.csv", "march.csv", "april.csv"))
    one, two, folder = tmp_path / "v1.json", tmp_path / "v2.json", tmp_path / "town"
    catalogue.write_text(write_catalogue([DATA_SET]), encoding="utf-8")
    march.write_text(COUNTS)
    april.write_text(COUNTS + "2026-04-01,Gare,101\n")
    schema.write_text(does("data", "seal", "--print-schema"))
    assert "has number 1" in does("papers", "schema", schema)
    series = f"1:{MAYOR.address}"
    does("papers", "accredit", series, "--until", "2099-12-31")

    seal = ("data", "seal", series, catalogue, DATA_SET["ID"])
    assert "no data set 'arbres'" in does("data", "seal", series, catalogue, "arbres", "1", march, one, code=1)
    assert "is paper 0" in does(*seal, "1", march, one)
    assert "exists" in does(*seal, "1", march, one, code=1)
    does("papers", "issue", one)
    assert "give --after the batch of the version before, or say --first" in does(*seal, "2", april, two, code=1)
    assert "is paper 1" in does(*seal, "2", april, two, "--after", one)
    does("papers", "issue", two)

    publish = ("publish", folder, "--catalogue", catalogue, "--data-url", BASE)
    both = ("--data", one, "--data", two)
    assert "no file given is that of comptages-velos 1" in does(*publish, *both, "--data-file", april, code=1)
    assert "is not published here" in does(*publish, "--data", one, "--data-file", march, code=1)
    does(*publish, *both, "--data-file", march, "--data-file", april)
    assert json.loads((folder / "town.json").read_text())["data"] is True
    assert (folder / "data" / "comptages-velos" / "2.csv").read_bytes() == april.read_bytes()
    told = does("data", "audit", folder)
    assert "2 versions, the latest version 2" in told
    assert "Catalogue, files, papers and chain agree." in told

    got = tmp_path / "got.csv"
    verify = ("data", "verify", got, folder)
    got.write_text(april.read_text())
    told = does(*verify)
    assert "version 2 of comptages-velos, “Comptages de vélos”" in told
    assert "of the town; issued" in told
    assert "It is the latest." in told
    got.write_text(march.read_text())
    assert "It is not the latest: that is version 2" in does(*verify, code=3)
    got.write_text(COUNTS.replace("412", "413"))
    assert "most rows of version 1 of comptages-velos, not all: 1 changed: row 1" in does(*verify, code=1)
    got.write_text("\ufeff" + COUNTS.replace("\n", "\r\n"), newline="")
    told = does(*verify, code=1)
    assert "the same rows as version 1 of comptages-velos, and is another file: it begins with a byte order" in told
    assert "CR LF" in told
    header, *rows = april.read_text().splitlines()
    got.write_text("\n".join([header, *rows[::-1]]))
    assert "the same rows as version 2 of comptages-velos, in another order" in does(*verify, code=1)
    got.write_text("nothing,of,the,kind\n")
    told = does(*verify, code=1)
    assert "is none of the 2 published versions" in told
    assert "But" not in told

    shown = tmp_path / "row.json"
    does("data", "row", april, 4, shown, folder)
    told = does("data", "verify", shown, folder)
    assert "2026-04-01,Gare,101" in told
    assert "It is the latest." in told
    shown.write_text(shown.read_text().replace("Gare,101", "Gare,102"))
    assert "the row does not stand in that version" in does("data", "verify", shown, folder, code=1)

    does("papers", "revoke", series, "1")
    got.write_text(april.read_text())
    told = does(*verify, code=1)
    assert "NOT SO: it is revoked or disowned." in told
    assert "It is not the latest: that is version 1" in told


def test_a_street_s_day_is_gathered_issued_and_one_reading_shown(tmp_path, does, chain):
    schema, sensors, readings = (tmp_path / it for it in ("s.json", "sensors.csv", "readings.csv"))
    batch, kept, shown, folder = (tmp_path / it for it in ("day.json", "day.kept", "mine.json", "town"))
    schema.write_text(does("data", "day", "--print-schema"))
    does("papers", "schema", schema)
    series = f"1:{MAYOR.address}"
    does("papers", "accredit", series, "--until", "2099-12-31")
    contract = read_manifest(manifest_path(31337, NAME)).address("Attestations")
    domain = Home(31337, contract).domain
    sensors.write_text("sensor,group,holder\n" + "".join(f"{it.account},{it.group},{it.holder}\n" for it in PEOPLE))
    halves = [(key, half) for key in METERS for half in (0, 43_200)][1:]
    told = [reading(key, ENERGY.start_s + half, "0.25", domain=domain) for key, half in halves]
    lines = [f"{it.sensor},{it.at_s},{it.value},0x{it.signature.hex()}" for it in told]
    readings.write_text("\n".join(["sensor,at,value,signature", *lines]))
    gather = ("data", "day", series, sensors, readings, "2026-03-01", ENERGY.group, batch, kept,
              "--quantity", "energy", "--unit", "kWh", "--every", 43_200, "--adds-up")  # fmt: skip
    assert "3 people of rue du Bac have most of their readings on 2026-03-01, 10 at least" in does(*gather, code=1)
    told = does(*gather, "-k", 3)
    assert "7 readings under 0x" in told
    assert f"{METERS[0].address}: 1 of 2 readings are missing." in told
    does("papers", "issue", batch)
    again = [tmp_path / "again.json" if it == batch else tmp_path / "again.kept" if it == kept else it for it in gather]
    assert "1 batches of the series are not given --earlier" in does(*again, "-k", 3, code=1)
    assert "energy of rue du Bac on 2026-03-01 was told" in does(*again, "-k", 3, "--earlier", batch, code=1)
    (folder / "data" / "batches").mkdir(parents=True)
    (folder / "data" / "batches" / "day.json").write_bytes(batch.read_bytes())

    does("data", "reading", kept, batch, METERS[1].address, ENERGY.start_s, shown)
    told = does("data", "verify", shown, folder)
    assert "0.25 kWh (energy), 2026-03-01 00:00 UTC." in told
    assert "All of it holds." in told
    does("papers", "revoke", series, "0")
    assert "NOT SO: its paper is not among those of the town" in does("data", "verify", shown, folder, code=1)
    shown.write_text(shown.read_text().replace("0.25", "0.35"))
    assert "does not stand in that day" in does("data", "verify", shown, folder, code=1)
