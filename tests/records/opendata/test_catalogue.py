"""SCDL's catalogue in and out, and DCAT-AP 3 out of it: what the field's own readers take."""

import copy
import csv
import json

import pytest
import rdflib
from pyshacl import validate
from rdflib import DCAT, DCTERMS, Literal, URIRef
from rdflib.namespace import FOAF, XSD

from beffroi.csvfile import CsvError
from beffroi.records.opendata.catalogue import NAMES, read_catalogue, write_catalogue
from beffroi.records.opendata.catalogue_check import catalogue_problems
from beffroi.records.opendata.dataversion import versions_of
from beffroi.records.opendata.dcat import STATUS, Publication, catalogue_json
from beffroi.records.opendata.history import histories
from beffroi.records.paper import PaperError
from tests.records.conftest import HOME
from tests.records.opendata.conftest import COUNTS, DATA_SET, TITLE
from tests.records.test_scdl import DATA, REAL

BASE = "https://valombre.example/town/data/"
EVIL = "https://evil.example/counts.csv"
SHAPES = __file__.replace("test_catalogue.py", "dcat-ap.shapes.ttl")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
UNSEALED = DATA_SET | {"ID": "arbres", "TITRE": "Arbres", "LICENCE": "Spécifique ou autre"}


def written(tmp_path, *data_sets):
    path = tmp_path / "catalogue.csv"
    path.write_text(write_catalogue(data_sets), encoding="utf-8")
    return path


@pytest.fixture
def known(published):
    """Two versions of one data set, the first taken back."""
    first = published(COUNTS)
    (one,) = first.papers
    second = published(COUNTS.replace("412", "413"), "2", before=one.ref, first=1)
    versions = [it for batch in (first, second) for it in versions_of(batch)]
    return histories(versions, {one.ref})


def places(known):
    return {it: f"batches/{it.ref.number}.json" for history in known for it in history.versions}


@pytest.fixture
def catalogue(known):
    return catalogue_json(Publication(HOME, BASE), [DATA_SET, UNSEALED], known, places(known))


def graph(catalogue):
    return rdflib.Graph().parse(data=json.dumps(catalogue), format="json-ld")


def test_what_is_written_is_read_again_and_no_spreadsheet_runs_it(tmp_path):
    sly = DATA_SET | {"ID": "sly", "TITRE": '=cmd|" /C calc"!A0', "DESCRIPTION": "<script>alert(1)</script>"}
    path = written(tmp_path, DATA_SET, sly)
    assert read_catalogue(path) == [DATA_SET, sly]
    assert "\n=cmd" not in path.read_text()
    assert ",'=cmd" in path.read_text().replace('"', "")


@REAL
def test_the_fields_own_sample_is_read_and_written_byte_for_byte(tmp_path):
    sample = DATA / "samples" / "catalogue-valid.csv"
    read = read_catalogue(sample)
    assert [it["ID"] for it in read] == ["deliberations-2026", "subventions-2026"]
    assert written(tmp_path, *read).read_bytes() == sample.read_bytes()
    schema = json.loads((DATA / "schemas" / "scdl-catalogue-0.1.3.json").read_text())
    assert [it["name"] for it in schema["fields"]] == [*NAMES]


@REAL
def test_each_invalid_sample_is_refused_in_the_line_and_column_of_its_fault():
    with (DATA / "samples" / "invalid" / "INDEX.csv").open() as index:
        faults = [it for it in csv.DictReader(index) if it["file"].startswith("catalogue")]
    assert len(faults) == 3
    for fault in faults:
        with pytest.raises(CsvError, match=rf"line {fault['line']}: {fault['column']}"):
            read_catalogue(DATA / "samples" / "invalid" / fault["file"])


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("ID", "../../etc", "no identifier"),
        ("ID", "Éléments", "no identifier"),
        ("TITRE", "Comptages\u202efdp.csv", "is no text"),
        ("URL", "javascript://valombre.example/%0aalert(1)", "no address"),
        ("PRODUCTEUR_SIRET", "21000000600011", "check digit"),
        ("COUV_SPAT_MAILLE", "communale", "none of"),
        ("COUV_TEMP_FIN", "2026-02-01", "before COUV_TEMP_DEBUT"),
        ("DATE_MAJ", "2026-03-01", "before DATE_PUBL"),
        ("NOMBRE_RESSOURCES", "0", "one resource"),
    ],
)
def test_what_breaks_a_rule_is_named(tmp_path, column, value, told):
    with pytest.raises(CsvError, match=f"line 2: .*{told}"):
        read_catalogue(written(tmp_path, DATA_SET | {column: value}))


