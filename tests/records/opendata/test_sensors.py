"""A sensors' day is a group's, never one person's; each reading is its sensor's own, and shown with its proof alone."""

import dataclasses
import datetime as dt
import json

import pytest

from beffroi.ballots.records import sign_slip
from beffroi.chain.keys import Key
from beffroi.csvfile import CsvError
from beffroi.errors import InputError
from beffroi.records.openbatch import seal_open
from beffroi.records.opendata.daystold import require_untold
from beffroi.records.opendata.readings import DayReadings, SensorReading, read_readings
from beffroi.records.opendata.sensorsday import (
    DAY,
    Measured,
    Sensor,
    gather,
    read_kept,
    read_sensors,
    reading_text,
    shown_reading,
    write_kept,
)
from tests.records.conftest import HOME
from tests.records.opendata.conftest import STATISTICIAN

METERS = [Key.derived("meter", str(at)) for at in range(4)]
ENERGY = Measured("rue du Bac", dt.date(2026, 3, 1), "energy", "kWh", 43_200, is_linear=True)
PEOPLE = [Sensor(key.address, ENERGY.group, f"home {at}") for at, key in enumerate(METERS)]
STREET = [Sensor(key.address, ENERGY.group, None) for key in METERS]


def reading(key, at_s, value, quantity="energy", domain=HOME.domain, unit="kWh"):
    bare = SensorReading(key.address, at_s, value, b"")
    return SensorReading(key.address, at_s, value, sign_slip(key.secret, bare.digest(domain, quantity, unit)))


def a_day(*left_out, values=("0.25", "1.5"), unit="kWh"):
    told = [
        reading(key, ENERGY.start_s + half * ENERGY.every_s, values[half], unit=unit)
        for at, key in enumerate(METERS) for half in (0, 1) if (at, half) not in left_out
    ]  # fmt: skip
    return [*enumerate(told, 2)]


def gathered(told, sensors=PEOPLE, measured=ENERGY, k=4):
    return gather(measured, sensors, told, HOME.domain, k)


def test_a_day_of_people_says_how_much_they_used_together_and_nobody_s_least_or_most():
    draft, readings, missing = gathered(a_day())
    values = {name: value for name, value in draft.values.items() if value is not None}
    assert values == {
        "sensors": "rue du Bac", "day": "2026-03-01", "quantity": "energy", "unit": "kWh", "every_s": "43200",
        "readings": "8", "expected": "8", "people": "4", "sum": "7", "root": "0x" + readings.tree.root.hex(),
    }  # fmt: skip
    assert missing == []


def test_a_street_s_day_says_the_least_and_the_most_and_no_sum_of_what_does_not_add_up():
    measured = Measured(ENERGY.group, ENERGY.day, "energy", "°C", ENERGY.every_s, is_linear=False)
    draft, *_ = gathered(a_day(values=("-3.50", "12"), unit="°C"), STREET, measured, k=3)
    assert (draft.values["least"], draft.values["most"], draft.values["sum"]) == ("-3.5", "12", None)
    assert draft.values["people"] is None


def test_a_day_of_fewer_people_than_k_is_not_told_whoever_else_has_sensors():
    absent = [(at, half) for at in (0, 1) for half in (0, 1)]
    with pytest.raises(
        InputError, match="2 people of rue du Bac have most of their readings on 2026-03-01, 3 at least"
    ):
        gathered(a_day(*absent), k=3)
    one_household = [Sensor(key.address, ENERGY.group, "home") for key in METERS]
    with pytest.raises(InputError, match="1 people"):
        gathered(a_day(), one_household, k=3)
    with pytest.raises(InputError, match="3 people at least: of two"):
        gathered(a_day(), k=2)


def test_one_person_is_one_however_the_name_is_written():
    names = ("Alice", "alice", "Alice ", "\uff21lice\u00a0")
    one = [Sensor(it.account, it.group, name) for it, name in zip(PEOPLE, names, strict=True)]
    with pytest.raises(InputError, match="1 people"):
        gathered(a_day(), one, k=3)


def test_who_reads_once_hides_nobody_whose_day_is_whole():
    with pytest.raises(InputError, match="1 people of rue du Bac have most of their readings"):
        gathered(a_day((0, 0), (0, 1), (1, 0), (2, 0)), k=3)


def test_a_day_says_how_long_from_one_reading_to_the_next():
    measured = dataclasses.replace(ENERGY, every_s=86_400)
    lowest = [it for it in a_day() if it[1].value == "0.25"]
    assert gathered(lowest, measured=measured)[0].values["every_s"] == "86400"


@pytest.fixture
def told_before():
    """A batch that says the day, and that was issued."""
    return seal_open(HOME, DAY, 2, STATISTICIAN, 0, [gathered(a_day())[0]])


def test_a_day_is_not_told_twice_so_no_difference_is_one_person_s(told_before):
    issued = [told_before.root]
    for group in ("rue du Bac", "Rue  du BAC "):
        with pytest.raises(InputError, match="was told: told again with a reading more or less"):
            require_untold(dataclasses.replace(ENERGY, group=group), issued, [told_before])
    require_untold(dataclasses.replace(ENERGY, day=dt.date(2026, 3, 2)), issued, [told_before])
    require_untold(dataclasses.replace(ENERGY, quantity="water"), issued, [told_before])
    require_untold(ENERGY, [], [told_before])


