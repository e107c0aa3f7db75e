"""One feature of an Etalab cadastre, checked alone: what it says, and whether its drawing has the form of a parcel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from beffroi.land.cadastre_report import CadastreRule, Finding
from beffroi.land.geometry import Geometry
from beffroi.land.parcels import ParcelId, ParcelIdError
from beffroi.land.territory import misplaced

MAX_AREA_M2 = 2**32 - 1
_FARTHEST = 1e9
ALTITUDE = (
    "a ring of its geometry is not a list of positions [longitude, latitude]: they have an altitude, which no title "
    "holds; export it in two dimensions"
)


@dataclass(frozen=True)
class Candidate:
    """What a feature says, as far as it can be read.

    Attributes:
        subject: how findings name it.
        findings: what its own checks found.
        id: its parcel id, if it has a valid one.
        area_m2: its area of record, if it has a valid one.
        surveyed: *arpente*.
        created: if it is a date.
        updated: if it is a date.
        geometry: if it has the structure of a polygon within the territory.
    """

    subject: str
    findings: tuple[Finding, ...]
    id: ParcelId | None = None
    area_m2: int | None = None
    surveyed: bool = False
    created: date | None = None
    updated: date | None = None
    geometry: Geometry | None = None


class _Notes:
    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.findings: list[Finding] = []

    def refuse(self, rule: CadastreRule, message: str) -> None:
        self.findings.append(Finding(self.subject, rule, message))

    def note(self, rule: CadastreRule, message: str) -> None:
        self.findings.append(Finding(self.subject, rule, message, refuses=False))


def examine(feature: Any, position: int) -> Candidate:
    """What a feature says and what is wrong with it.

    Args:
        feature: an element of the collection, of any JSON type.
        position: its place in the file, from 1.
    """
    nameless = f"feature {position}"
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Candidate(nameless, (Finding(nameless, CadastreRule.STRUCTURE, "it is not a GeoJSON Feature"),))
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return Candidate(nameless, (Finding(nameless, CadastreRule.STRUCTURE, "it has no properties"),))

    name = properties.get("id", feature.get("id"))
    notes = _Notes(name if isinstance(name, str) and name else nameless)
    parcel_id = _id(name, feature, properties, notes)
    created, updated = _dates(properties, notes)
    return Candidate(
        subject=notes.subject,
        id=parcel_id,
        area_m2=_area(properties.get("contenance"), notes),
        surveyed=properties.get("arpente") is True,
        created=created,
        updated=updated,
        geometry=_geometry(feature.get("geometry"), parcel_id, notes),
        findings=tuple(notes.findings),
    )


def _id(name: Any, feature: dict[str, Any], properties: dict[str, Any], notes: _Notes) -> ParcelId | None:
    if not isinstance(name, str):
        notes.refuse(CadastreRule.PARCEL_ID, "it has no id")
        return None
    try:
        parcel_id = ParcelId.parse(name)
    except ParcelIdError as error:
        notes.refuse(CadastreRule.PARCEL_ID, str(error))
        return None
    if wrong := _contradiction(name, parcel_id, feature, properties):
        notes.refuse(CadastreRule.PARCEL_ID, wrong)
        return None
    return parcel_id


def _contradiction(name: str, parcel_id: ParcelId, feature: dict[str, Any], properties: dict[str, Any]) -> str | None:
    if feature.get("id", name) != name:
        return f"the feature calls itself {feature['id']!r} and its properties {name!r}"
    parts = [properties.get(part) for part in ("commune", "prefixe", "section", "numero")]
    if all(part is None for part in parts):
        return None
    try:
        composed = ParcelId.compose(*(part if isinstance(part, str) else "" for part in parts))
    except ParcelIdError as error:
        return f"commune, prefixe, section and numero make no id: {error}"
    return None if composed == parcel_id else f"commune, prefixe, section and numero make {composed}"


def _area(area: Any, notes: _Notes) -> int | None:
    if area is None:
        notes.refuse(
            CadastreRule.AREA_MISSING, "it has no area of record (contenance): a title cannot be issued without one"
        )
        return None
    if isinstance(area, float) and area.is_integer():
        area = int(area)
    if isinstance(area, bool) or not isinstance(area, int):
        notes.refuse(CadastreRule.AREA, f"its area of record {area!r} is not a whole number of square metres")
        return None
    if not 0 < area <= MAX_AREA_M2:
        notes.refuse(CadastreRule.AREA, f"its area of record, {area} m², is not between 1 and {MAX_AREA_M2}")
        return None
    return area


def _dates(properties: dict[str, Any], notes: _Notes) -> tuple[date | None, date | None]:
    created, updated = (_date(properties.get(key), key, notes) for key in ("created", "updated"))
    if created and updated and updated < created:
        notes.note(CadastreRule.DATE, f"it was updated on {updated}, before it was created on {created}")
    return created, updated


def _date(text: Any, key: str, notes: _Notes) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        notes.note(CadastreRule.DATE, f"{key} is {text!r}, which is no date: left out")
        return None


def _geometry(geometry: Any, parcel_id: ParcelId | None, notes: _Notes) -> Geometry | None:
    if not isinstance(geometry, dict):
        notes.refuse(CadastreRule.STRUCTURE, "it has no geometry")
        return None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        notes.refuse(CadastreRule.STRUCTURE, f"its geometry is a {kind!r}: a parcel is a Polygon or a MultiPolygon")
        return None
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        notes.refuse(CadastreRule.STRUCTURE, "its geometry is empty")
        return None
    wrong = next(_malformed(polygons), None)
    if wrong:
        notes.refuse(*wrong)
        return None
    if parcel_id is not None and (where := _misplaced(polygons, parcel_id.departement)):
        notes.refuse(CadastreRule.POSITION, where)
        return None
    if not _right_handed(polygons):
        notes.note(
            CadastreRule.ORIENTATION, "a ring turns the other way than RFC 7946 asks; its hash keeps it as published"
        )
    return {"type": kind, "coordinates": coordinates}


def _malformed(polygons: list[Any]) -> Iterator[tuple[CadastreRule, str]]:
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            yield CadastreRule.STRUCTURE, "a polygon of its geometry has no ring"
            return
        for ring in polygon:
            if isinstance(ring, list) and ring and all(map(_has_altitude, ring)):
                yield CadastreRule.STRUCTURE, ALTITUDE
            elif not isinstance(ring, list) or not all(map(_is_position, ring)):
                yield CadastreRule.STRUCTURE, "a ring of its geometry is not a list of positions [longitude, latitude]"
            elif len(ring) < 4:
                yield CadastreRule.RING, f"a ring has {len(ring)} positions: four make the smallest, a closed triangle"
            elif ring[0] != ring[-1]:
                yield CadastreRule.RING, f"a ring is not closed: it begins at {ring[0]} and ends at {ring[-1]}"


def _is_position(position: Any) -> bool:
    return isinstance(position, list) and len(position) == 2 and all(map(_is_coordinate, position))


def _has_altitude(position: Any) -> bool:
    """RFC 7946, 3.1.1, allows a third number."""
    return isinstance(position, list) and len(position) == 3 and all(map(_is_coordinate, position))


def _is_coordinate(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -_FARTHEST < value < _FARTHEST


def _misplaced(polygons: list[list[list[list[float]]]], departement: str) -> str | None:
    positions = (position for polygon in polygons for ring in polygon for position in ring)
    return next((where for x, y in positions if (where := misplaced(x, y, departement))), None)


def _right_handed(polygons: list[list[list[list[float]]]]) -> bool:
    return all((_signed_area(ring) > 0) == (number == 0) for polygon in polygons for number, ring in enumerate(polygon))


def _signed_area(ring: list[list[float]]) -> float:
    x0, y0 = ring[0]
    return sum((ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in pairwise(ring))
