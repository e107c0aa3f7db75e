"""How far apart the participants of an operation may be, and how strong its installations: what the law allows.

Code de l'énergie art. L315-2; arrêté of 21 November 2019 (*critère de proximité géographique de l'autoconsommation
collective étendue*), art. 1 and 1 bis, as amended on 14 October 2020, 19 September 2023 and 21 February 2025. What is
found are warnings: the grid operator and the minister decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import numpy as np
from geographiclib.geodesic import Geodesic

from beffroi.errors import InputError
from beffroi.flows.energy.metersfile import EnergyMeter

Zone = Literal["mainland", "islands"]
NEAR_M: Final = 2_000
PERIURBAN_M: Final = 10_000
RURAL_M: Final = 20_000
MOST_KW: Final[dict[Zone, int]] = {"mainland": 5_000, "islands": 500}
PUBLIC_KW: Final = 10_000
_MEAN_RADIUS_M: Final = 6_371_009
_SPHERES_ERROR: Final = 0.006
"""By which a distance on a sphere differs from one on the ellipsoid, at most; 0.56 % is known."""


@dataclass(frozen=True)
class Perimeter:
    """An operation on the ground.

    Attributes:
        distance_m: between the two participants that are farthest apart; 0 where fewer than two places are known.
        farthest: their meters' labels.
        power_kw: of all installations together, those whose power is known.
        warnings: sentences, each with its article.
    """

    distance_m: int
    farthest: tuple[str, str] | None
    power_kw: Decimal
    warnings: tuple[str, ...]


def perimeter(
    meters: Sequence[EnergyMeter], *, zone: Zone = "mainland", one_building: bool = False, one_epci: bool = False
) -> Perimeter:
    """What the law has to say of an operation's meters.

    Args:
        meters: of consumers at their point of delivery, of producers at their point of injection.
        zone: of the grid; `islands` are those that no other grid reaches (*zones non interconnectées*).
        one_building: whether all of it stands in one building: then neither distance nor power is bounded.
        one_epci: whether all of it stands in the territory of one *EPCI à fiscalité propre* that takes part, or to
            which a commune belongs that does.

    Raises:
        InputError: a latitude and a longitude seem to stand for each other.
    """
    placed = [it for it in meters if it.place is not None]
    _require_mainland(placed, zone)
    distance_m, farthest = _farthest(placed)
    producers = [it for it in meters if it.kind == "injects"]
    power_kw = sum((it.kw for it in producers if it.kw is not None), Decimal(0))
    warnings: list[str] = []
    if len(placed) < len(meters):
        warnings.append(f"{len(meters) - len(placed)} meters have no place: the distance is of the others")
    if any(it.kw is None for it in producers):
        warnings.append("an installation has no power (kw): the sum is of the others; of panels it is the peak power")
    if not one_building:
        public = zone == "mainland" and one_epci and all(it.is_public for it in meters)
        warnings += _of_distance(meters, round(distance_m), farthest, zone, public=public)
        warnings += _of_power(power_kw, zone, public=public)
    return Perimeter(round(distance_m), farthest, power_kw, tuple(warnings))


def _require_mainland(placed: Sequence[EnergyMeter], zone: Zone) -> None:
    for it in placed:
        longitude, latitude = it.place or (0, 0)
        if zone == "mainland" and 41 <= longitude <= 52 and -6 <= latitude <= 10:
            raise InputError(f"meter {it.label}: its longitude and latitude stand for each other")


def _farthest(placed: Sequence[EnergyMeter]) -> tuple[float, tuple[str, str] | None]:
    """Metres between the two that are farthest apart, on the ellipsoid (Karney, Algorithms for geodesics, 2013).

    A sphere tells which pairs may be; only those are measured.
    """
    labels: dict[tuple[float, float], str] = {}
    for it in placed:
        if it.place is not None:
            labels.setdefault(it.place, it.label)
    places = list(labels)
    if len(places) < 2:
        return 0, (placed[0].label, placed[1].label) if len(placed) > 1 else None
    angles = np.radians(np.array(places))
    unit = np.column_stack(
        (np.cos(angles[:, 1]) * np.cos(angles[:, 0]), np.cos(angles[:, 1]) * np.sin(angles[:, 0]), np.sin(angles[:, 1]))
    )
    first, second = np.triu_indices(len(places), 1)
    chords = np.linalg.norm(unit[first] - unit[second], axis=1)
    on_sphere_m = 2 * _MEAN_RADIUS_M * np.arcsin(np.minimum(chords / 2, 1))
    near = on_sphere_m >= on_sphere_m.max() * (1 - 2 * _SPHERES_ERROR)
    measured = ((_metres(places[a], places[b]), a, b) for a, b in zip(first[near], second[near], strict=True))
    distance_m, a, b = max(measured)
    return distance_m, (labels[places[a]], labels[places[b]])


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0], Geodesic.DISTANCE)["s12"])


def _of_distance(
    meters: Sequence[EnergyMeter], distance_m: int, farthest: tuple[str, str] | None, zone: Zone, *, public: bool
) -> list[str]:
    if distance_m <= NEAR_M or farthest is None:
        return []
    told = (
        f"{farthest[0]} and {farthest[1]} are {distance_m:,} m apart: at most {NEAR_M:,} m "
        "(arrêté of 21 November 2019, art. 1, 1°)"
    )
    communes = {it.commune for it in meters}
    most_m = RURAL_M if communes == {"rural"} else PERIURBAN_M if communes <= {"rural", "periurban"} else 0
    if public:
        return [f"{told}; the minister may exempt what is public and within one EPCI (arrêté of 21 February 2025): ask"]
    if zone == "mainland" and distance_m <= most_m:
        return [f"{told}; the minister may allow {most_m // 1_000} km in such communes (art. 1 bis): ask"]
    if zone == "mainland" and None in communes:
        return [f"{told}; up to 10 km in periurban and 20 km in rural communes by the minister (art. 1 bis): say which"]
    return [told]


def _of_power(power_kw: Decimal, zone: Zone, *, public: bool) -> list[str]:
    if power_kw < MOST_KW[zone]:
        return []
    told = (
        f"the installations have {power_kw:,} kW together: less than {MOST_KW[zone]:,} kW "
        "(arrêté of 21 November 2019, art. 1, 2°)"
    )
    if public and power_kw < PUBLIC_KW:
        return [f"{told}; the minister may allow less than {PUBLIC_KW:,} kW here (arrêté of 21 February 2025): ask"]
    return [told]