def test_a_data_set_stands_once(tmp_path):
    with pytest.raises(CsvError, match="stands on line 2 already"):
        read_catalogue(written(tmp_path, DATA_SET, DATA_SET))


def test_rdflib_reads_the_triples_that_are_meant(catalogue):
    read = graph(catalogue)
    whole, (file,) = URIRef(f"{BASE}catalogue.jsonld"), [
        it for it in read.subjects(rdflib.RDF.type, DCAT.Distribution) if "/2/" in it
    ]  # fmt: skip
    own, version = (URIRef(f"{BASE}catalogue.jsonld#comptages-velos{it}") for it in ("", "/2"))
    title = Literal(TITLE, lang="fr")
    eu = "http://publications.europa.eu/resource/authority/"
    for triple in (
        (whole, rdflib.RDF.type, DCAT.Catalog),
        (whole, DCAT.dataset, own),
        (own, DCTERMS.title, title),
        (own, DCTERMS.language, URIRef(f"{eu}language/FRA")),
        (own, DCTERMS.accrualPeriodicity, URIRef(f"{eu}frequency/MONTHLY")),
        (own, DCAT.keyword, Literal("velos", lang="fr")),
        (own, DCAT.distribution, file),
        (own, URIRef(DCAT + "hasVersion"), version),
        (version, DCTERMS.title, title),
        (version, URIRef(DCAT + "previousVersion"), URIRef(f"{own}/1")),
        (file, DCAT.byteSize, Literal(str(len(COUNTS.encode())), datatype=XSD.nonNegativeInteger)),
        (file, DCAT.downloadURL, URIRef(f"{BASE}comptages-velos/2.csv")),
        (file, URIRef("http://www.w3.org/ns/adms#status"), URIRef(f"{eu}distribution-status/COMPLETED")),
        (URIRef(f"{own}/1/file"), URIRef("http://www.w3.org/ns/adms#status"),
         URIRef(f"{eu}distribution-status/WITHDRAWN")),
        (file, DCTERMS.license, URIRef("https://spdx.org/licenses/etalab-2.0")),
    ):  # fmt: skip
        assert triple in read
    (checksum,) = read.objects(file, SPDX.checksum)
    assert (checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256) in read
    assert str(read.value(checksum, SPDX.checksumValue)) == catalogue_sha256(catalogue)
    (seal,) = read.objects(file, URIRef("urn:beffroi:seal:paper"))
    assert read.value(seal, URIRef("urn:beffroi:seal:contract")) == Literal(f"eip155:31337:{HOME.contract}")
    assert read.value(seal, URIRef("urn:beffroi:seal:number")) == Literal(1)
    assert read.value(read.value(own, DCTERMS.publisher), FOAF.name) == Literal("Régie des transports")


def catalogue_sha256(catalogue):
    (told,) = catalogue["dcat:dataset"][0]["dcat:hasVersion"][1]["dcat:distribution"]
    return told["spdx:checksum"]["spdx:checksumValue"]


def test_it_has_what_dcat_ap_makes_mandatory_and_without_it_the_shapes_say_so(catalogue):
    shapes = rdflib.Graph().parse(SHAPES)
    conforms, _, words = validate(graph(catalogue), shacl_graph=shapes)
    assert conforms, words
    version = catalogue["dcat:dataset"][0]["dcat:hasVersion"][0]
    (file,) = version["dcat:distribution"]
    for holder, key in (
        (catalogue, "dct:publisher"), (catalogue, "dct:description"), (catalogue["dcat:dataset"][1], "dct:title"),
        (version, "dct:description"), (file, "dcat:accessURL"), (file["spdx:checksum"], "spdx:checksumValue"),
        (catalogue["dct:publisher"], "foaf:name"),
    ):  # fmt: skip
        kept = holder.pop(key)
        assert not validate(graph(catalogue), shacl_graph=shapes)[0], key
        holder[key] = kept


