"""A sensors' day as a paper: what a group read together, never one person's, nor that of a group under k.

Of people's sensors the paper has the count, and the sum where the quantity adds up. The least and the most are one
person's readings: they are told of sensors that are nobody's alone.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi import csvfile
from beffroi.csvfile import Column
from beffroi.eip712 import Domain
from beffroi.errors import InputError
from beffroi.plain import folded
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.openbatch import OpenBatch, OpenDraft
from beffroi.records.opendata.readings import DayReadings, SensorReading, reading_value, sum_of
from beffroi.records.opendata.shown import ShownPaper
from beffroi.records.paper import PaperError
from beffroi.records.paperfile import account, exactly, hexed, listed, members, moment, octets, text, whole, words
from beffroi.roll.merkle import stands_at
from beffroi.textfile import read_json, write_whole
from beffroi.units import DAY_S

KEPT, SHOWN = "beffroi-readings-1", "beffroi-reading-1"
LEAST_K = 3
"""Of two, each knows the other's."""
MOST_TOLD = 20
DAY = Definition(
    "sensors day",
    (
        SchemaField("sensors"),
        SchemaField("day", "date"),
        SchemaField("quantity"),
        SchemaField("unit"),
        SchemaField("every_s", "integer"),
        SchemaField("readings", "integer"),
        SchemaField("expected", "integer"),
        SchemaField("root", "hash"),
        SchemaField("people", "integer", required=False),
        SchemaField("sum", required=False),
        SchemaField("least", required=False),
        SchemaField("most", required=False),
    ),
)
"""`people` is how many have most of their readings, where sensors are people's; `expected` is how many readings a day
without a gap has, one every `every_s` seconds."""


@dataclass(frozen=True)
class Sensor:
    """A sensor of a group.

    Attributes:
        account: of its key.
        group: that it belongs to.
        holder: whose it is, by any name that tells people apart; None where it is nobody's, as in a street.
    """

    account: str
    group: str
    holder: str | None


@dataclass(frozen=True)
class Measured:
    """What is measured.

    Attributes:
        group: of sensors.
        day: UTC.
        quantity: as sensors sign it: `energy`.
        unit: `kWh`.
        every_s: seconds from one reading of a sensor to the next.
        is_linear: whether values add up: energy does, a temperature does not.
    """

    group: str
    day: dt.date
    quantity: str
    unit: str
    every_s: int
    is_linear: bool

    @property
    def start_s(self) -> int:
        """Unix seconds at which the day begins."""
        return _start_s(self.day)


def read_sensors(path: Path) -> list[Sensor]:
    """The sensors of a file: `sensor`, `group`, and `holder` where they are people's; each in one group.

    Raises:
        CsvError: a line is none, or a sensor stands twice.
    """
    rows = csvfile.read(path, [
        Column("sensor", csvfile.address, unique=True), Column("group", csvfile.words),
        Column("holder", csvfile.words, required=False),
    ])  # fmt: skip
    return [Sensor(row["sensor"], row["group"], row["holder"]) for row in rows]


def gather(
    measured: Measured, sensors: Sequence[Sensor], told: Sequence[tuple[int, SensorReading]], domain: Domain, k: int
) -> tuple[OpenDraft, DayReadings, list[str]]:
    """A day before it is sealed, its readings, and which are missing, a sentence each.

    Args:
        measured: what.
        sensors: of every group.
        told: readings, each with its line.
        domain: where they are signed for.
        k: how many people a group has at least, where its sensors are people's.

    Raises:
        InputError: a reading is of no sensor of the group, not signed, of another day, or the second of its time; or
            fewer than k people have most of their readings: who reads once hides nobody.
    """
    own = {it.account: it for it in sensors if it.group == measured.group}
    if k < LEAST_K:
        raise InputError(f"a group has {LEAST_K} people at least: of two, each knows the other's")
    if not 0 < measured.every_s <= DAY_S or DAY_S % measured.every_s:
        raise InputError(f"{measured.every_s} seconds do not divide a day")
    if problems := _wrong(measured, own, told, domain):
        raise InputError("\n".join(problems[:MOST_TOLD]))
    readings = DayReadings(tuple(sorted((it for _, it in told), key=lambda it: (it.sensor.lower(), it.at_s))))
    if not readings.readings:
        raise InputError(f"there is no reading of {measured.group} on {measured.day}")
    slots = DAY_S // measured.every_s
    counts = Counter(it.sensor for it in readings.readings)
    people = _people(own.values(), counts, slots)
    if any(it.holder for it in own.values()) and len(people) < k:
        raise InputError(
            f"{len(people)} people of {measured.group} have most of their readings on {measured.day}, {k} at least: "
            "their day is not told; join groups, or take a longer time"
        )
    numbers = [it.number for it in readings.readings]
    values: dict[str, str | None] = {
        "sensors": measured.group, "day": measured.day.isoformat(), "quantity": measured.quantity,
        "unit": measured.unit, "every_s": str(measured.every_s), "readings": str(len(numbers)),
        "expected": str(slots * len(own)),
        "root": hexed(readings.tree.root), "people": str(len(people)) if people else None,
        "sum": sum_of(numbers) if measured.is_linear else None,
        "least": None if people else sum_of([min(numbers)]), "most": None if people else sum_of([max(numbers)]),
    }  # fmt: skip
    missing = [f"{it}: {slots - counts[it]} of {slots} readings are missing" for it in own if counts[it] < slots]
    return OpenDraft(values), readings, missing


