"""The register of acts: what everybody may read of it has the root on chain, and an audit tells what lacks."""

import csv
import dataclasses
import datetime as dt
import json
import re

import click
import pytest
from click.testing import CliRunner

from beffroi.cli.records import show_audit
from beffroi.records.actaudit import CarriedOut, audit_acts, gaps
from beffroi.records.attested import IssuedBatch
from beffroi.records.council import DELIBERATION, OPEN_FIELDS, act_draft, call_hash, publish_acts, read_acts
from beffroi.records.paper import PaperError
from beffroi.records.paperbatch import seal
from tests.records.conftest import HOME, RECTOR
from tests.records.test_scdl import DATA, REAL, ROW

CALL = call_hash(31337, HOME.contract, b"rates")
MADE_S = int(dt.datetime.fromisoformat("2026-03-01T12:00Z").timestamp())


def deliberations(*numbers, day="2026-01-15"):
    return [ROW | {"DELIB_ID": number, "DELIB_DATE": day} for number in numbers]


def sealed(drafts, first=0):
    return seal(DELIBERATION, 1, RECTOR.address, first, drafts)


def issued(batch, day="2026-01-16"):
    at_s = int(dt.datetime.fromisoformat(f"{day}T12:00Z").timestamp())
    return IssuedBatch(batch.root, batch.first, len(batch), "", at_s, 1, "0x")


def published(batch, tmp_path, individual=()):
    path = tmp_path / f"acts-{batch.first}.json"
    publish_acts(path, HOME, batch, individual)
    return read_acts(path)


def test_what_is_published_has_the_root_of_what_was_sealed(tmp_path):
    batch = sealed([act_draft(it) for it in deliberations("2026-001", "2026-002", "2026-003")])
    read = published(batch, tmp_path, {"2026-002"})
    assert (read.home, read.root, read.first) == (HOME, batch.root, 0)
    assert [act.number for act in read.acts] == ["2026-001", "2026-002", "2026-003"]
    assert read.acts[0].deliberation == ROW
    assert read.acts[1].individual
    assert set(read.acts[1].values) == set(OPEN_FIELDS)


def test_of_an_individual_act_nothing_else_is_published(tmp_path):
    secret = ROW | {"DELIB_OBJET": "Secours à Mme Martin"}
    publish_acts(tmp_path / "acts.json", HOME, sealed([act_draft(secret)]), {"2026-001"})
    assert "Martin" not in (tmp_path / "acts.json").read_text()
    with pytest.raises(PaperError, match="no act 2026-009"):
        publish_acts(tmp_path / "acts.json", HOME, sealed([act_draft(secret)]), {"2026-009"})


def test_a_list_that_was_changed_has_another_root_or_is_refused(tmp_path):
    batch = sealed([act_draft(it) for it in deliberations("2026-001", "2026-002")])
    published(batch, tmp_path, {"2026-002"})
    path = tmp_path / "acts-0.json"
    right = path.read_text()
    path.write_text(right.replace("2026/2027", "2026/2028"))
    assert read_acts(path).root != batch.root
    file = json.loads(right)
    for changes, told in [
        ({"claimsRoot": "0x" + "00" * 32}, "act 2: what is told of it is not what was sealed"),
        ({"claims": file["acts"][1]["claims"][1:]}, "act 2: an individual act tells"),
        ({"schemaProof": []}, "act 2: what is told of it is not what was sealed"),
    ]:
        path.write_text(json.dumps(file | {"acts": [file["acts"][0], file["acts"][1] | changes]}))
        with pytest.raises(PaperError, match=told):
            read_acts(path)
    path.write_text(json.dumps(file | {"acts": []}))
    with pytest.raises(PaperError, match="an empty one"):
        read_acts(path)


def test_a_register_without_fault_is_clean(tmp_path):
    batch = sealed([act_draft(it) for it in deliberations("2026-001", "2026-002")])
    later = sealed([act_draft(it) for it in deliberations("2026-003", day="2026-02-15")], first=2)
    files = [published(batch, tmp_path), published(later, tmp_path)]
    told = audit_acts([issued(batch), issued(later, "2026-02-22")], files)
    assert told.is_clean
    assert [it.act.number for it in told.acts] == ["2026-001", "2026-002", "2026-003"]


def test_a_late_publication_a_missing_number_and_a_withheld_batch_are_told(tmp_path):
    batch = sealed([act_draft(it) for it in deliberations("2026-001", "2026-003")])
    hidden = sealed([act_draft(it) for it in deliberations("2026-004")], first=2)
    told = audit_acts([issued(batch, "2026-01-23"), issued(hidden)], [published(batch, tmp_path)])
    assert told.problems == ("acts 2 to 2 of 2026-01-16 are published nowhere", "2026-002 is missing")
    assert told.acts[0].problems == ("published 8 days after the vote, 7 at most",)
    antedated = audit_acts([issued(batch, "2026-01-14")], [published(batch, tmp_path)])
    assert antedated.acts[0].problems == ("dated 2026-01-15, after it was published",)


