import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.land import cadastre, village
from beffroi.land.cadastre_report import CadastreRule
from tests.land.reading import read, refused, ring


@pytest.mark.parametrize("feature", [None, 7, "parcel", [], {}, {"type": "Point"}, {"type": "Feature"}])
def test_what_is_no_feature_is_refused_and_the_rest_read(features, feature):
    features.append(feature)

    assert list(refused(features, "feature 64")) == [CadastreRule.STRUCTURE]


def test_a_feature_without_an_id_is_called_by_its_place(features):
    del features[0]["properties"]["id"], features[0]["id"]

    assert refused(features, "feature 1") == {CadastreRule.PARCEL_ID: "it has no id"}


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("numero", "999", "make 59999000AB0999"),
        ("section", "AC", "make 59999000AC0001"),
        ("commune", "91216", "make 91216000AB0001"),
        ("section", None, "make no id"),
        ("numero", 1, "make no id"),
        ("id", "59999000AB00001", "padded once too often"),
        ("id", "59999000AB0777", "calls itself '59999000AB0001'"),
    ],
)
def test_an_id_that_contradicts_its_parts_is_refused(features, key, value, why):
    features[0]["properties"][key] = value

    assert why in refused(features, features[0]["properties"]["id"])[CadastreRule.PARCEL_ID]


def test_the_parts_may_be_absent(features):
    for key in ("commune", "prefixe", "section", "numero"):
        del features[0]["properties"][key]

    assert len(read(features).parcels) == 63


def test_a_parcel_of_another_commune_is_refused(features):
    report = cadastre.check(features, "59001")

    assert not report.parcels
    assert {finding.message for finding in report.refusals} == {"it lies in commune 59999, not in 59001"}


def test_a_missing_area_is_refused(features):
    del features[0]["properties"]["contenance"]

    assert "cannot be issued without one" in refused(features)[CadastreRule.AREA_MISSING]


@pytest.mark.parametrize(
    ("area", "why"),
    [
        (0, "not between 1 and"),
        (-5, "not between 1 and"),
        (2**32, "not between 1 and"),
        (10**400, "not between 1 and"),
        (True, "not a whole number"),
        ("540", "not a whole number"),
        (540.5, "not a whole number"),
        ([540], "not a whole number"),
    ],
)
def test_an_area_that_is_no_whole_number_of_square_metres_is_refused(features, area, why):
    features[0]["properties"]["contenance"] = area

    assert why in refused(features)[CadastreRule.AREA]


def test_an_area_written_as_a_float_is_read(features):
    features[0]["properties"]["contenance"] = float(features[0]["properties"]["contenance"])

    assert isinstance(read(features).parcels[8].area_m2, int)


def test_an_area_in_ares_is_refused_as_too_small_for_the_drawing(features):
    features[0]["properties"]["contenance"] //= 100

    assert "where 5 is tolerated" in refused(features)[CadastreRule.AREA]


def test_an_area_beyond_what_boundaries_explain_is_noted_and_registered(features):
    features[0]["properties"]["contenance"] = round(features[0]["properties"]["contenance"] * 1.5)

    report = read(features)

    assert [(finding.rule, finding.subject) for finding in report.notes] == [(CadastreRule.AREA, features[0]["id"])]
    assert len(report.parcels) == 63


@pytest.mark.parametrize("day", ["31/12/2004", "2004-02-30", 20040225, ""])
def test_a_date_that_is_none_is_noted_and_left_out(features, day):
    features[0]["properties"]["created"] = day

    report = read(features)

    assert [finding.rule for finding in report.notes] == [CadastreRule.DATE]
    assert report.parcels[8].created is None


def test_an_update_before_the_creation_is_noted(features):
    features[0]["properties"]["updated"] = "1999-12-31"

    assert "before it was created" in read(features).notes[0].message


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        (None, "no geometry"),
        ({"type": "Point", "coordinates": [2.29, 49.92]}, "is a 'Point'"),
        ({"type": "Polygon"}, "no ring"),
        ({"type": "Polygon", "coordinates": []}, "no ring"),
        ({"type": "MultiPolygon", "coordinates": []}, "is empty"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "no ring"),
        ({"type": "Polygon", "coordinates": [[[2.29, 49.92, 80.0]] * 4]}, "list of positions"),
        ({"type": "Polygon", "coordinates": [[["2.29", "49.92"]] * 4]}, "list of positions"),
        ({"type": "Polygon", "coordinates": [[[True, False]] * 4]}, "list of positions"),
        ({"type": "Polygon", "coordinates": [[[1e999, 49.92]] * 4]}, "list of positions"),
        ({"type": "Polygon", "coordinates": [[[10**400, 49]] * 4]}, "list of positions"),
        ({"type": "Polygon", "coordinates": [2.29, 49.92]}, "list of positions"),
        ({"type": "GeometryCollection", "geometries": []}, "is a 'GeometryCollection'"),
    ],
)
def test_what_is_no_polygon_is_refused(features, geometry, why):
    features[0]["geometry"] = geometry

    assert why in refused(features)[CadastreRule.STRUCTURE]


