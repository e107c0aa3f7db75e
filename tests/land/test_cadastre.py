import copy
import csv
import gzip
import json

import pytest

from beffroi.land import cadastre, village
from beffroi.land.cadastre import CadastreFileError
from beffroi.land.cadastre_report import CadastreRule, Tolerances
from tests.land.reading import read, ring


def test_the_village_passes_whole(features):
    report = read(features)

    assert (report.features, len(report.parcels), report.findings) == (63, 63, ())
    assert report.sections == {"0000A": 8, "000AB": 45, "000ZA": 10}
    assert report.area_m2 == sum(feature["properties"]["contenance"] for feature in features)
    assert report.lines() == ["63 features read: 63 parcels (108,777 m² in 3 sections) may be registered, 0 refused."]


def test_the_village_is_the_same_each_time(features):
    assert village.cadastre()["features"] == features


def test_parcels_come_sorted_with_what_the_file_says(features):
    parcel = read(features[::-1]).parcels[8]
    source = next(feature for feature in features if feature["id"] == "59999000AB0001")

    assert str(parcel.id) == "59999000AB0001"
    assert parcel.area_m2 == source["properties"]["contenance"]
    assert parcel.drawn_m2 == pytest.approx(parcel.area_m2, rel=0.02)
    assert parcel.surveyed is source["properties"]["arpente"]
    assert parcel.created.isoformat() == source["properties"]["created"]
    assert parcel.geometry == source["geometry"]
    assert len(parcel.keccak256) == len(parcel.sha256) == 32


def test_a_whole_commune_is_read_and_the_parcel_without_an_area_refused(epinay):
    report = cadastre.read(epinay / "cadastre-91216-parcelles.json", "91216")
    with (epinay / "parcels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert (report.features, len(report.parcels), len(report.sections)) == (4241, 4240, 15)
    assert [(finding.subject, finding.rule) for finding in report.refusals] == [
        ("91216000AC0389", CadastreRule.AREA_MISSING)
    ]
    assert report.area_m2 == sum(int(row["contenance_m2"]) for row in rows if row["contenance_m2"]) == 3_829_286
    assert {finding.rule for finding in report.notes} == {CadastreRule.AREA}
    assert {str(parcel.id): parcel.sha256.hex() for parcel in report.parcels} == {
        row["id"]: row["geometry_sha256"] for row in rows if row["contenance_m2"]
    }


def test_the_real_commune_in_lambert_93_axes_is_refused_parcel_by_parcel(epinay):
    features = cadastre.parse((epinay / "cadastre-91216-parcelles.json").read_bytes())[:50]
    for feature in features:
        feature["geometry"]["coordinates"] = [[[y, x] for x, y in ring] for ring in feature["geometry"]["coordinates"]]

    report = cadastre.check(features, "91216")

    assert not report.parcels
    assert {finding.rule for finding in report.refusals} == {CadastreRule.POSITION}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"id;contenance\n", "not JSON"),
        (b'{"type":"FeatureCollection","features":[', "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (b'{"type":"Feature"}', "not a GeoJSON FeatureCollection"),
        (b'{"type":"FeatureCollection"}', "no list of features"),
        (b'{"type":"FeatureCollection","features":{}}', "no list of features"),
        (b'{"type":"FeatureCollection","features":[NaN]}', "NaN is not a number"),
        (b'{"type":"FeatureCollection","features":[-Infinity]}', "-Infinity is not a number"),
        (b'{"type":"FeatureCollection","features":[],"features":[]}', "'features' stands twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"type":"FeatureCollection","features":[' + b"9" * 5000 + b"]}", "not JSON"),
    ],
)
def test_what_is_no_cadastre_is_refused_with_the_reason(content, why):
    with pytest.raises(CadastreFileError, match=why):
        cadastre.parse(content)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::2154", "EPSG:3857", None])
def test_a_file_that_names_another_system_is_refused(name):
    crs = {"type": "name", "properties": {"name": name}}
    with pytest.raises(CadastreFileError, match="convert it to WGS 84"):
        cadastre.parse(json.dumps({"type": "FeatureCollection", "crs": crs, "features": []}).encode())


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
def test_a_file_that_names_longitudes_and_latitudes_is_read(name):
    crs = {"type": "name", "properties": {"name": name}}

    assert cadastre.parse(json.dumps({"type": "FeatureCollection", "crs": crs, "features": []}).encode()) == []


