"""What an organiser may hand over by mistake: each is refused with its line, and the sentence says what to do."""

from dataclasses import replace
from decimal import Decimal

import pytest

from beffroi.csvfile import CsvError
from beffroi.flows.energy.clockdays import moment_s
from beffroi.flows.energy.metersfile import read_meters
from tests.flows.energy.readings_workshop import HOME, METERS, ROOF, Desk, at, whole
from tests.flows.energy.street import AMINA, BRUNO

ID = "0x" + "11" * 32
OTHER = "0x" + "22" * 32
A, B = AMINA.lower(), BRUNO.lower()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def refused(desk, *lines, meters=METERS, **options):
    desk.put(*lines, **options)
    with pytest.raises(CsvError) as error:
        desk.gather(meters)
    return str(error.value)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"home;{at(0)};-5", "line 2: wh: -5 is negative: what is drawn and what is injected are two meters"),
        (f"home;{at(0)};0.532", "line 2: wh: 0.532 Wh is no whole Wh: if these are kWh, name the column kwh"),
        (f"home;{at(0)};1000000000", "line 2: 1,000,000,000 Wh in a step are 4,000,000 kW, of 10,000 kW that can be: "),
        (f"home;{at(0)};1e3", "line 2: wh: '1e3' is not a number"),
        (f"home;{at(0)};٣", "is not a number"),
        (f"home;{at(0)};9999999999999", "more than any meter shows"),
        (f"shed;{at(0)};5", "line 2: the meter shed is none of this operation: is the line another operation's?"),
        ("home;2026-09-01T00:00;5", "line 2: start: '2026-09-01T00:00' is local time without its offset"),
        ("home;2026-09-01T00:10Z;5", "line 2: 2026-09-01T00:10Z begins no step: the operation counts by 15 minutes"),
        ("home;2026-08-01T00:00Z;5", "no line is from 2026-09-01T00:00Z to 2026-09-01T01:00Z, the period"),
        (f"home;{at(0)}", "2 fields, where the header has 3"),
        (f"home;;5\nhome;{at(0)};5", "line 2: no start"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(desk, line, why):
    assert why in refused(desk, line)


def test_every_line_that_is_wrong_is_told_at_once(desk):
    said = refused(desk, f"shed;{at(0)};5", *whole(), f"barn;{at(0)};5")

    assert "2 problems" in said
    assert "line 2: the meter shed" in said
    assert "line 7: the meter barn" in said


def test_a_home_without_panels_injects_nothing(desk):
    said = refused(desk, *(f"{it};injects" for it in whole()), header="meter;start;wh;kind")
    assert "line 2: the meter home only draws: no panels are registered there, and the line injects" in said


def test_a_roof_draws_nothing(desk):
    said = refused(desk, *(f"{it};draws" for it in whole("roof")), header="meter;start;wh;kind")
    assert "the meter roof only injects" in said


def test_of_a_home_with_panels_the_kind_must_be_told(desk):
    said = refused(desk, *whole(), meters=(HOME, replace(ROOF, label="home")))
    assert "draws and injects: a column kind says which" in said


def test_more_than_its_panels_can_give_is_refused(desk):
    small = replace(ROOF, kw=Decimal(3))
    assert "roof" in desk.put(*whole("roof", 1_125)).readings([small])
    assert "1,126 Wh in a step are 5 kW, of 4 kW that can be" in refused(desk, *whole("roof", 1_126), meters=[small])


def test_a_meter_that_does_not_count_then_is_refused(desk):
    removed = replace(HOME, until_s=0)
    said = refused(desk, *whole(), *whole("roof"), meters=(removed, ROOF))
    assert "line 2: the meter home does not count in this operation at 2026-09-01T00:00Z" in said


@pytest.mark.parametrize(
    ("header", "line", "why"),
    [
        ("meter;start;w", "5", "unknown column 'w'"),
        (
            "meter;start;wh;kwh",
            "5;5",
            "one of the columns wh, kwh, index_wh, index_kwh tells it; the file has wh and kwh",
        ),
        ("meter;start;version", "5", "one of the columns wh, kwh, index_wh, index_kwh tells it; the file has none"),
        ("meter;start;index_wh", "5", "an index is read `at` a moment"),
        ("meter;at;wh", "5", "a value has its step's `start` or `end`"),
        ("meter;start;wh;mark", "5;guessed", "mark: 'guessed' is unknown: measured, estimated, missing are allowed"),
        ("meter;start;kwh", "0.0005", "0.0005 kWh is no whole Wh: three decimals at most"),
    ],
)
def test_a_header_that_could_mean_two_things_is_refused(desk, header, line, why):
    assert why in refused(desk, f"home;{at(0)};{line}", header=header)


def test_a_mark_without_a_value_is_refused(desk):
    said = refused(desk, f"home;{at(0)};;estimated", f"home;{at(1)};5;", header="meter;start;wh;mark")
    assert "line 2: estimated, and no value" in said


def test_a_decimal_comma_among_commas_needs_quotes(desk):
    assert "4 fields, where the header has 3" in refused(desk, f"home,{at(0)},0,532", header="meter,start,kwh")
    assert Desk(desk.folder).put(f'home,{at(0)},"0,532"', header="meter,start,kwh").readings([HOME])["home"][0] == 532


@pytest.mark.parametrize("encoding", ["utf-8-sig"])
def test_a_byte_order_mark_changes_nothing(desk, encoding):
    assert desk.put(*whole(), header="compteur;début;wh", encoding=encoding).readings([HOME]) == {"home": (100,) * 4}


@pytest.mark.parametrize(("encoding", "why"), [("utf-16", "UTF-16 text, not UTF-8"), ("cp1252", "“é” in Windows-1252")])
def test_another_encoding_is_told(desk, encoding, why):
    assert why in refused(desk, *whole(), header="compteur;début;wh", encoding=encoding)


def written(tmp_path, *lines, header="meter;id;member;kind;kw;longitude;latitude;commune;public;since;until"):
    path = tmp_path / "meters.csv"
    path.write_text("\n".join([header, *lines]))
    return path


def test_the_meters_of_an_operation_are_read_with_what_is_known_of_them(tmp_path):
    home, roof = read_meters(
        written(
            tmp_path,
            f"home;{ID};{A};soutirage;9;2,35;48,85;rurale;oui;2026-01-01T00:00+01:00;2027-01-01T00:00+01:00",
            f"home;{OTHER};{A};injection;3,5;;;;;;",
        )
    )
    assert (home.label, home.id.hex(), home.member.lower(), home.kind) == ("home", ID[2:], A, "draws")
    assert (home.kw, home.place, home.commune, home.is_public) == (Decimal(9), (2.35, 48.85), "rural", True)
    assert home.until_s - home.since_s == 365 * 86_400
    assert (roof.kind, roof.kw, roof.place, roof.is_public, roof.since_s) == ("injects", Decimal("3.5"), None, False, 0)


def test_a_label_passes_from_a_meter_to_the_one_that_replaces_it(tmp_path):
    noon = "2026-01-01T12:00Z"
    old, new = read_meters(written(tmp_path, f"a;{ID};{A};draws;;;;;;;{noon}", f"a;{OTHER};{A};draws;;;;;;{noon};"))

    assert old.until_s == new.since_s == moment_s(noon)
    with pytest.raises(CsvError, match="line 3: meter a draws already"):
        read_meters(written(tmp_path, f"a;{ID};{A};draws;;;;;;;{noon}", f"a;{OTHER};{A};draws;;;;;;2026-01-01T11:45Z;"))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([f"a;{ID};{A};draws;;;;;;;", f"b;{ID};{B};draws;;;;;;;"], "line 3: id:"),
        ([f"a;{ID};{A};draws;;;;;;;", f"a;{OTHER};{B};draws;;;;;;;"], "line 3: meter a draws already"),
        ([f"a;{ID};{A};draws;;2.35;;;;;"], "longitude and latitude come together"),
        ([f"a;{ID};{A};draws;;2.35;91;;;;"], "91 degrees are more than 90"),
        ([f"a;{ID};{A};draws;0;;;;;;"], "0 kW is no power"),
        ([f"a;{ID};{A};draws;;;;;;2026-01-02T00:00Z;2026-01-01T00:00Z"], "counts until before it begins"),
        ([f"a;{ID};{A};both;;;;;;;"], "kind: 'both' is unknown"),
        (["a;14587;0x12;draws;;;;;;;"], "is not a hash"),
    ],
)
def test_meters_that_could_be_mistaken_are_refused(tmp_path, lines, why):
    with pytest.raises(CsvError, match=why):
        read_meters(written(tmp_path, *lines))