def test_versions_of_what_the_catalogue_does_not_list_are_not_published(known):
    with pytest.raises(PaperError, match="no such data set: arbres"):
        catalogue_json(Publication(HOME, BASE), [UNSEALED], known, {})


def test_a_title_that_is_not_that_of_the_latest_paper_is_not_published(known):
    with pytest.raises(PaperError, match="seal a version under the new one"):
        catalogue_json(Publication(HOME, BASE), [DATA_SET | {"TITRE": "Autre"}], known, {})


def forged(catalogue, change):
    other = copy.deepcopy(catalogue)
    change(other, other["dcat:dataset"][0], other["dcat:dataset"][0]["dcat:hasVersion"][1])
    return other


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda _, own, __: own["dct:title"].update(fr="Autre"), "velos: the title is"),
        (lambda _, __, it: it["dct:title"].update(fr="Autre"), "version 2: the title is"),
        (lambda _, own, it: it["dcat:distribution"][0].update(
            {"spdx:checksum": own["dcat:hasVersion"][0]["dcat:distribution"][0]["spdx:checksum"]}),
         "version 2: the sha256 is"),
        (lambda _, __, it: it["dcat:distribution"][0].update({"dcat:byteSize": "1"}), "version 2: the size is"),
        (lambda _, __, it: it["dcat:distribution"][0]["seal:paper"].update({"seal:number": 0}), "the paper's place"),
        (lambda _, __, it: it["dcat:distribution"][0]["seal:paper"].update({"seal:contract": "eip155:1:0x"}),
         "the contract is"),
        (lambda _, own, __: own["dcat:hasVersion"].pop(), "does not tell of version 2"),
        (lambda _, own, it: own["dcat:hasVersion"].append({**it, "dcat:version": "3"}), "'3' of the catalogue has no"),
        (lambda all_, own, _: all_["dcat:dataset"].append({**own, "dct:identifier": "faux"}), "'faux': version '1'"),
        (lambda all_, _, __: all_["dcat:dataset"].pop(0), "does not tell of it"),
        (lambda all_, _, __: all_["@context"].update({"dct:title": "foaf:name"}), "context is another"),
        (lambda all_, _, __: all_.update({"dcat:dataset": {"a": 1}}), "does not tell of it"),
        (lambda _, __, it: it["dcat:distribution"][0].update({"dcat:downloadURL": EVIL}), "dcat:downloadURL is"),
        (lambda _, __, it: it["dcat:distribution"][0].update({"dcat:accessURL": EVIL}), "dcat:accessURL is"),
        (lambda _, own, __: own["dcat:hasVersion"][0]["dcat:distribution"][0].update(
            {"adms:status": STATUS + "COMPLETED"}), "version 1: the status is"),
        (lambda _, own, __: own.update({"dcat:hasCurrentVersion": own["dcat:hasVersion"][0]["@id"]}),
         "dcat:hasCurrentVersion is"),
        (lambda _, __, it: it["dcat:distribution"][0].update(
            {"http://spdx.org/rdf/terms#checksum": {"http://spdx.org/rdf/terms#checksumValue": "00" * 32}}),
         "version 2: http://spdx.org/rdf/terms#checksum is"),
        (lambda _, own, it: own["dct:publisher"].update({"@id": it["@id"], "dcat:downloadURL": EVIL}),
         "dcat:downloadURL is"),
        (lambda all_, own, _: all_["dcat:dataset"].insert(0, {**own, "@id": EVIL}), "'comptages-velos' stands in the"),
        (lambda _, own, it: own["dcat:hasVersion"].insert(0, {**it, "@id": EVIL}), "version '2' stands 2 times"),
        (lambda all_, _, __: all_.update({"dcat:downloadURL": EVIL}), "the catalogue: dcat:downloadURL is"),
    ],
)  # fmt: skip
def test_a_catalogue_that_says_what_its_papers_do_not_is_named(catalogue, known, change, told):
    assert catalogue_problems(catalogue, known, HOME, places(known)) == []
    problems = catalogue_problems(forged(catalogue, change), known, HOME, places(known))
    assert [it for it in problems if told in it], problems
