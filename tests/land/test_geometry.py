import csv
import hashlib
import json
import math

import numpy as np
import pytest

from beffroi.land import geometry

SQUARE = {"type": "Polygon", "coordinates": [[[2.0, 48.5], [2.001, 48.5], [2.001, 48.501], [2.0, 48.501], [2.0, 48.5]]]}


def test_the_canonical_text_has_sorted_keys_and_no_spaces():
    shape = {"type": "Polygon", "coordinates": [[[2.3, 48.65], [2.5, 48.25], [2.75, 48.5], [2.3, 48.65]]]}

    text = geometry.canonical(shape)

    assert text == '{"coordinates":[[[2.3,48.65],[2.5,48.25],[2.75,48.5],[2.3,48.65]]],"type":"Polygon"}'
    assert json.loads(text) == shape
    assert geometry.sha256(shape) == hashlib.sha256(text.encode()).digest()


@pytest.mark.parametrize(
    ("number", "text"),
    [(2.0, "2"), (2, "2"), (-0.0, "0"), (0.00001, "0.00001"), (-1.5e-6, "-0.0000015"), (1e-7, "1e-7"), (48.1, "48.1")],
)
def test_numbers_are_written_as_javascript_writes_them(number, text):
    assert (
        geometry.canonical({"type": "Point", "coordinates": [number]}) == f'{{"coordinates":[{text}],"type":"Point"}}'
    )


@pytest.mark.parametrize("number", [math.inf, math.nan])
def test_what_is_no_number_has_no_text(number):
    with pytest.raises(ValueError, match="not a coordinate"):
        geometry.canonical({"type": "Point", "coordinates": [number]})


def test_a_moved_corner_changes_both_hashes():
    moved = json.loads(json.dumps(SQUARE))
    moved["coordinates"][0][2][0] += 1e-7

    assert geometry.sha256(moved) != geometry.sha256(SQUARE)
    assert geometry.keccak256(moved) != geometry.keccak256(SQUARE)
    assert geometry.keccak256(SQUARE) != geometry.sha256(SQUARE)


def test_a_thousandth_of_a_degree_is_as_large_as_the_ellipsoid_makes_it():
    # Between two parallels, per radian of longitude: b²/2·[sin φ/(1 - e² sin² φ) + artanh(e sin φ)/e].
    flattening = geometry.FLATTENING
    e = math.sqrt(flattening * (2 - flattening))
    b = geometry.SEMI_MAJOR_AXIS_M * (1 - flattening)

    def zone(latitude):
        s = math.sin(math.radians(latitude))
        return b**2 / 2 * (s / (1 - (e * s) ** 2) + math.atanh(e * s) / e)

    exact_m2 = (zone(48.501) - zone(48.5)) * math.radians(0.001)

    assert geometry.area_m2(SQUARE) == pytest.approx(exact_m2, rel=1e-6)


def test_projecting_and_back_moves_no_point_by_a_tenth_of_a_millimetre():
    points = np.array([[2.2, 48.5], [2.35, 48.65], [2.5, 48.8]])

    there = geometry.project(points, (2.35, 48.65))

    assert np.abs(geometry.unproject(there, (2.35, 48.65)) - points).max() < 1e-9
    assert there[1] == pytest.approx([0, 0], abs=1e-6)
    assert (there[2] > 0).all()


def test_an_area_does_not_depend_on_the_origin():
    shape = geometry.shape(SQUARE)
    near, far = (geometry.to_metres([shape], origin)[0].area for origin in ((2.0, 48.5), (2.1, 48.6)))

    assert near == pytest.approx(far, rel=1e-6)


def test_several_polygons_add_up():
    twice = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], _shifted(SQUARE)["coordinates"]]}

    assert geometry.area_m2(twice) == pytest.approx(2 * geometry.area_m2(SQUARE), rel=1e-6)


def _shifted(shape):
    return {"type": "Polygon", "coordinates": [[[x + 0.01, y] for x, y in ring] for ring in shape["coordinates"]]}


def test_the_published_hashes_of_a_whole_commune_come_out(epinay):
    collection = json.loads((epinay / "cadastre-91216-parcelles.json").read_text())
    with (epinay / "parcels.csv").open(newline="") as file:
        published = {row["id"]: row["geometry_sha256"] for row in csv.DictReader(file)}

    hashes = {feature["id"]: geometry.sha256(feature["geometry"]).hex() for feature in collection["features"]}

    assert len(hashes) == 4241
    assert hashes == published
