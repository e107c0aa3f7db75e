"""A parcel's shape: its canonical text, its hashes, its area on the ground."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from eth_utils.crypto import keccak
from numpy.typing import NDArray

Geometry = Mapping[str, Any]
Points = NDArray[np.float64]

# GRS 80, on which RGF93 rests; WGS 84 differs from it by a tenth of a millimetre.
SEMI_MAJOR_AXIS_M = 6_378_137.0
FLATTENING = 1 / 298.257222101
_E2 = FLATTENING * (2 - FLATTENING)


def canonical(geometry: Geometry) -> str:
    """The one text of a geometry: its type and coordinates, keys sorted, no spaces, numbers as RFC 8785 writes them.

    What is hashed is the geometry as published: no point is moved, rounded, turned round or left out. `JSON.stringify`
    gives the same text of an object whose keys were set in this order.

    Raises:
        ValueError: a coordinate is not finite.
    """
    return f'{{"coordinates":{_text(geometry["coordinates"])},"type":"{geometry["type"]}"}}'


def sha256(geometry: Geometry) -> bytes:
    """The hash under which geometries are published beside the cadastre: SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(geometry).encode("ascii")).digest()


def keccak256(geometry: Geometry) -> bytes:
    """The hash that a contract can compute cheaply: Keccak-256 of the same text."""
    return keccak(canonical(geometry).encode("ascii"))


def _text(node: Any) -> str:
    if isinstance(node, list | tuple):
        return f"[{','.join(map(_text, node))}]"
    return _number(node)


def _number(value: float) -> str:
    """A number as ECMAScript prints it, which RFC 8785 requires; Python differs in 1.0, -0.0 and below 0.0001."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a coordinate")
    if value == int(value):
        return str(int(value))
    text = repr(float(value))
    if "e" not in text:
        return text
    if abs(value) >= 1e-6:
        return format(Decimal(text), "f")
    mantissa, exponent = text.split("e")
    return f"{mantissa}e{int(exponent)}"


def project(points: Points, origin: tuple[float, float]) -> Points:
    """Metres east and north of an origin, in the sinusoidal projection of the ellipsoid, which keeps areas.

    x = N(φ)·cos φ·(λ - λ₀) and y the length of the meridian from φ₀ to φ, taken as M((φ + φ₀)/2)·(φ - φ₀), where
    N = a/√(1 - e² sin² φ) and M = a(1 - e²)/(1 - e² sin² φ)^(3/2) (Snyder, Map Projections, USGS Professional Paper
    1395, 1987, p. 25 and ch. 30). The midpoint errs by less than a millionth on the extent of a département.

    Args:
        points: longitudes and latitudes in degrees, shape (n, 2).
        origin: λ₀ and φ₀ in degrees; nearby, so that shapes too are kept.
    """
    longitude_0, latitude_0 = np.radians(origin)
    latitude = np.radians(points[:, 1])
    prime_vertical_m = SEMI_MAJOR_AXIS_M / np.sqrt(1 - _E2 * np.sin(latitude) ** 2)
    middle = (latitude + latitude_0) / 2
    meridian_m = SEMI_MAJOR_AXIS_M * (1 - _E2) / (1 - _E2 * np.sin(middle) ** 2) ** 1.5
    x = prime_vertical_m * np.cos(latitude) * (np.radians(points[:, 0]) - longitude_0)
    return np.column_stack((x, meridian_m * (latitude - latitude_0)))


def unproject(points: Points, origin: tuple[float, float]) -> Points:
    """The longitudes and latitudes in degrees of projected points: `project` undone, by three steps of fixed point."""
    longitude_0, latitude_0 = np.radians(origin)
    latitude = np.full(len(points), latitude_0)
    for _ in range(3):
        middle = (latitude + latitude_0) / 2
        meridian_m = SEMI_MAJOR_AXIS_M * (1 - _E2) / (1 - _E2 * np.sin(middle) ** 2) ** 1.5
        latitude = latitude_0 + points[:, 1] / meridian_m
    prime_vertical_m = SEMI_MAJOR_AXIS_M / np.sqrt(1 - _E2 * np.sin(latitude) ** 2)
    longitude = longitude_0 + points[:, 0] / (prime_vertical_m * np.cos(latitude))
    degrees: Points = np.degrees(np.column_stack((longitude, latitude)))
    return degrees


def shape(geometry: Geometry) -> shapely.Geometry:
    """The polygon or polygons of a geometry whose structure was checked."""
    if geometry["type"] == "MultiPolygon":
        return shapely.MultiPolygon([_polygon(rings) for rings in geometry["coordinates"]])
    return _polygon(geometry["coordinates"])


def _polygon(rings: list[list[list[float]]]) -> shapely.Polygon:
    return shapely.Polygon(rings[0], rings[1:])


def centre(shapes: Iterable[shapely.Geometry]) -> tuple[float, float]:
    """The middle of the bounds of shapes in degrees: the origin from which they are projected together."""
    west, south, east, north = shapely.total_bounds(list(shapes))
    return float(west + east) / 2, float(south + north) / 2


def to_metres(shapes: Iterable[shapely.Geometry], origin: tuple[float, float]) -> NDArray[np.object_]:
    """The shapes on the ground, in metres around an origin."""
    flat: NDArray[np.object_] = shapely.transform(np.array(list(shapes), dtype=object), lambda xy: project(xy, origin))
    return flat


def area_m2(geometry: Geometry) -> float:
    """The area that a geometry covers on the ground, in square metres."""
    degrees = shape(geometry)
    return float(shapely.area(to_metres([degrees], centre([degrees])))[0])