def test_an_unclosed_ring_is_refused(features):
    ring(features[0]).pop()

    assert "not closed" in refused(features)[CadastreRule.RING]


def test_a_ring_of_two_points_is_refused(features):
    features[0]["geometry"]["coordinates"] = [[ring(features[0])[0]] * 3]

    assert "four make the smallest" in refused(features)[CadastreRule.RING]


def test_a_ring_that_crosses_itself_is_refused(features):
    corners = ring(features[0])
    corners[1], corners[2] = corners[2], corners[1]

    assert "Self-intersection" in refused(features)[CadastreRule.RING]


def test_a_hole_outside_its_parcel_is_refused(features):
    features[0]["geometry"]["coordinates"].append([[x + 0.01, y] for x, y in ring(features[0])][::-1])

    assert "Hole lies outside shell" in refused(features)[CadastreRule.RING]


def test_a_parcel_without_any_surface_is_refused(features):
    features[0]["geometry"]["coordinates"] = [[ring(features[0])[0]] * 4]

    assert CadastreRule.RING in refused(features)


def test_a_ring_that_turns_the_other_way_is_noted_and_keeps_its_hash(features):
    straight = read(features).parcels[8]
    ring(features[0]).reverse()

    report = read(features)

    assert [finding.rule for finding in report.notes] == [CadastreRule.ORIENTATION]
    assert report.parcels[8].keccak256 != straight.keccak256
    assert report.parcels[8].drawn_m2 == pytest.approx(straight.drawn_m2)


def test_several_polygons_make_one_parcel(features):
    garden = next(feature for feature in features if feature["id"] == "599990000A0001")
    garden["geometry"] = {"type": "MultiPolygon", "coordinates": [garden["geometry"]["coordinates"]]}

    assert len(read(features).parcels) == 63


@pytest.mark.parametrize(
    ("position", "why"),
    [
        ([649000.5, 6979000.25], "probably Lambert-93"),
        ([6979000.25, 649000.5], "probably Lambert-93 .* with its axes swapped"),
        ([1649000.5, 9250000.0], "nine zones"),
        ([255000.0, 6430000.0], "probably Lambert-93"),
        ([255000.0, 5900000.0], "probably Web Mercator"),
        ([449000.0, 5530000.0], "probably Web Mercator"),
        ([449000.0, 4530000.0], "probably UTM"),
        ([50.64, 2.79], "axes swapped"),
        ([55.4, -21.0], "far from département 59"),
        ([0, 0], "far from département 59"),
        ([5e8, 5e8], "not a longitude and a latitude"),
    ],
)
def test_a_position_outside_the_territory_is_recognised(features, position, why):
    ring(features[0])[2] = position

    assert re.search(why, refused(features)[CadastreRule.POSITION])


def test_a_parcel_overseas_lies_overseas(features):
    parcel = features[0]
    parcel["properties"] |= {"id": "97411000AB0001", "commune": "97411"}
    parcel["id"] = "97411000AB0001"

    assert "far from département 974" in cadastre.check(features).refusals[0].message


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
places = st.sampled_from(
    [
        (),
        ("id",),
        ("type",),
        ("properties",),
        ("geometry",),
        ("geometry", "type"),
        ("geometry", "coordinates"),
        ("geometry", "coordinates", 0),
        ("geometry", "coordinates", 0, 1),
        ("geometry", "coordinates", 0, 1, 0),
        *(("properties", key) for key in ("id", "commune", "prefixe", "section", "numero", "contenance", "created")),
    ]
)


@given(places, anything)
def test_whatever_stands_in_a_feature_the_others_are_read(place, value):
    features = village.cadastre()["features"][:3]
    node = features
    for key in (0, *place[:-1])[: len(place)]:
        node = node[key]
    node[place[-1] if place else 0] = value

    report = read(features)

    assert {str(parcel.id) for parcel in report.parcels} >= {features[2]["id"]}
    assert report.lines()
    assert report.csv()