def _people(own: Iterable[Sensor], counts: Mapping[str, int], slots: int) -> set[str]:
    """Who has most of the readings that his sensors could have told, however his name is written."""
    told, could = Counter[str](), Counter[str]()
    for it in own:
        if it.holder:
            told[folded(it.holder)] += counts[it.account]
            could[folded(it.holder)] += slots
    return {it for it, count in told.items() if 2 * count > could[it]}


def _wrong(
    measured: Measured, own: dict[str, Sensor], told: Sequence[tuple[int, SensorReading]], domain: Domain
) -> list[str]:
    problems: list[str] = []
    seen: dict[tuple[str, int], int] = {}
    for line, it in told:
        slot = (it.at_s - measured.start_s) // measured.every_s
        first = seen.setdefault((it.sensor, slot), line)
        wrong = {
            f"{it.sensor} is no sensor of {measured.group}": it.sensor not in own,
            f"{it.at_s} is not on {measured.day}": not 0 <= it.at_s - measured.start_s < DAY_S,
            "the sensor's key did not sign it": not it.is_signed(domain, measured.quantity, measured.unit),
            f"a second reading of that time: the first is on line {first}": first != line,
        }
        problems += [f"line {line}: {words}" for words, is_so in wrong.items() if is_so]
    return problems


def write_kept(path: Path, readings: DayReadings) -> None:
    """Writes a day's readings, for whoever keeps them: they are people's, where sensors are."""
    lines = [_reading_json(it) for it in readings.readings]
    write_whole(path, json.dumps({"format": KEPT, "readings": lines}, indent=0) + "\n", mode=0o600)


def read_kept(path: Path) -> DayReadings:
    """The readings of a day, as they were kept.

    Raises:
        PaperError: they are none.
    """
    read = members(read_json(path, PaperError, "readings"), {"format": exactly(KEPT), "readings": listed}, path.name)
    return DayReadings(tuple(map(_reading_of, read["readings"])))


def reading_text(batch: OpenBatch, readings: DayReadings, sensor: str, at_s: int) -> str:
    """One reading with its proof alone, as a file.

    Args:
        batch: of the day.
        readings: of it.
        sensor: whose reading.
        at_s: when, unix seconds.

    Raises:
        InputError: there is no such reading, or the day is not in the batch.
    """
    place, root = readings.find(sensor, at_s), hexed(readings.tree.root)
    number = next((it.ref.number for it in batch.papers if it.values.get("root") == root), None)
    if batch.definition != DAY or number is None:
        raise PaperError("the batch has no day of these readings")
    proof = {"place": place, "proof": [*map(hexed, readings.tree.proof(place))]}
    reading = _reading_json(readings.readings[place]) | proof
    shown = {"format": SHOWN} | ShownPaper.of(batch, number).json | {"reading": reading}
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def shown_reading(value: dict[str, Any]) -> tuple[ShownPaper, SensorReading]:
    """A reading as it is shown, and the day that it is of: signed by its sensor, on its day, at its place.

    Args:
        value: JSON as it was read.

    Raises:
        InputError: it is none, or not so.
    """
    inner = {key: it for key, it in value.items() if key not in {"format", "reading"}}
    outer = {key: it for key, it in value.items() if key not in inner}
    read = members(outer, {"format": exactly(SHOWN), "reading": _proven}, "a reading that is shown")
    paper, (reading, place, proof) = ShownPaper.read(inner, DAY), read["reading"]
    said = paper.paper.values
    since_s = reading.at_s - _start_s(dt.date.fromisoformat(said["day"]))
    if not stands_at(bytes.fromhex(said["root"][2:]), int(said["readings"]), place, reading.leaf, proof):
        raise PaperError("the reading does not stand in that day: its value, its time or its proof was changed")
    if not reading.is_signed(paper.home.domain, said["quantity"], said["unit"]) or not 0 <= since_s < DAY_S:
        raise PaperError("the sensor did not sign it, or it is of another day")
    return paper, reading


def _start_s(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())


def _reading_json(it: SensorReading) -> dict[str, Any]:
    return {"sensor": it.sensor, "at": it.at_s, "value": it.value, "signature": hexed(it.signature)}


_READING = {"sensor": account, "at": moment, "value": lambda it: reading_value(text(it)), "signature": octets}


def _reading_of(value: Any) -> SensorReading:
    read = members(value, _READING, "a reading")
    return SensorReading(read["sensor"], read["at"], read["value"], read["signature"])


def _proven(value: Any) -> tuple[SensorReading, int, tuple[bytes, ...]]:
    read = members(value, _READING | {"place": whole, "proof": words}, "a reading")
    reading = SensorReading(read["sensor"], read["at"], read["value"], read["signature"])
    return reading, read["place"], read["proof"]
