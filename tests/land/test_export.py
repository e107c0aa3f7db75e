import dataclasses
import json
from itertools import pairwise

import pytest
import shapely

from beffroi.land import cadastre, export, geometry
from beffroi.land.export import Winding


def drawn(collection):
    return [geometry.shape(feature["geometry"]) for feature in collection["features"]]


def test_the_village_is_drawn_with_light_properties(parcels):
    collection = export.feature_collection(parcels)

    assert [feature["id"] for feature in collection["features"]] == [str(parcel.id) for parcel in parcels]
    assert collection["features"][0]["properties"] == {"area_m2": parcels[0].area_m2}
    assert len(export.dumps(collection)) < 63 * 300


def test_the_state_of_a_title_is_drawn_when_known(parcels):
    collection = export.feature_collection(parcels, {parcels[0].id.token_id: "sale"})

    assert collection["features"][0]["properties"]["state"] == "sale"
    assert "state" not in collection["features"][1]["properties"]


def test_shapes_keep_their_size_and_their_boundaries(parcels):
    shapes = drawn(export.feature_collection(parcels))

    assert all(shape.is_valid for shape in shapes)
    ground = geometry.to_metres(shapes, geometry.centre(shapes))
    for parcel, shape in zip(parcels, ground, strict=True):
        assert shape.area == pytest.approx(parcel.drawn_m2, rel=0.03)
    shared_m2 = sum(one.intersection(other).area for one, other in pairwise(ground))
    assert shared_m2 < 2


def test_the_bounds_hold_everything(parcels):
    collection = export.feature_collection(parcels)
    west, south, east, north = collection["bbox"]

    assert (west, south, east, north) == pytest.approx(shapely.total_bounds(drawn(collection)), abs=1e-5)


def test_outer_rings_turn_as_asked(parcels):
    for winding, counterclockwise in ((Winding.RFC7946, True), (Winding.D3, False)):
        shapes = drawn(export.feature_collection(parcels, winding=winding))
        assert all(shape.exterior.is_ccw is counterclockwise for shape in shapes)
        assert all(hole.is_ccw is not counterclockwise for shape in shapes for hole in shape.interiors)


def test_a_sliver_that_would_vanish_is_drawn_as_it_is(parcels):
    sliver = {
        "type": "Polygon",
        "coordinates": [[[2.786, 50.641], [2.7860004, 50.641], [2.786, 50.6410004], [2.786, 50.641]]],
    }
    collection = export.feature_collection([dataclasses.replace(parcels[0], geometry=sliver)], tolerance_m=5)

    assert drawn(collection)[0].area > 0


def test_nothing_makes_an_empty_collection():
    assert json.loads(export.dumps(export.feature_collection([]))) == {
        "type": "FeatureCollection",
        "bbox": [],
        "features": [],
    }


def test_a_whole_commune_weighs_less_than_three_fifths(epinay):
    source = epinay / "cadastre-91216-parcelles.json"
    collection = export.feature_collection(cadastre.read(source).parcels)

    assert len(export.dumps(collection)) < source.stat().st_size * 3 / 5
    shapes = drawn(collection)
    assert all(shape.is_valid for shape in shapes)
    ground = geometry.to_metres(shapes, geometry.centre(shapes))
    first, second = shapely.STRtree(ground).query(ground, predicate="intersects")
    shared_m2 = shapely.area(shapely.intersection(ground[first], ground[second]))[first < second].sum()
    assert shared_m2 < 1
