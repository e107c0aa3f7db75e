"""Reads a commune's cadastre as Etalab publishes it (GeoJSON), and checks it whole before anything is planned."""

import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from beffroi.errors import InputError
from beffroi.land import geometry
from beffroi.land.cadastre_report import CadastreReport, CadastreRule, Finding, Parcel, Tolerances
from beffroi.land.features import Candidate, examine
from beffroi.textfile import json_of, text_of

MAX_BYTES = 1 << 30
_LONGITUDE_LATITUDE = ("CRS84", "EPSG::4326", "EPSG:4326")


class CadastreFileError(InputError):
    """The file as a whole cannot be a cadastre; the message says why."""


def read(path: Path, commune: str | None = None, tolerances: Tolerances | None = None) -> CadastreReport:
    """Reads a file of parcels, `.json`, `.geojson` or either compressed as `.gz`.

    Args:
        path: the file.
        commune: the INSEE code that every parcel must have; any if None.
        tolerances: how exact drawings must be.

    Raises:
        CadastreFileError: it is not a GeoJSON collection of features in longitudes and latitudes.
        OSError: it cannot be read.
    """
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        try:
            content = file.read(MAX_BYTES + 1)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise CadastreFileError(f"the file is no gzip archive, or it is damaged or cut short: {error}") from error
    if len(content) > MAX_BYTES:
        raise CadastreFileError(f"the file is larger than {MAX_BYTES >> 20} MiB: split it by commune")
    return check(parse(content), commune, tolerances)


def parse(content: bytes) -> list[Any]:
    """The features of a GeoJSON text, unchecked one by one.

    Raises:
        CadastreFileError: it is not a GeoJSON collection of features in longitudes and latitudes.
    """
    try:
        text = text_of(content)
    except InputError as error:
        raise CadastreFileError(f"the file: {error}") from error
    try:
        collection = json_of(text)
    except InputError as error:
        raise CadastreFileError(f"the file is not JSON: {error}") from error
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise CadastreFileError("the file is not a GeoJSON FeatureCollection")
    features = collection.get("features")
    if not isinstance(features, list):
        raise CadastreFileError("the collection has no list of features")
    _check_crs(collection.get("crs"))
    return features


def _check_crs(crs: Any) -> None:
    """GeoJSON before RFC 7946 could name another system; QGIS still writes it."""
    if crs is None:
        return
    name = crs.get("properties", {}).get("name") if isinstance(crs, dict) else crs
    if not str(name).endswith(_LONGITUDE_LATITUDE):
        raise CadastreFileError(f"the file is in {name}: convert it to WGS 84 longitudes and latitudes (CRS84)")


def check(features: Sequence[Any], commune: str | None = None, tolerances: Tolerances | None = None) -> CadastreReport:
    """Checks features one by one, then against each other.

    Args:
        features: the elements of the collection.
        commune: the INSEE code that every parcel must have; any if None.
        tolerances: how exact drawings must be.
    """
    tolerances = tolerances or Tolerances()
    candidates = [examine(feature, position) for position, feature in enumerate(features, 1)]
    found: list[list[Finding]] = [list(candidate.findings) for candidate in candidates]
    _check_communes(candidates, commune, found)
    _check_duplicates(candidates, found)
    drawn = _check_drawings(candidates, tolerances, found)

    parcels = [
        parcel
        for index, (candidate, findings) in enumerate(zip(candidates, found, strict=True))
        if not any(finding.refuses for finding in findings)
        and (parcel := _parcel(candidate, drawn.get(index))) is not None
    ]
    return CadastreReport(
        parcels=tuple(sorted(parcels, key=lambda parcel: parcel.id)),
        findings=tuple(finding for findings in found for finding in findings),
        features=len(features),
    )


def _parcel(candidate: Candidate, drawn_m2: float | None) -> Parcel | None:
    if candidate.id is None or candidate.area_m2 is None or candidate.geometry is None or drawn_m2 is None:
        return None
    return Parcel(
        id=candidate.id,
        area_m2=candidate.area_m2,
        drawn_m2=drawn_m2,
        surveyed=candidate.surveyed,
        created=candidate.created,
        updated=candidate.updated,
        geometry=candidate.geometry,
        sha256=geometry.sha256(candidate.geometry),
        keccak256=geometry.keccak256(candidate.geometry),
    )


def _check_communes(candidates: Iterable[Candidate], commune: str | None, found: list[list[Finding]]) -> None:
    for candidate, findings in zip(candidates, found, strict=True):
        if commune and candidate.id and candidate.id.commune != commune:
            message = f"it lies in commune {candidate.id.commune}, not in {commune}"
            findings.append(Finding(candidate.subject, CadastreRule.COMMUNE, message))