def test_no_day_is_told_where_an_earlier_paper_is_not_at_hand(told_before):
    with pytest.raises(InputError, match="1 batches of the series are not given --earlier"):
        require_untold(dataclasses.replace(ENERGY, quantity="water"), [told_before.root], [])


def test_a_missing_reading_is_told_with_its_sensor():
    draft, _, missing = gathered(a_day((2, 1)), k=3)
    assert missing == [f"{METERS[2].address}: 1 of 2 readings are missing"]
    assert (draft.values["readings"], draft.values["expected"]) == ("7", "8")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (reading(METERS[0], ENERGY.start_s + 5, "9"), "line 99: a second reading of that time: the first is on line 2"),
        (reading(Key.derived("mallory"), ENERGY.start_s, "9"), "is no sensor of rue du Bac"),
        (reading(METERS[0], ENERGY.start_s - 1, "9"), "is not on 2026-03-01"),
        (reading(METERS[0], ENERGY.start_s + 86_400, "9"), "is not on 2026-03-01"),
        (reading(METERS[0], ENERGY.start_s, "9", quantity="water"), "did not sign it"),
        (reading(METERS[0], ENERGY.start_s, "9", unit="MWh"), "did not sign it"),
        (reading(METERS[0], ENERGY.start_s, "9", domain=type(HOME)(1, HOME.contract).domain), "did not sign it"),
        (SensorReading(METERS[0].address, ENERGY.start_s, "9", bytes(65)), "did not sign it"),
    ],
)
def test_a_reading_that_is_none_of_the_day_is_refused_with_its_line(told, words):
    with pytest.raises(InputError, match=words):
        gathered([*a_day(), (99, told)])


def test_the_order_in_which_readings_come_changes_no_root():
    assert gathered(a_day())[1].tree.root == gathered(a_day()[::-1])[1].tree.root


def test_readings_are_read_with_their_lines_and_no_value_is_nan(tmp_path):
    path, good = tmp_path / "readings.csv", reading(METERS[0], ENERGY.start_s, "21.50")
    line = f"{good.sensor};{good.at_s};{good.value};0x{good.signature.hex()}\n"
    path.write_text("sensor;at;value;signature\n" + line)
    assert read_readings(path, HOME.domain, "energy", "kWh") == [(2, good)]
    for bad in ("nan", "1e9", "1,5", "--1", "1" * 13):
        path.write_text("sensor;at;value;signature\n" + line.replace("21.50", bad))
        with pytest.raises(CsvError, match="line 2: value"):
            read_readings(path, HOME.domain, "energy", "kWh")


def test_a_sensor_is_in_one_group_and_a_holder_may_be_left_out(tmp_path):
    path, own = tmp_path / "sensors.csv", METERS[0].address
    path.write_text(f"sensor;group;holder\n{own};rue du Bac;\n")
    assert read_sensors(path) == [Sensor(own, "rue du Bac", None)]
    path.write_text(f"sensor;group;holder\n{own};rue du Bac;\n{own};rue du Four;\n")
    with pytest.raises(CsvError, match="stands on line 2 already"):
        read_sensors(path)


@pytest.fixture
def shown(tmp_path):
    draft, readings, _ = gathered(a_day())
    write_kept(tmp_path / "kept", readings)
    batch = seal_open(HOME, DAY, 2, STATISTICIAN, 0, [draft])
    kept = read_kept(tmp_path / "kept")
    assert kept == readings
    return reading_text(batch, kept, METERS[3].address, ENERGY.start_s)


def test_one_reading_is_shown_with_its_proof_and_says_nothing_of_the_others(shown):
    paper, told = shown_reading(json.loads(shown))
    assert (told.sensor, told.value, paper.paper.values["sum"]) == (METERS[3].address, "0.25", "7")
    assert not [key for key in METERS[:3] if key.address in shown]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda it: it["reading"].update(value="0.26"), "does not stand in that day"),
        (lambda it: it["reading"].update(place=0), "does not stand in that day"),
        (lambda it: it["reading"].update(sensor=METERS[0].address), "does not stand in that day"),
        (lambda it: it["reading"]["proof"].pop(), "does not stand in that day"),
        (lambda it: it["paper"]["values"].update(sum="8"), "does not stand in its batch"),
        (lambda it: it.update(chain=1), "did not sign it"),
        (lambda it: it.update(more=1), "and nothing else"),
    ],
)
def test_a_reading_that_was_changed_is_none(shown, change, words):
    forged = json.loads(shown)
    change(forged)
    with pytest.raises(InputError, match=words):
        shown_reading(forged)


def test_a_town_makes_no_thousand_of_one_by_another_unit():
    draft, readings, _ = gathered(a_day())
    batch = seal_open(HOME, DAY, 2, STATISTICIAN, 0, [type(draft)({**draft.values, "unit": "MWh"})])
    with pytest.raises(InputError, match="did not sign it"):
        shown_reading(json.loads(reading_text(batch, readings, METERS[0].address, ENERGY.start_s)))


def test_a_town_that_makes_a_reading_up_lacks_its_sensor_s_signature():
    draft, *_ = gathered(a_day())
    lied = DayReadings((SensorReading(METERS[0].address, ENERGY.start_s, "999", bytes(65)),))
    values = {**draft.values, "root": "0x" + lied.tree.root.hex(), "readings": "1"}
    batch = seal_open(HOME, DAY, 2, STATISTICIAN, 0, [type(draft)(values)])
    with pytest.raises(InputError, match="did not sign it"):
        shown_reading(json.loads(reading_text(batch, lied, METERS[0].address, ENERGY.start_s)))
