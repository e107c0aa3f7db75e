import re

import pytest
import segno

from beffroi import qr
from beffroi.land import geometry
from beffroi.land.certificate import drawing
from tests.land.conftest import URL


def test_the_plan_is_true_to_its_scale(certificate):
    parcel = certificate.parcel
    scale = drawing.scale_for(parcel)
    svg = drawing.plan(parcel, certificate.neighbours, "plan", "N")

    path = re.search(r'<g class="own"><path d="([^"]+)"', svg)[1]
    points = [tuple(map(float, point.split())) for point in re.split("[MLZ]", path) if point]
    shape = geometry.shape(parcel.geometry)
    west, south, east, north = geometry.to_metres([shape], geometry.centre([shape]))[0].bounds
    for axis, extent_m in ((0, east - west), (1, north - south)):
        drawn_mm = max(point[axis] for point in points) - min(point[axis] for point in points)
        assert drawn_mm == pytest.approx(extent_m * 1000 / scale, abs=0.03)
    assert max(max(point) for point in points) < drawing.PLAN_MM
    assert scale == 1000


def test_the_plan_shows_the_neighbours_and_not_the_far_ones(certificate):
    svg = drawing.plan(certificate.parcel, certificate.neighbours, "plan", "N")
    numbers = re.findall(r"<text [^>]+>(\d+)</text>", svg)

    assert numbers[-1] == "17"
    assert {"16", "18", "28", "29"} <= set(numbers)
    assert numbers.count("17") == 1
    assert "45" not in numbers


def test_a_lonely_parcel_has_a_plan(certificate):
    assert drawing.plan(certificate.parcel, (), "plan", "N").count("<path") == 2


def test_a_hole_is_drawn(parcels):
    wood = next(parcel for parcel in parcels if str(parcel.id) == "59999000ZA0010")
    path = re.search(r'<g class="own"><path d="([^"]+)"', drawing.plan(wood, (), "plan", "N"))[1]

    assert path.count("M") == path.count("Z") == 2


def test_the_code_draws_every_module(certificate):
    svg = qr.svg(URL, 'a "code"')
    strokes = re.search(r'<path stroke="#000" d="M4 4.5([^"]+)"', svg)[1]

    assert svg.startswith('<svg role="img" aria-label="a &quot;code&quot;"')
    dark = sum(map(sum, segno.make_qr(URL, error="q").matrix))
    assert sum(int(length) for length in re.findall(r"h(\d+)", strokes)) == dark
    assert qr.svg(URL + "1", "code") != qr.svg(URL, "code")