def _check_duplicates(candidates: Iterable[Candidate], found: list[list[Finding]]) -> None:
    places = defaultdict(list)
    for index, candidate in enumerate(candidates):
        if candidate.id:
            places[candidate.id].append(index)
    for parcel_id, indexes in places.items():
        for index in indexes if len(indexes) > 1 else ():
            others = " and ".join(str(other + 1) for other in indexes if other != index)
            message = f"its id stands also at feature {others}: which one is meant cannot be known"
            found[index].append(Finding(str(parcel_id), CadastreRule.DUPLICATE, message))


def _check_drawings(
    candidates: Sequence[Candidate], tolerances: Tolerances, found: list[list[Finding]]
) -> dict[int, float]:
    """Checks that drawings are simple, of the right size and apart; returns the drawn area of those that are simple.

    A feature without a valid id could lie anywhere: it is refused already, and must not pull the origin away.
    """
    indexes = [at for at, candidate in enumerate(candidates) if candidate.id and candidate.geometry]
    if not indexes:
        return {}
    shapes = np.array([geometry.shape(candidates[index].geometry or {}) for index in indexes], dtype=object)
    valid = shapely.is_valid(shapes)
    for index, crooked in ((indexes[at], shapes[at]) for at in np.flatnonzero(~valid)):
        message = f"its drawing is not simple: {shapely.is_valid_reason(crooked)}"
        found[index].append(Finding(candidates[index].subject, CadastreRule.RING, message))

    indexes = [indexes[at] for at in np.flatnonzero(valid)]
    if not indexes:
        return {}
    ground = geometry.to_metres(shapes[valid], geometry.centre(shapes[valid]))
    drawn = {index: float(area) for index, area in zip(indexes, shapely.area(ground), strict=True)}
    for index, perimeter_m in zip(indexes, shapely.length(ground), strict=True):
        _check_area(candidates[index], drawn[index], float(perimeter_m), tolerances, found[index])
    _check_overlaps([candidates[index] for index in indexes], ground, tolerances, [found[index] for index in indexes])
    return drawn


def _check_area(
    candidate: Candidate, drawn_m2: float, perimeter_m: float, tolerances: Tolerances, findings: list[Finding]
) -> None:
    if candidate.area_m2 is None:
        return
    difference_m2 = abs(drawn_m2 - candidate.area_m2)
    factor = max(drawn_m2, candidate.area_m2) / max(min(drawn_m2, candidate.area_m2), 1e-9)
    sizes = f"its drawing covers {drawn_m2:,.1f} m² and its area of record is {candidate.area_m2:,} m²"
    if factor > tolerances.area_factor and difference_m2 > tolerances.area_floor_m2:
        message = f"{sizes}: a factor of {factor:,.1f}, where {tolerances.area_factor:g} is tolerated"
        findings.append(Finding(candidate.subject, CadastreRule.AREA, message))
    elif difference_m2 > perimeter_m * tolerances.boundary_m:
        message = f"{sizes}: more than boundaries known to {tolerances.boundary_m:g} m explain"
        findings.append(Finding(candidate.subject, CadastreRule.AREA, message, refuses=False))


def _check_overlaps(
    candidates: Sequence[Candidate],
    ground: NDArray[np.object_],
    tolerances: Tolerances,
    found: Sequence[list[Finding]],
) -> None:
    pairs = shapely.STRtree(ground).query(ground, predicate="intersects")
    first, second = pairs[:, pairs[0] < pairs[1]]
    shared_m2 = shapely.area(shapely.intersection(ground[first], ground[second]))
    smaller_m2 = np.minimum(shapely.area(ground[first]), shapely.area(ground[second]))
    tolerated_m2 = np.minimum(tolerances.overlap_m2, tolerances.overlap_fraction * smaller_m2)

    shared_with: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for at in np.flatnonzero(shared_m2 > tolerated_m2):
        one, other = int(first[at]), int(second[at])
        shared_with[one].append((float(shared_m2[at]), candidates[other].subject))
        shared_with[other].append((float(shared_m2[at]), candidates[one].subject))
    for at, shares in shared_with.items():
        most_m2, neighbour = max(shares)
        others = f" and parts of {len(shares) - 1} others" if len(shares) > 1 else ""
        message = f"it covers {most_m2:,.1f} m² of {neighbour}{others}"
        found[at].append(Finding(candidates[at].subject, CadastreRule.OVERLAP, message))
