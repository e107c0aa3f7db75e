"""Who has the key of a register of acts hides nothing from a reader of the audit by how acts are numbered or dated."""

import json
import unicodedata

import pytest

from beffroi.records.actaudit import CarriedOut, audit_acts, gaps
from beffroi.records.claims import claims_of, claims_root, schema_proof
from beffroi.records.council import DELIBERATION, OPEN_FIELDS, act_draft, occulted, publish_acts, read_acts
from beffroi.records.paper import PaperError
from beffroi.records.paperfile import claim_json, hexed
from tests.records.conftest import HOME
from tests.records.test_acts import CALL, MADE_S, deliberations, issued, published, sealed
from tests.records.test_scdl import ROW


def test_two_acts_that_authorise_one_call_which_was_made_once_are_told(tmp_path):
    acts = deliberations("2026-001", "2026-002")
    batch = sealed([act_draft(it, authorises=CALL) for it in acts])
    told = audit_acts(
        [issued(batch)], [published(batch, tmp_path)], [CarriedOut("LandTax.RatesSet", CALL, "0xaa", MADE_S)]
    )
    assert [it.problems for it in told.acts] == [("the call that it authorises is authorised by 2 acts",)] * 2


def test_a_gap_is_not_hidden_by_a_letter():
    assert "2026-002 is missing" in [*gaps(["2026-001", "2026-002B", "2026-003"])]


def test_a_number_given_twice_is_not_hidden_by_a_zero():
    assert [*gaps(["2026-01", "2026-001", "2026-002"])] == ["2026-001 is given twice"]


def test_the_first_acts_are_not_hidden_by_a_letter_before_the_year():
    assert [*gaps(["D2026-003", "D2026-004"])] == ["D2026-001 is missing", "D2026-002 is missing"]


def test_one_act_numbered_by_its_day_does_not_stop_the_audit():
    """As many communes do; told one by one, what is missing would be twenty million sentences."""
    assert [*gaps(["2026-001", "2026-20260131"])] == ["2026-00000002 to 2026-20260130 are missing"]
    assert [*gaps(["2026-001", "2026-" + "9" * 15])] == [f"2026-{2:015} to 2026-{10**15 - 2} are missing"]


def test_a_number_of_five_thousand_digits_does_not_stop_the_audit():
    (told,) = gaps(["2026-" + "9" * 5_000])
    assert "is no number" in told


def individual_without_day(tmp_path, day):
    """An individual act that a clerk's own tool sealed and published: its day is none."""
    said = dict.fromkeys(field.name for field in DELIBERATION.fields)
    said |= {name.lower(): value for name, value in ROW.items()} | {"delib_date": day}
    values, seed = tuple(said[field.name] for field in DELIBERATION.fields), b"\7" * 32
    root = claims_root(DELIBERATION, values, seed)
    claims = [*map(claim_json, claims_of(DELIBERATION, values, seed, OPEN_FIELDS))]
    proof = [*map(hexed, schema_proof(DELIBERATION, values, seed))]
    batch = sealed([act_draft(ROW)])
    path = tmp_path / "individual.json"
    publish_acts(path, HOME, batch)
    file = json.loads(path.read_text())
    file["acts"] = [{"claimsRoot": hexed(root), "schemaProof": proof, "claims": claims}]
    path.write_text(json.dumps(file))
    return path


@pytest.mark.parametrize("day", [None, "hier", "2026-02-30"])
def test_an_individual_act_without_a_day_is_refused(tmp_path, day):
    with pytest.raises(PaperError, match="delib_date"):
        read_acts(individual_without_day(tmp_path, day))


def test_a_name_is_occulted_however_its_accents_are_made():
    about = f"Secours à Zoé Dupré ; {unicodedata.normalize('NFD', 'Zoé Dupré')}"
    for name in ("Zoé Dupré", unicodedata.normalize("NFD", "Zoé Dupré")):
        (act,) = occulted([ROW | {"DELIB_OBJET": about}], [name])
        assert act["DELIB_OBJET"] == "Secours à […] ; […]"