def test_what_is_wrong_is_shown_in_red_and_what_carried_an_act_out_is_not(tmp_path):
    acts = deliberations("2026-001", "2026-003")
    batch = sealed([act_draft(acts[0], authorises=CALL), act_draft(acts[1])])
    made = CarriedOut("LandTax.RatesSet", CALL, "0xaa", MADE_S)
    told = audit_acts([issued(batch, "2026-01-23")], [published(batch, tmp_path)], [made])
    shown = CliRunner().invoke(click.Command("audit", callback=lambda: show_audit(told)), color=True).output
    red = re.findall("\x1b\\[31m *(.*?)\x1b\\[0m", shown)
    late = "published 8 days after the vote, 7 at most"
    assert red == [late, late, "2026-002 is missing"]
    assert "executed by 0xaa\n" in shown


def test_a_file_that_is_not_on_chain_is_told(tmp_path):
    batch = sealed([act_draft(it) for it in deliberations("2026-001")])
    file = published(batch, tmp_path)
    assert "is not on chain" in audit_acts([], [file]).problems[0]
    moved = dataclasses.replace(file, first=5)
    assert audit_acts([issued(batch)], [moved]).problems == ("acts 0 to 0 of 2026-01-16 are published nowhere",)


def test_acts_without_their_call_and_calls_without_their_act_are_told(tmp_path):
    batch = sealed([act_draft(deliberations("2026-001")[0], authorises=CALL)])
    file = published(batch, tmp_path)
    made = CarriedOut("LandTax.RatesSet", CALL, "0xaa", MADE_S)
    other = CarriedOut("LocalCurrency.Issued", bytes(32), "0xbb", MADE_S)
    assert audit_acts([issued(batch)], [file]).is_clean, "calls were not looked at"
    assert audit_acts([issued(batch)], [file], [made]).acts[0].executed_by == ("0xaa",)
    (act,) = audit_acts([issued(batch)], [file], []).acts
    assert act.problems[0].endswith("was not made")
    assert audit_acts([issued(batch)], [file], [made, other]).problems == (
        "no act authorises LocalCurrency.Issued, 0xbb",
    )
    twice = audit_acts([issued(batch)], [file], [made, dataclasses.replace(made, transaction="0xcc")])
    assert twice.acts[0].problems == ("the call that it authorises was made 2 times",)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (["2026-001", "2026-002", "2027-001"], []),
        (["2026-002", "2026-004"], ["2026-001 is missing", "2026-003 is missing"]),
        (["464", "465", "467"], ["466 is missing"]),
        (
            ["2026-008", "2026-008B", "2026-009"],
            ["2026-001 is missing"] + [f"2026-00{n} is missing" for n in range(2, 8)],
        ),
        (["12", "12"], ["12 is given twice"]),
        (["A", "1"], ["'A' is no number: none before or after it can be missed"]),
        (["9", "10", "12"], ["11 is missing"]),
    ],
)
def test_gaps_are_found_within_what_stands_before_the_number(numbers, told):
    assert list(gaps(numbers)) == told


@REAL
def test_160_real_deliberations_are_numbered_without_a_gap(tmp_path):
    with (DATA / "montpellier-2013" / "deliberations.csv").open(encoding="utf-8-sig") as file:
        rows = [*csv.reader(file, delimiter=";")][1:]
    drafts = []
    for row in rows:
        number, day = row[-2], "-".join(reversed(row[-1].split("/")))
        title = ";".join(row[2:-4]).replace("_x0001_", " ").strip()
        said = {"COLL_NOM": "Ville de Montpellier", "COLL_SIRET": "21340172200018", "DELIB_ID": number,
                "DELIB_DATE": day, "DELIB_MATIERE_CODE": "9.1", "DELIB_MATIERE_NOM": "autres domaines",
                "DELIB_OBJET": title}  # fmt: skip
        drafts.append(act_draft(said))
    november = sealed(drafts[:102])
    december = sealed(drafts[102:], first=102)
    files = [published(november, tmp_path), published(december, tmp_path)]
    told = audit_acts([issued(november, "2013-11-29"), issued(december, "2013-12-20")], files)
    assert len(told.acts) == 160
    assert told.is_clean
    assert [it.act.number for it in told.acts] == [str(number) for number in range(464, 624)]
    without = seal(DELIBERATION, 1, RECTOR.address, 0, [it for it in drafts if it.values["delib_id"] != "500"])
    assert audit_acts([issued(without, "2013-11-29")], [published(without, tmp_path)]).problems == ("500 is missing",)
