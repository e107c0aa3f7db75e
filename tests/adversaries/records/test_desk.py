"""At a verifier's and an issuer's desk: a file that moves what is shown, is lost, or lies open."""

import json

import pytest

from beffroi.errors import InputError
from beffroi.records.definition import Definition, DefinitionError, SchemaField
from beffroi.records.enrolment import AdmissionRequest
from beffroi.records.paperbatch import seal
from beffroi.records.paperfile import read_batch, write_batch, write_paper
from beffroi.records.showing import write_showing
from tests.records.conftest import DIPLOMA, HOME, RECTOR, SAID, draft
from tests.records.test_papers import shown


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
