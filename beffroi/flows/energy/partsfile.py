"""The parts that an organiser tells for each consumer, where the key is not the default one."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from beffroi import csvfile
from beffroi.csvfile import Column, CsvError
from beffroi.errors import InputError
from beffroi.flows.energy.clockdays import StepClock, moment_s
from beffroi.flows.energy.curves import Curves
from beffroi.flows.energy.energyrules import KeyKind
from beffroi.flows.energy.metersfile import EnergyMeter, decimal
from beffroi.flows.energy.sharekeys import PARTS, PerProducer

_PERCENT: Final = PARTS // 100


def read_parts(path: Path, key: KeyKind, meters: Sequence[EnergyMeter], curves: Curves) -> PerProducer:
    """The parts of a file: `meter` and `percent`; `start` unless the key is static, `producer` if it is full.

    Who is not in it gets nothing at that step.

    Args:
        path: of the CSV.
        key: static, simple or full.
        meters: of the operation, whose labels the file bears.
        curves: of the period.

    Raises:
        CsvError: what is wrong, by line.
    """
    rows = csvfile.read(path, [
        Column("meter", csvfile.words, also=("compteur", "prm", "pdl")),
        Column("percent", millionths, also=("pourcent", "coefficient")),
        *([] if key == "static" else [Column("start", moment_s, also=("debut",))]),
        *([Column("producer", csvfile.words, also=("producteur",))] if key == "full" else []),
    ])  # fmt: skip
    clock = StepClock(curves.start_s, curves.step_s, curves.steps)
    consumers, producers = ([it.id for it in columns] for columns in (curves.consumers, curves.producers))
    ids: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    for meter in meters:
        ids[meter.label, meter.kind].append(meter.id)
    told: dict[tuple[int, int, int], int] = {}
    problems = []
    for row in rows:
        try:
            step = 0 if key == "static" else _step(clock, row["start"])
            source = _place(row["producer"], ids[row["producer"], "injects"], producers) if key == "full" else 0
            cell = (step, source, _place(row["meter"], ids[row["meter"], "draws"], consumers))
        except InputError as error:
            problems.append(f"line {row.line}: {error}")
            continue
        if cell in told:
            problems.append(f"line {row.line}: the part of {row['meter']} is told already")
        told[cell] = row["percent"]
    if problems:
        raise CsvError(path, problems)
    sources = range(len(producers) if key == "full" else 1)
    steps = [0] * clock.steps if key == "static" else range(clock.steps)
    return [[[told.get((step, source, it), 0) for it in range(len(consumers))] for source in sources] for step in steps]


def millionths(text: str) -> int:
    """A percentage in millionths of the whole.

    Raises:
        InputError: it is none from 0 to 100, or has more than four decimals.
    """
    part = decimal(text) * _PERCENT
    if not 0 <= part <= PARTS or part != int(part):
        raise InputError(f"{text} is no part: 0 to 100 %, with four decimals at most")
    return int(part)


def _step(clock: StepClock, begins_s: int) -> int:
    step = clock.step_at(begins_s)
    if step is None or step == clock.steps:
        raise InputError("the step is not of this period")
    return step


def _place(label: str, ids: Sequence[bytes], columns: Sequence[bytes]) -> int:
    """The column of a label."""
    places = [columns.index(it) for it in ids if it in columns]
    if len(places) != 1:
        raise InputError(f"the meter {label} has {len(places)} columns there in this period, where a part is of one")
    return places[0]
