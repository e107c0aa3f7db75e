"""What people bring by mistake to papers and acts: each kind refused whole, by its name and place."""

import pytest

from beffroi.csvfile import CsvError
from beffroi.errors import InputError
from beffroi.records.actaudit import gaps
from beffroi.records.council import DELIBERATION, OCCULTED, act_draft, occulted, publish_acts, read_acts
from beffroi.records.definition import Definition, DefinitionError, SchemaField
from beffroi.records.listing import read_drafts
from beffroi.records.paper import PaperError
from beffroi.records.paperbatch import seal
from beffroi.records.paperfile import read_paper, write_paper
from beffroi.records.scdl import read_scdl, write_scdl
from beffroi.records.showing import show
from tests.records.conftest import DIPLOMA, HOME, NOW_S, RECTOR
from tests.records.test_acts import deliberations
from tests.records.test_scdl import ROW

LISTED = "name;born;degree;grade\nAlice Noël;2000-02-29;Licence de droit;17\n"
READERS = [
    pytest.param(lambda path: read_drafts(path, DIPLOMA), LISTED, id="papers"),
    pytest.param(read_scdl, write_scdl([ROW]), id="acts"),
]


def refused(read, path, content):
    """What the reader says of a file with that content."""
    path.write_bytes(content)
    with pytest.raises(CsvError) as error:
        read(path)
    return str(error.value)


@pytest.mark.parametrize(("read", "text"), READERS)
def test_what_is_right_is_read(read, text, tmp_path):
    (tmp_path / "list.csv").write_text(text)
    assert len(read(tmp_path / "list.csv")) == 1


@pytest.mark.parametrize(("read", "text"), READERS)
def test_a_list_in_windows_1252_is_refused_with_the_character_that_tells(read, text, tmp_path):
    told = refused(read, tmp_path / "list.csv", text.encode("cp1252"))
    assert "line 2, byte" in told
    assert "in Windows-1252, is not UTF-8: save the file as UTF-8" in told


@pytest.mark.parametrize(("read", "text"), READERS)
def test_a_pdf_in_the_place_of_a_list_is_refused_as_one(read, text, tmp_path):
    assert "this is a PDF, not text" in refused(read, tmp_path / "list.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")


def test_a_paper_under_an_unknown_schema_is_refused(diploma, tmp_path):
    path = tmp_path / "alice.paper"
    write_paper(path, HOME, diploma)
    path.write_text(path.read_text().replace("beffroi-schema-1", "beffroi-schema-9"))
    with pytest.raises(PaperError, match="definition: a schema is an object of format 'beffroi-schema-1'"):
        read_paper(path)
    with pytest.raises(DefinitionError, match="there is no type 'money'"):
        Definition("odd", (SchemaField("price", "money"),))


def test_a_value_of_another_type_is_refused_with_its_line_and_field(tmp_path):
    path, read = tmp_path / "list.csv", lambda path: read_drafts(path, DIPLOMA)
    assert "line 2: " in refused(read, path, LISTED.replace("2000-02-29", "29/02/2000").encode())
    assert "is no date" in refused(read, path, LISTED.replace("2000-02-29", "29/02/2000").encode())
    assert "is no integer" in refused(read, path, LISTED.replace(";17", ";17,5").encode())


def test_a_path_twice_is_refused_in_a_schema_a_list_and_a_showing(diploma, tmp_path):
    with pytest.raises(DefinitionError, match="name stands twice"):
        Definition("twice", (SchemaField("name"), SchemaField("name")))
    twice = LISTED.replace("grade", "degree")
    assert "degree" in refused(lambda path: read_drafts(path, DIPLOMA), tmp_path / "list.csv", twice.encode())
    with pytest.raises(PaperError, match="shown once"):
        show(HOME, diploma, ["degree", "degree"], "the employer", bytes(32), NOW_S)


def test_a_number_that_is_missing_is_told_by_the_audit():
    assert list(gaps(["2026-001", "2026-003"])) == ["2026-002 is missing"]


def test_a_number_that_is_repeated_is_refused_in_a_list_and_told_by_the_audit(tmp_path):
    twice = write_scdl([ROW, ROW])
    assert "2026-001 stands on line 2 already" in refused(read_scdl, tmp_path / "list.csv", twice.encode())
    assert list(gaps(["2026-001", "2026-001"])) == ["2026-001 is given twice"]


def test_a_name_is_occulted_before_anything_is_sealed(tmp_path):
    voted = [
        ROW | {"DELIB_OBJET": "Secours à Mme Camille  BERGER et à M. Roy"},
        ROW | {"DELIB_ID": "2026-002", "DELIB_OBJET": "Éloge de camille berger"},
    ]
    told = occulted(voted, ["Camille Berger", "Roy"])
    assert [it["DELIB_OBJET"] for it in told] == [
        f"Secours à Mme {OCCULTED} et à M. {OCCULTED}",
        f"Éloge de {OCCULTED}",
    ]
    batch = seal(DELIBERATION, 1, RECTOR.address, 0, [*map(act_draft, told)])
    publish_acts(tmp_path / "acts.json", HOME, batch)
    assert read_acts(tmp_path / "acts.json").root == batch.root
    assert "berger" not in (tmp_path / "acts.json").read_text().lower()
    assert voted[0]["DELIB_OBJET"].startswith("Secours à Mme Camille"), "the council's own list is left as it is"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Berget"], "'Berget' stands in no DELIB_OBJET"),
        ([" "], "stands in no DELIB_OBJET"),
        (["budget"], "stands in BUDGET_NOM, DELIB_MATIERE_NOM too"),
    ],
)
def test_a_name_that_would_stay_is_refused(names, told):
    with pytest.raises(InputError, match=told):
        occulted(deliberations("2026-001"), names)
