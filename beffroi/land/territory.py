"""Where France is, to recognise coordinates that cannot be a French parcel's, and to say what they probably are."""

from typing import NamedTuple


class Box(NamedTuple):
    """Bounds in degrees: longitude, then latitude, as GeoJSON orders them (RFC 7946, section 3.1.1)."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point is inside."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


_METROPOLE = Box(-5.3, 41.2, 9.7, 51.2)
_OVERSEAS = {
    "971": Box(-61.9, 15.7, -60.9, 16.6),
    "972": Box(-61.4, 14.3, -60.7, 15.0),
    "973": Box(-54.7, 2.0, -51.5, 6.0),
    "974": Box(55.1, -21.5, 55.95, -20.8),
    "975": Box(-56.6, 46.6, -56.0, 47.3),
    "976": Box(44.9, -13.1, 45.4, -12.5),
    "977": Box(-63.0, 17.8, -62.7, 18.0),
    "978": Box(-63.2, 18.0, -62.9, 18.2),
    "984": Box(39.0, -50.5, 78.5, -11.0),
    "986": Box(-178.5, -14.6, -175.9, -13.0),
    "987": Box(-155.0, -28.5, -134.0, -7.5),
    "988": Box(158.0, -23.5, 172.5, -17.5),
}


class Projected(NamedTuple):
    """A projected system, and the bounds of France in it, in metres."""

    name: str
    x: tuple[float, float]
    y: tuple[float, float]


# IGN, « Systèmes de coordonnées usités en France ». The nine conic zones stand 1,000 km apart in y.
_PROJECTED = (
    Projected("Lambert-93 (EPSG:2154)", (80_000, 1_250_000), (6_030_000, 7_130_000)),
    Projected(
        "Lambert conic conformal, nine zones (EPSG:3942 to 3950)", (1_150_000, 2_300_000), (1_000_000, 9_400_000)
    ),
    Projected("Web Mercator (EPSG:3857)", (-600_000, 1_090_000), (5_030_000, 6_660_000)),
    Projected("UTM", (160_000, 840_000), (0, 10_000_000)),
)


def box_of(departement: str) -> Box:
    """The bounds of the territory that a département's code belongs to."""
    return _OVERSEAS.get(departement, _METROPOLE)


def misplaced(x: float, y: float, departement: str) -> str | None:
    """Why a position cannot be in a département's territory, in words; None when it can.

    Args:
        x: the first number of the position, a longitude in degrees if all is well.
        y: the second one, a latitude.
        departement: "91", "2A", "974".
    """
    box = box_of(departement)
    if box.holds(x, y):
        return None
    if box.holds(y, x):
        return f"({x}, {y}) has its axes swapped: GeoJSON gives the longitude first"
    if abs(x) <= 180 and abs(y) <= 90:
        return f"({x}, {y}) is in degrees but far from département {departement}"
    for system in _PROJECTED:
        if _within(x, system.x) and _within(y, system.y):
            return (
                f"({x}, {y}) is in metres, probably {system.name}: convert the file to WGS 84 longitudes and latitudes"
            )
        if _within(y, system.x) and _within(x, system.y):
            return f"({x}, {y}) is in metres, probably {system.name} with its axes swapped: convert the file to WGS 84"
    return f"({x}, {y}) is not a longitude and a latitude in degrees"


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
