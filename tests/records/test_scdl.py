"""SCDL in and out: what is right is read as it stands, what breaks one of the schema's rules is named with its line."""

import csv
import json
import os
import re
from pathlib import Path

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.csvfile import CsvError
from beffroi.errors import InputError
from beffroi.records.scdl import NAMES, REQUIRED, read_scdl, siret, write_scdl

DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / "deliberations-scdl"
REAL = pytest.mark.xfail(
    not DATA.exists(), reason=f"NOT RUN: no {DATA.name} in BEFFROI_DATA or ../shared/data", run=False, strict=False
)
ROW = {
    "COLL_NOM": "Commune de Valombre", "COLL_SIRET": "21000000600010", "DELIB_ID": "2026-001",
    "DELIB_DATE": "2026-01-15", "DELIB_MATIERE_CODE": "7.1", "DELIB_MATIERE_NOM": "finances locales/budget",
    "DELIB_OBJET": 'Budget de l\'école, dit "primitif"', "BUDGET_ANNEE": "2026/2027", "BUDGET_NOM": "Budget principal",
    "PREF_ID": "PREF001", "PREF_DATE": "2026-01-19", "VOTE_EFFECTIF": "29", "VOTE_REEL": "27", "VOTE_POUR": "19",
    "VOTE_CONTRE": "6", "VOTE_ABSTENTION": "2", "DELIB_URL": "https://example.org/2026-001.pdf",
}  # fmt: skip


def written(tmp_path, *rows):
    path = tmp_path / "deliberations.csv"
    path.write_text(write_scdl(rows), encoding="utf-8")
    return path


def test_what_is_written_is_read_again(tmp_path):
    bare = {name: ROW[name] for name in REQUIRED} | {"DELIB_ID": "2026-002"}
    assert read_scdl(written(tmp_path, ROW, bare)) == [ROW, bare]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("COLL_SIRET", "2100000060001", "14 digits"),
        ("COLL_SIRET", "21000000600011", "check digit"),
        ("DELIB_DATE", "15/01/2026", "no day"),
        ("DELIB_DATE", "2026-02-30", "no day"),
        ("DELIB_OBJET", "", "no DELIB_OBJET"),
        ("DELIB_MATIERE_CODE", "finances", "no code of a matter"),
        ("BUDGET_ANNEE", "2026-2027", "no year or years"),
        ("BUDGET_ANNEE", "2027/2026", "ends before it begins"),
        ("BUDGET_ANNEE", "2026/2026", "ends before it begins"),
        ("BUDGET_NOM", "", "BUDGET_NOM is missing"),
        ("VOTE_POUR", "dix-neuf", "not a whole number"),
        ("VOTE_POUR", "", "VOTE_POUR is missing"),
        ("VOTE_POUR", "20", "27 voted, and 28 votes are told"),
        ("VOTE_EFFECTIF", "26", "27 voted, of 26 members"),
        ("PREF_DATE", "2026-01-14", "before the vote"),
        ("DELIB_URL", "example.org/2026-001.pdf", "no address of a document"),
    ],
)
def test_each_rule_of_the_schema_is_held(tmp_path, column, value, told):
    with pytest.raises(CsvError, match=f"line 2: .*{told}") as refused:
        read_scdl(written(tmp_path, ROW | {column: value}))
    assert len(refused.value.problems) == 1


def test_a_file_of_another_kind_is_told_what_to_become(tmp_path):
    path = tmp_path / "liste.csv"
    text = write_scdl([ROW])
    for content, told in [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "this is a PDF, not text"),
        (text.encode("cp1252"), "Windows-1252"),
        (text.replace(",", ";").encode(), "wants commas"),
        (text.replace("COLL_SIRET", "SIRET").encode(), "no column COLL_SIRET"),
        (text.replace("\n", ",MAIRE\n", 1).encode(), "unknown column 'maire'"),
        (b"", "the file is empty"),
        ((text + text.splitlines()[1] + "\n").encode(), "2026-001 stands on line 2 already"),
    ]:
        path.write_bytes(content)
        with pytest.raises(CsvError, match=re.escape(told)):
            read_scdl(path)


def test_an_establishment_of_la_poste_has_a_check_of_its_own():
    assert siret("35600000000048") == "35600000000048"  # the head office, right by both
    assert siret("35600000049837") == "35600000049837"
    with pytest.raises(InputError):
        siret("35600000049838")


@REAL
def test_columns_patterns_and_requirements_are_those_of_the_schemas_own_file():
    schema = json.loads((DATA / "schemas" / "scdl-deliberations-2.1.5.json").read_text())
    assert tuple(field["name"] for field in schema["fields"]) == NAMES
    required = [it["name"] for it in schema["fields"] if it.get("constraints", {}).get("required")]
    assert tuple(required) == REQUIRED
    ours = {"french-siret-value", "year-interval-value", "cohesive-columns-value", "compare-columns-value",
            "sum-columns-value", "nomenclature-actes-value"}  # fmt: skip
    assert {check["name"] for check in schema["custom_checks"]} == ours, "the last is the one that is not held"


@REAL
@pytest.mark.parametrize("name", ["deliberations-valid.csv", "deliberations-valid-bom-crlf.csv"])
def test_the_valid_files_are_read_and_written_again(name, tmp_path):
    read = read_scdl(DATA / "samples" / name)
    assert len(read) == 8
    assert read_scdl(written(tmp_path, *read)) == read


def faulty():
    if not DATA.exists():
        return []
    with (DATA / "samples" / "invalid" / "INDEX.csv").open() as file:
        return [row for row in csv.DictReader(file) if row["file"].startswith("delib-")]


@REAL
@pytest.mark.parametrize("fault", faulty(), ids=lambda row: row["file"])
def test_each_invalid_file_is_refused_for_its_own_fault(fault):
    path = DATA / "samples" / "invalid" / fault["file"]
    if fault["column"] == "DELIB_ID" and not fault["line"]:
        assert len(read_scdl(path)) == 7, "a number that is missing is no fault of the file: the audit tells it"
        return
    with pytest.raises(CsvError) as refused:
        read_scdl(path)
    (problem, *more) = refused.value.problems
    assert not more
    if fault["line"].isdigit():
        # In the sample a field breaks its line after the fifth record.
        assert int(re.match(r"line (\d+): ", problem)[1]) - int(fault["line"]) in {0, 1}
        assert fault["column"] in problem
