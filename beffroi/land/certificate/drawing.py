"""What the certificate draws, as SVG within the page: the plan at a true scale, the emblem."""

import math
from collections.abc import Iterable
from html import escape

import numpy as np
import shapely

from beffroi.land import geometry
from beffroi.land.cadastre_report import Parcel

PLAN_MM = 84.0
_SCALES = [step * 10**power for power in range(2, 7) for step in (1.0, 1.25, 2.0, 2.5, 5.0)]
_ROOM = 0.62

_TOWER = (
    "M24 1v8M20.5 4.5h7M24 9l-7 13h14zM15 22h18v4H15zM17 26v12h14V26M20.5 38V31a3.5 3.5 0 0 1 7 0v7M12 38h24v5H12z"
    "M14 43v52M34 43v52M10 95h28M12 38l-1.5-7M36 38l1.5-7M24 51.5a5.5 5.5 0 1 0 .01 0M24 54v3l2 1.5M19 70h10M19 76h10"
    "M20 95V86a4 4 0 0 1 8 0v9"
)
_PLAN_MM = shapely.box(0, 0, PLAN_MM, PLAN_MM)
_COMPASS_MM = shapely.box(PLAN_MM - 12, 0, PLAN_MM, 17)
_BAR_MM = shapely.box(0, PLAN_MM - 9, 32, PLAN_MM)


def emblem(label: str) -> str:
    """The belfry.

    Args:
        label: what those who don't see it are told.
    """
    return f'<svg class="emblem" viewBox="0 0 48 96" role="img" aria-label="{escape(label)}"><path d="{_TOWER}"/></svg>'


def scale_for(parcel: Parcel) -> int:
    """The largest customary scale at which a parcel fits in the plan with its surroundings: 500 for 1/500."""
    west, south, east, north = shapely.bounds(_ground(parcel, _origin(parcel)))
    extent_m = max(east - west, north - south)
    return int(next((scale for scale in _SCALES if extent_m * 1000 / scale <= PLAN_MM * _ROOM), _SCALES[-1]))


def plan(parcel: Parcel, neighbours: Iterable[Parcel], label: str, north: str) -> str:
    """The parcel among its neighbours, north up, exact when the page is printed at its size.

    Args:
        parcel: the one that is certified.
        neighbours: others; those outside the frame are left out.
        label: what those who don't see it are told.
        north: the letter on the arrow.
    """
    origin = _origin(parcel)
    scale = scale_for(parcel)
    ground = _ground(parcel, origin)
    west, south, east, upper = shapely.bounds(ground)
    centre = ((west + east) / 2, (south + upper) / 2)
    frame = _Frame(centre, scale)

    others = [other for other in neighbours if other.id != parcel.id]
    shapes = geometry.to_metres([geometry.shape(other.geometry) for other in others], origin)
    around, numbers = [], []
    for at in np.flatnonzero(shapely.intersects(shapes, frame.window)):
        around.append(f'<path d="{frame.path(shapes[at])}"/>')
        numbers.append(frame.number(shapely.intersection(shapes[at], frame.window), str(others[at].id.number)))
    return (
        f'<svg class="plan" viewBox="0 0 {PLAN_MM:g} {PLAN_MM:g}" role="img" aria-label="{escape(label)}">'
        f'<g class="around">{"".join(around)}{"".join(numbers)}</g>'
        f'<g class="own"><path d="{frame.path(ground)}"/>{frame.number(ground, str(parcel.id.number), always=True)}</g>'
        f"{_compass(north)}{_bar(scale)}</svg>"
    )


class _Frame:
    """A square of ground and its millimetres on paper."""

    def __init__(self, centre: tuple[float, float], scale: int) -> None:
        self._mm_per_m = 1000 / scale
        half_m = PLAN_MM / self._mm_per_m / 2
        self._west, self._north = centre[0] - half_m, centre[1] + half_m
        self.window = shapely.box(self._west, centre[1] - half_m, centre[0] + half_m, self._north)

    def path(self, shape: shapely.Geometry) -> str:
        """The outlines of a shape, cut off a little outside the frame."""
        wide = shapely.buffer(self.window, PLAN_MM / self._mm_per_m / 10, join_style="mitre")
        rings = [
            shapely.get_coordinates(ring)
            for polygon in shapely.get_parts(shapely.intersection(shape, wide))
            if isinstance(polygon, shapely.Polygon)
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        return "".join(f"M{'L'.join(self._text(x, y) for x, y in ring[:-1])}Z" for ring in rings)

    def number(self, shape: shapely.Geometry, text: str, *, always: bool = False) -> str:
        """A number within a shape, near its middle; nothing where it has no room, or the compass or the bar are."""
        largest = max(shapely.get_parts(shape), key=shapely.area)
        circle = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=0.2))
        radius_m = math.dist(circle[0], circle[1])
        middle = shapely.centroid(largest)
        central = shapely.contains(shapely.buffer(largest, -radius_m * 0.8), middle)
        x, y = self._paper(*(shapely.get_coordinates(middle)[0] if central else circle[0]))
        written = shapely.box(x - len(text), y - 1.5, x + len(text), y + 1.5)
        taken = shapely.intersects(written, _COMPASS_MM | _BAR_MM) or not shapely.within(written, _PLAN_MM)
        if not always and (taken or radius_m * self._mm_per_m < 0.7 + 0.55 * len(text)):
            return ""
        return f'<text x="{x:.2f}" y="{y:.2f}">{text}</text>'

    def _paper(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._west) * self._mm_per_m, (self._north - y) * self._mm_per_m

    def _text(self, x: float, y: float) -> str:
        right, down = self._paper(x, y)
        return f"{right:.2f} {down:.2f}"


def _origin(parcel: Parcel) -> tuple[float, float]:
    return geometry.centre([geometry.shape(parcel.geometry)])


def _ground(parcel: Parcel, origin: tuple[float, float]) -> shapely.Geometry:
    ground: shapely.Geometry = geometry.to_metres([geometry.shape(parcel.geometry)], origin)[0]
    return ground


def _compass(north: str) -> str:
    at = PLAN_MM - 6
    arrow = f'<path d="M{at:g} 3.5l2.2 7-2.2-1.4-2.2 1.4z"/>'
    return f'<g class="compass">{arrow}<text x="{at:g}" y="13.6">{escape(north)}</text></g>'


def _bar(scale: int) -> str:
    """A bar of a round length, near a fifth of the plan."""
    near_m = PLAN_MM * scale / 1000 / 5
    power = 10 ** math.floor(math.log10(near_m))
    length_m = max(step * power for step in (1, 2, 5) if step * power <= near_m)
    length_mm = float(np.round(length_m * 1000 / scale, 3))
    y = PLAN_MM - 5
    half = length_mm / 2
    return (
        f'<g class="bar"><rect x="5" y="{y}" width="{half:g}" height="1.1"/>'
        f'<rect class="hollow" x="{5 + half:g}" y="{y}" width="{half:g}" height="1.1"/>'
        f'<text x="{5 + length_mm + 1.2:g}" y="{y + 1.2}">{length_m:g} m</text></g>'
    )