def test_a_file_may_be_compressed_and_begin_with_a_byte_order_mark(tmp_path, features):
    text = b"\xef\xbb\xbf" + json.dumps({"type": "FeatureCollection", "features": features}).encode()
    packed = tmp_path / "cadastre-59999-parcelles.json.gz"
    packed.write_bytes(gzip.compress(text))
    plain = tmp_path / "cadastre-59999-parcelles.json"
    plain.write_bytes(text)

    assert cadastre.read(packed) == cadastre.read(plain)
    assert len(cadastre.read(plain).parcels) == 63


@pytest.mark.parametrize("content", [b"not gzip", gzip.compress(b"{}")[:-9]])
def test_a_broken_archive_is_refused(tmp_path, content):
    packed = tmp_path / "cadastre.json.gz"
    packed.write_bytes(content)

    with pytest.raises(CadastreFileError, match="cut short"):
        cadastre.read(packed)


def test_a_file_that_unpacks_beyond_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(cadastre, "MAX_BYTES", 1 << 20)
    packed = tmp_path / "bomb.json.gz"
    packed.write_bytes(gzip.compress(b" " * (1 << 21)))

    with pytest.raises(CadastreFileError, match="larger than 1 MiB"):
        cadastre.read(packed)


def test_an_empty_collection_has_nothing_to_register():
    assert cadastre.check([]).lines() == [
        "0 features read: 0 parcels (0 m² in 0 sections) may be registered, 0 refused."
    ]


def test_an_id_that_stands_twice_is_refused_both_times(features):
    features.append(features[0])

    report = read(features)

    assert len(report.parcels) == 62
    assert [finding.message for finding in report.refusals if finding.rule == CadastreRule.DUPLICATE] == [
        "its id stands also at feature 64: which one is meant cannot be known",
        "its id stands also at feature 1: which one is meant cannot be known",
    ]


def test_two_parcels_on_the_same_ground_are_both_refused(features):
    ring(features[0])[1] = [ring(features[0])[1][0] + 0.0001, ring(features[0])[1][1]]

    report = read(features)

    overlaps = {finding.subject: finding.message for finding in report.refusals if finding.rule == CadastreRule.OVERLAP}
    assert features[1]["id"] in overlaps[features[0]["id"]]
    assert features[0]["id"] in overlaps[features[1]["id"]]
    assert not {str(parcel.id) for parcel in report.parcels} & set(overlaps)


def test_an_overlap_within_the_rounding_of_corners_is_tolerated(features):
    ring(features[0])[1] = [ring(features[0])[1][0] + 2e-7, ring(features[0])[1][1]]

    assert len(read(features).parcels) == 63
    assert len(cadastre.check(features, tolerances=Tolerances(overlap_m2=0.01)).parcels) < 63


def test_neighbours_that_share_a_boundary_do_not_overlap(features):
    assert len(cadastre.check(features, tolerances=Tolerances(overlap_m2=0.01)).parcels) == 63


def test_a_parcel_that_covers_the_village_is_named_once(features):
    features[0]["geometry"]["coordinates"] = [
        [[2.77, 50.63], [2.80, 50.63], [2.80, 50.65], [2.77, 50.65], [2.77, 50.63]]
    ]

    report = read(features)

    overlaps = [finding for finding in report.refusals if finding.rule == CadastreRule.OVERLAP]
    assert "and parts of 61 others" in overlaps[0].message
    assert not report.parcels


def test_a_nameless_feature_far_away_disturbs_nobody(features):
    before = {parcel.id: parcel.drawn_m2 for parcel in read(features).parcels}
    far = copy.deepcopy(features[0])
    far["id"] = far["properties"]["id"] = "nobody"
    far["geometry"]["coordinates"] = [[[x + 6.5e8, y + 6.5e8] for x, y in ring(far)]]
    features.append(far)

    assert {parcel.id: parcel.drawn_m2 for parcel in read(features).parcels} == before


def test_the_report_counts_what_it_does_not_tell(features):
    for feature in features:
        del feature["properties"]["contenance"]

    lines = read(features).lines(most=2)

    assert lines[0].startswith("63 features read: 0 parcels")
    assert lines[1].startswith("refused · area missing · 59999000AB0001: ")
    assert lines[3:] == ["refused · area missing · and 61 more"]


def test_the_report_holds_no_formula(features):
    features[0]["properties"]["id"] = features[0]["id"] = '=HYPERLINK("x")'

    rows = list(csv.reader(read(features).csv().splitlines()))

    assert rows[0] == ["parcel", "refused", "rule", "finding"]
    assert rows[1][:3] == ['\'=HYPERLINK("x")', "yes", "parcel id"]
