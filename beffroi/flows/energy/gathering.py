"""The curves of a period out of an operation's files, by rules that no single meter can stop, each decision told.

A step without a reading counts zero: its meter shares nothing then, the others share all the same. Whoever corrects a
reading gives the line a higher version; before the period is stated, the last version counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from beffroi.csvfile import CsvError
from beffroi.errors import InputError
from beffroi.flows.energy.clockdays import StepClock, told_moment
from beffroi.flows.energy.curves import Curves, EnergyError, MeterColumn
from beffroi.flows.energy.metersfile import EnergyMeter
from beffroi.flows.energy.readingfile import Mark, ReadingFile, ReadingLine, read_readings_file
from beffroi.units import HOUR_S

MOST_KW: Final = 10_000
"""Below which the installations of any operation are (arrêté of 21 November 2019, amended on 21 February 2025)."""
FEW_WH: Final = 20
"""That a file's largest reading does not exceed if it tells kWh for Wh, in steps of 5 to 60 minutes of a home."""
MANY_WH: Final = 20_000
"""That a home's reading of a step does not exceed, unless it tells Wh for kWh."""


@dataclass(frozen=True)
class GatheredCurves:
    """The curves of a period, and what was decided by rule.

    Attributes:
        curves: consumers first, each kind in the order of the meters' file.
        told: sentences.
    """

    curves: Curves
    told: tuple[str, ...]


@dataclass
class _Kept:
    """Of one meter, the line that counts for each moment, as a step's place."""

    lines: dict[int, ReadingLine] = field(default_factory=dict)
    corrected: int = 0


def gather_files(paths: Iterable[Path], meters: Sequence[EnergyMeter], clock: StepClock) -> GatheredCurves:
    """The curves that files tell; see `gather`.

    Raises:
        CsvError: what is wrong with a file, by line.
        EnergyError: no meter counts in the period, or together they are no curves.
    """
    return gather([read_readings_file(path) for path in paths], meters, clock)


def gather(files: Sequence[ReadingFile], meters: Sequence[EnergyMeter], clock: StepClock) -> GatheredCurves:
    """The curves that files tell together.

    Args:
        files: of any order; a meter's lines may be in several, its indices and its values not both.
        meters: of the operation.
        clock: of the period.

    Raises:
        CsvError: what is wrong with a file, by line.
        EnergyError: no meter counts in the period, or together they are no curves.
    """
    counting = [it for it in meters if it.since_s < clock.end_s and it.until_s > clock.start_s]
    if not counting:
        raise EnergyError("no meter of the operation counts in this period")
    values: dict[bytes, _Kept] = defaultdict(_Kept)
    indices: dict[bytes, _Kept] = defaultdict(_Kept)
    told = [it for file in files for it in _take(file, meters, clock, indices if file.is_index else values)]
    columns = []
    for meter in sorted(counting, key=lambda it: it.kind == "injects"):
        kept, index = values[meter.id], indices[meter.id]
        kept.corrected += index.corrected
        kept.lines = dict(_differences(meter, index.lines, clock, told)) | kept.lines
        columns.append(_column(meter, kept, clock))
        told += _told(meter, columns[-1], kept, clock)
    return GatheredCurves(Curves(clock.start_s, clock.step_s, tuple(columns)), tuple(told))


def _take(file: ReadingFile, meters: Sequence[EnergyMeter], clock: StepClock, kept: dict[bytes, _Kept]) -> list[str]:
    """Keeps a file's lines that count; what is to be said of the file."""
    problems, outside = [], 0
    by_label: dict[str, list[EnergyMeter]] = defaultdict(list)
    for meter in meters:
        by_label[meter.label].append(meter)
    for line in file.lines:
        begins_s = line.at_s - clock.step_s if file.moment == "end" else line.at_s
        try:
            step = clock.step_at(begins_s)
            meter = _meter(line, by_label[line.label], begins_s, is_index=file.is_index)
            if step is None or (step == clock.steps and not file.is_index):
                outside += 1
                continue
            if not file.is_index:
                _require_plausible(meter, line, clock)
            _keep(kept[meter.id], step, line)
        except InputError as error:
            problems.append(f"line {line.line}: {error}")
    if not problems and outside == len(file.lines):
        problems = [f"no line is from {told_moment(clock.start_s)} to {told_moment(clock.end_s)}, the period"]
    if problems:
        raise CsvError(file.path, problems)
    left = [f"{file.path.name}: {outside:,} lines are outside the period: they count in none of its steps"]
    return [*(left if outside else ()), *_suspicions(file)]


