"""How far and how strong an operation may be: each bound of the law, on both of its sides, with its article."""

import runpy
from decimal import Decimal

import numpy as np
import pytest
from click.testing import CliRunner

from beffroi.chain.artifacts import ROOT
from beffroi.errors import InputError
from beffroi.flows.energy.metersfile import EnergyMeter
from beffroi.flows.energy.perimeter import perimeter
from beffroi.land.geometry import project
from tests.flows.energy.street import AMINA, meter_id

CHURCH = (2.3522, 48.8566)
METRE_NORTH = 1 / 111_200
"""Degrees of latitude there, near enough."""


def meter(label, *, north_m=0.0, kind="draws", **told):
    place = None if north_m is None else (CHURCH[0], CHURCH[1] + north_m * METRE_NORTH)
    return EnergyMeter(label, meter_id(len(label)), AMINA, kind, **{"place": place} | told)


def roof(kw, **told):
    return meter("roof", kind="injects", kw=kw and Decimal(kw), **told)


def warnings(*meters, **told):
    return list(perimeter(meters, **told).warnings)


def test_the_distance_is_the_ellipsoids():
    arch = (2.2950, 48.8738)
    found = perimeter([meter("church"), meter("arch", place=arch), meter("between", north_m=10)])

    # the cadastre's own projection, another computation, which keeps areas and nearly distances
    assert found.distance_m == pytest.approx(np.hypot(*project(np.array([arch]), CHURCH)[0]), abs=2)
    assert found.farthest == ("church", "arch")


def test_within_2_km_and_5_mw_nothing_is_said():
    found = perimeter([meter("church"), meter("school", north_m=1_990), roof("4999.9")])

    assert found.warnings == ()
    assert found.power_kw == Decimal("4999.9")
    assert 1_980 < found.distance_m <= 2_000


def test_beyond_2_km_the_article_is_told():
    (said,) = warnings(meter("church", commune="urban"), meter("farm", north_m=2_100, commune="rural"))
    assert said.startswith("church and farm are 2,10")
    assert said.endswith("at most 2,000 m (arrêté of 21 November 2019, art. 1, 1°)")


@pytest.mark.parametrize(
    ("north_m", "density", "ending"),
    [
        (9_900, "periurban", "allow 10 km in such communes (art. 1 bis): ask"),
        (10_100, "periurban", "art. 1, 1°)"),
        (19_900, "rural", "allow 20 km in such communes (art. 1 bis): ask"),
        (20_100, "rural", "art. 1, 1°)"),
        (9_900, None, "by the minister (art. 1 bis): say which"),
    ],
)
def test_what_the_minister_may_allow_is_told_where_communes_are_few(north_m, density, ending):
    (said,) = warnings(meter("church", commune="rural"), meter("farm", north_m=north_m, commune=density))
    assert said.endswith(ending)


def test_on_islands_there_is_no_derogation():
    (said,) = warnings(meter("a", commune="rural"), meter("bb", north_m=5_000, commune="rural"), zone="islands")
    assert said.endswith("art. 1, 1°)")


@pytest.mark.parametrize(("kw", "zone"), [("5000", "mainland"), ("500", "islands")])
def test_the_power_of_all_installations_stays_below_the_bound(kw, zone):
    (said,) = warnings(meter("home"), roof(kw), zone=zone)
    assert f"less than {int(kw):,} kW (arrêté of 21 November 2019, art. 1, 2°)" in said
    assert warnings(meter("home"), roof(str(int(kw) - 1)), zone=zone) == []


def test_what_a_consumer_subscribed_is_no_installation():
    assert warnings(meter("factory", kw=Decimal(9_000)), roof("3")) == []


def test_public_bodies_of_one_epci_may_ask_for_10_mw_and_its_whole_territory():
    hall, barn = meter("hall", is_public=True), meter("barn", north_m=30_000, is_public=True)
    distance, power = warnings(hall, barn, roof("9999", is_public=True), one_epci=True)

    assert "within one EPCI (arrêté of 21 February 2025): ask" in distance
    assert power.endswith("less than 10,000 kW here (arrêté of 21 February 2025): ask")
    assert "21 February" not in warnings(hall, roof("10000", is_public=True), one_epci=True)[0]
    assert "21 February" not in warnings(hall, roof("9999"), one_epci=True)[0]
    assert "21 February" not in warnings(hall, roof("9999", is_public=True))[0]


def test_in_one_building_nothing_is_bounded():
    assert warnings(meter("cellar"), meter("attic", north_m=3_000), roof("6000"), one_building=True) == []


def test_what_nobody_said_is_told():
    assert warnings(meter("home", north_m=None), roof(None)) == [
        "1 meters have no place: the distance is of the others",
        "an installation has no power (kw): the sum is of the others; of panels it is the peak power",
    ]
    assert perimeter([roof("3")]).farthest is None


def test_neighbours_in_one_place_are_no_distance_apart():
    found = perimeter([meter("left"), meter("right")])
    assert (found.distance_m, found.farthest) == (0, ("left", "right"))


def test_a_latitude_in_a_longitudes_place_is_refused():
    with pytest.raises(InputError, match="meter home: its longitude and latitude stand for each other"):
        perimeter([meter("home", place=(48.8566, 2.3522))])


def told(*options):
    result = CliRunner().invoke(runpy.run_path(str(ROOT / "scripts" / "energy" / "perimeter.py"))["cli"], options)
    return result.exit_code, result.output


def test_the_command_tells_the_example(tmp_path):
    example = ROOT / "docs" / "examples" / "energy-meters.csv"
    far = tmp_path / "far.csv"
    far.write_text(example.read_text().replace("50,6312", "50,6812"))

    assert told(str(example)) == (
        0,
        "341 m from 30001000000017 to 30001000000025, the farthest.\n3.5 kW of installations.\n",
    )
    code, said = told(str(far))
    assert code == 1
    assert "the minister may allow 10 km in such communes (art. 1 bis): ask" in said
    assert told(str(far), "--one-building")[0] == 0
