"""The parcels as the dApp draws them: fewer corners, few decimals, few properties."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import shapely

from beffroi.land import geometry
from beffroi.land.cadastre_report import Parcel

DECIMALS = 6
"""A millionth of a degree is a tenth of a metre."""


class Winding(StrEnum):
    """Which way outer rings turn."""

    RFC7946 = "counterclockwise"
    D3 = "clockwise"
    """d3-geo takes a counterclockwise ring on the sphere for the whole Earth without the parcel."""


def feature_collection(
    parcels: Sequence[Parcel],
    states: Mapping[int, str] | None = None,
    tolerance_m: float = 0.3,
    winding: Winding = Winding.RFC7946,
) -> dict[str, Any]:
    """The parcels as GeoJSON, simplified together so that neighbours still share their boundaries.

    The shapes are for the eye: the hash of a title is that of the published geometry, which this is not.

    Args:
        parcels: to draw.
        states: a word for the state of a title, by token id; a parcel without one has no such property.
        tolerance_m: how far a boundary may move (Visvalingam-Whyatt, by the area of a triangle of that side).
        winding: which way outer rings turn.

    Returns:
        A FeatureCollection; each feature has its `id`, from which section and number are read, and the properties
        `area_m2` and perhaps `state`.
    """
    degrees = [geometry.shape(parcel.geometry) for parcel in parcels]
    states = states or {}
    return {
        "type": "FeatureCollection",
        "bbox": [round(float(bound), DECIMALS) for bound in shapely.total_bounds(degrees)] if parcels else [],
        "features": [
            _feature(parcel, drawn, states.get(parcel.id.token_id))
            for parcel, drawn in zip(parcels, _simplified(degrees, tolerance_m, winding), strict=True)
        ],
    }


def dumps(collection: Mapping[str, Any]) -> str:
    """The collection as compact JSON text."""
    return json.dumps(collection, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _simplified(degrees: list[shapely.Geometry], tolerance_m: float, winding: Winding) -> list[shapely.Geometry]:
    if not degrees:
        return []
    origin = geometry.centre(degrees)
    ground = shapely.coverage_simplify(geometry.to_metres(degrees, origin), tolerance_m)
    drawn = shapely.transform(ground, lambda xy: np.round(geometry.unproject(xy, origin), DECIMALS))
    kept = shapely.is_valid(drawn)
    return [
        shapely.orient_polygons(simple if fine else full, exterior_cw=winding is Winding.D3)
        for simple, full, fine in zip(drawn, degrees, kept, strict=True)
    ]


def _feature(parcel: Parcel, drawn: shapely.Geometry, state: str | None) -> dict[str, Any]:
    properties: dict[str, Any] = {"area_m2": parcel.area_m2}
    if state is not None:
        properties["state"] = state
    return {
        "type": "Feature",
        "id": str(parcel.id),
        "geometry": json.loads(shapely.to_geojson(drawn)),
        "properties": properties,
    }