def _meter(line: ReadingLine, named: Sequence[EnergyMeter], begins_s: int, *, is_index: bool) -> EnergyMeter:
    """The meter that a line is about."""
    if not named:
        raise InputError(f"the meter {line.label} is none of this operation: is the line another operation's?")
    of_kind = [it for it in named if line.kind in {None, it.kind}]
    if not of_kind and line.kind == "injects":
        raise InputError(f"the meter {line.label} only draws: no panels are registered there, and the line injects")
    if not of_kind:
        raise InputError(f"the meter {line.label} only injects, and the line draws")
    counting = [it for it in of_kind if it.since_s <= begins_s < it.until_s]
    if is_index and not counting:
        counting = [it for it in of_kind if it.until_s == begins_s]
    if not counting:
        raise InputError(f"the meter {line.label} does not count in this operation at {told_moment(begins_s)}")
    if len(counting) > 1:
        raise InputError(f"the meter {line.label} draws and injects: a column kind says which of them was read")
    return counting[0]


def _require_plausible(meter: EnergyMeter, line: ReadingLine, clock: StepClock) -> None:
    if (why := _implausible(meter, line, clock)) is not None:
        raise InputError(f"{why}: correct the unit, or mark the line missing")


def _implausible(meter: EnergyMeter, line: ReadingLine, clock: StepClock) -> str | None:
    most_kw = Decimal(MOST_KW) if meter.kw is None else meter.kw * 3 / 2
    if line.wh is None or line.wh * HOUR_S <= most_kw * 1_000 * clock.step_s:
        return None
    kw = Decimal(line.wh) * HOUR_S / clock.step_s / 1_000
    return f"{line.wh:,} Wh in a step are {kw:,.0f} kW, of {most_kw:,.0f} kW that can be"


def _keep(kept: _Kept, step: int, line: ReadingLine) -> None:
    """Keeps the line of the highest version."""
    before = kept.lines.setdefault(step, line)
    if line.version == before.version:
        if (line.wh, line.mark) != (before.wh, before.mark):
            raise InputError(
                f"{told_moment(line.at_s)} stands on line {before.line} already with another reading: "
                "a correction bears a higher number in a column version"
            )
        return
    kept.corrected += 1
    if line.version > before.version:
        kept.lines[step] = line


def _differences(
    meter: EnergyMeter, lines: dict[int, ReadingLine], clock: StepClock, told: list[str]
) -> Iterator[tuple[int, ReadingLine]]:
    """The steps between two indices that follow each other at once; of others it is told why they are missing."""
    for step in range(clock.steps):
        first, then = lines.get(step), lines.get(step + 1)
        if first is None or then is None or first.wh is None or then.wh is None:
            continue
        mark: Mark = "estimated" if "estimated" in {first.mark, then.mark} else "measured"
        line = replace(first, wh=then.wh - first.wh, mark=mark)
        back = f"{then.wh:,} Wh after {first.wh:,}: it began anew, or was replaced" if then.wh < first.wh else None
        if (why := back or _implausible(meter, line, clock)) is None:
            yield step, line
        else:
            places = f"lines {first.line} and {then.line}"
            told.append(f"meter {meter.label}, index of {places}: {why}; give that step's value, or it counts zero")


def _column(meter: EnergyMeter, kept: _Kept, clock: StepClock) -> MeterColumn:
    lines = [kept.lines.get(step) for step in range(clock.steps)]
    counts = [meter.since_s <= clock.start_s + step * clock.step_s < meter.until_s for step in range(clock.steps)]
    return MeterColumn(
        meter.id,
        meter.member,
        meter.kind,
        tuple(line.wh if line and line.wh is not None else 0 for line in lines),
        frozenset(step for step, line in enumerate(lines) if counts[step] and (line is None or line.wh is None)),
        frozenset(step for step, line in enumerate(lines) if line is not None and line.mark == "estimated"),
    )


def _told(meter: EnergyMeter, column: MeterColumn, kept: _Kept, clock: StepClock) -> Iterator[str]:
    name = f"meter {meter.label} ({meter.kind})"
    if len(column.missing) and not any(line.wh is not None for line in kept.lines.values()):
        yield f"{name} is silent: it counts zero, and the others share without it"
    elif column.missing:
        first = told_moment(clock.start_s + min(column.missing) * clock.step_s)
        yield f"{name}: {len(column.missing):,} steps are missing, the first at {first}: they count zero"
    if column.estimated:
        yield f"{name}: {len(column.estimated):,} steps are estimated"
    if kept.corrected:
        yield f"{name}: {kept.corrected:,} readings were corrected: the highest version counts"


def _suspicions(file: ReadingFile) -> Iterator[str]:
    """Whether a file may tell kWh for Wh, or Wh for kWh; indices tell nothing of it."""
    read = Counter(line.wh for line in file.lines if line.wh)
    if file.unit == "wh" and read.total() >= 24 and max(read) <= FEW_WH:
        yield f"{file.path.name}: no reading is above {max(read)} Wh: are these kWh? Then name the column kwh"
    if file.unit == "kwh" and read and max(read) > MANY_WH and all(wh % 1_000 == 0 for wh in read):
        most_kwh = max(read) // 1_000
        yield f"{file.path.name}: whole kWh up to {most_kwh:,} in a step: are these Wh? Then name the column wh"
