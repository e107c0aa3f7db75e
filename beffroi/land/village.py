"""Valombre-sur-Lys, a village that exists nowhere: a small cadastre of our own for demonstrations and tests.

Streets, fields and gardens under the wide sky of Flanders, and an INSEE code that was never given. Nothing in it is
drawn from real land or people, and the same village comes out each time.
"""

import math
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np

from beffroi.land import geometry
from beffroi.land.parcels import ParcelId

COMMUNE = "59999"
NAME = "Valombre-sur-Lys"
ORIGIN = (2.7862, 50.6418)

_STREET_M = 7.0
_LOT_DEPTH_M = 34.0
_FIRST_DAY = date(2004, 2, 25)
_DIGITS = 7

Corner = tuple[float, float]


def cadastre() -> dict[str, Any]:
    """The village as a GeoJSON FeatureCollection with the properties that Etalab publishes.

    Sixty-three parcels: built lots along two streets and the belfry's square (section AB), fields and a wood around a
    pond (section ZA), and the gardens of a hamlet (section A, whose id is padded).
    """
    random = Random(59999)  # noqa: S311 — a drawing, not a secret
    lots = _knit([*_streets(random), *_fields(random), *_gardens(random)])
    numbers: dict[str, int] = {}
    features = []
    for section, rings in lots:
        numbers[section] = numbers.get(section, 0) + 1
        features.append(_feature(section, numbers[section], rings, random))
    return {"type": "FeatureCollection", "features": features}


Lot = tuple[str, list[list[Corner]]]


def _streets(random: Random) -> list[Lot]:
    """Four rows of lots back to back along two parallel streets, and the square where the belfry stands."""
    lots: list[Lot] = []
    for row in range(4):
        south = row * _LOT_DEPTH_M + (row + 1) // 2 * _STREET_M
        bends = [0.0, *_cuts(random, 11, 11.0, 24.0)]
        lots += [("AB", [_quad(west, east, south, south + _LOT_DEPTH_M)]) for west, east in pairwise(bends)]
    lots.append(("AB", [_quad(-62.0, -_STREET_M, 36.0, 108.0)]))
    return lots


def _fields(random: Random) -> list[Lot]:
    """Long fields north of the village, and a wood around a pond."""
    bends = [0.0, *_cuts(random, 9, 24.0, 46.0)]
    fields: list[Lot] = [("ZA", [_quad(west, east, 170.0, 330.0)]) for west, east in pairwise(bends)]
    wood = _quad(-190.0, -20.0, 180.0, 320.0)
    pond = [(-120.0, 235.0), (-95.0, 262.0), (-70.0, 240.0), (-92.0, 222.0), (-120.0, 235.0)]
    return [*fields, ("ZA", [wood, pond[::-1] if _turns_left(pond) else pond])]


def _gardens(random: Random) -> list[Lot]:
    """A hamlet's gardens to the south."""
    bends = [-190.0, *_cuts(random, 8, 9.0, 17.0, start=-190.0)]
    return [("A", [_quad(west, east, -70.0, -38.0)]) for west, east in pairwise(bends)]


def _cuts(random: Random, count: int, least_m: float, most_m: float, start: float = 0.0) -> list[float]:
    cuts = []
    for _ in range(count):
        start += round(random.uniform(least_m, most_m), 1)
        cuts.append(start)
    return cuts


def _quad(west: float, east: float, south: float, north: float) -> list[Corner]:
    """A lot between two boundaries that lean with the land, so that neighbours share their corners exactly."""
    return [(_lean(x, y), y + x / 14) for x, y in ((west, south), (east, south), (east, north), (west, north))] + [
        (_lean(west, south), south + west / 14)
    ]


def _knit(lots: list[Lot]) -> list[Lot]:
    """The same lots, with a corner wherever a neighbour has one on their boundary, as surveyors draw them."""
    corners = sorted({corner for _, rings in lots for ring in rings for corner in ring})
    return [(section, [_with_corners(ring, corners) for ring in rings]) for section, rings in lots]


def _with_corners(ring: list[Corner], corners: list[Corner]) -> list[Corner]:
    knitted = ring[:1]
    for (ax, ay), (bx, by) in pairwise(ring):
        length_m = math.hypot(bx - ax, by - ay)
        along = [
            (((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length_m, (x, y))
            for x, y in corners
            if abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) < length_m / 1000
        ]
        knitted += [corner for at_m, corner in sorted(along) if 0.001 < at_m < length_m - 0.001]
        knitted.append((bx, by))
    return knitted


def _lean(x: float, y: float) -> float:
    return x - y / 9


def _turns_left(ring: list[Corner]) -> bool:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) > 0


def _feature(section: str, number: int, rings: list[list[Corner]], random: Random) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": [_degrees(ring) for ring in rings]}
    drawn_m2 = geometry.area_m2(shape)
    created = _FIRST_DAY + timedelta(days=random.randrange(6000))
    parcel_id = str(ParcelId.compose(COMMUNE, "000", section, str(number)))
    return {
        "type": "Feature",
        "id": parcel_id,
        "geometry": shape,
        "properties": {
            "id": parcel_id,
            "commune": COMMUNE,
            "prefixe": "000",
            "section": section,
            "numero": str(number),
            "contenance": max(1, round(drawn_m2 * random.uniform(0.985, 1.015))),
            "arpente": random.random() < 0.2,
            "created": created.isoformat(),
            "updated": (created + timedelta(days=random.randrange(1500))).isoformat(),
        },
    }


def _degrees(ring: list[Corner]) -> list[list[float]]:
    positions = geometry.unproject(np.array(ring), ORIGIN)
    return [[round(float(longitude), _DIGITS), round(float(latitude), _DIGITS)] for longitude, latitude in positions]
