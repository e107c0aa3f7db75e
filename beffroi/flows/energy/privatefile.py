"""A member's own month: her meter's curve and its seed, for her alone; and what she finds of it in the public file.

It never leaves her machine: whoever has it has her curve, and shows anyone that it is hers.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.errors import InputError
from beffroi.flows.energy.cells import PublicPeriod, committed_tree
from beffroi.flows.energy.commitments import blindings, commit_curve
from beffroi.flows.energy.curves import EnergyError, MeterColumn, MeterKind
from beffroi.flows.energy.energyfinding import EnergyFinding, Falsehood
from beffroi.flows.energy.points import POINT
from beffroi.flows.energy.refutations import Refuter
from beffroi.flows.energy.sealperiod import KINDS
from beffroi.records.paperfile import Parse, account, exactly, hexed, listed, members, moment, sized, word
from beffroi.textfile import read_json, write_whole

FORMAT = "beffroi-energy-own-1"


class PrivateFileError(EnergyError):
    """A file is none that a member has of her month, or of another month than she checks; the message says why."""


@dataclass(frozen=True)
class PrivateMonth:
    """What one meter read in a period, and what blinds it.

    Attributes:
        op: the operation's name on chain, 32 bytes.
        period: its number.
        start_s: unix seconds at which its first step begins.
        step_s: seconds of a step.
        column: the readings.
        seed: the meter's secret, 32 bytes.
    """

    op: bytes
    period: int
    start_s: int
    step_s: int
    column: MeterColumn
    seed: bytes

    @property
    def blindings(self) -> list[int]:
        """Of each step."""
        return blindings(self.seed, self.op, self.column.id, self.period, self.column.readings)

    @property
    def commitments(self) -> bytes:
        """Of each step, 64 bytes: what the meter's agent commits to."""
        return commit_curve(self.column.readings, self.blindings)

    @property
    def root(self) -> bytes:
        """What stands on chain of them, 32 bytes."""
        return committed_tree(self.commitments).root


def write_private(path: Path, month: PrivateMonth) -> None:
    """Writes a member's month, for her eyes alone."""
    column = month.column
    value = {
        "format": FORMAT, "op": hexed(month.op), "period": month.period, "start": month.start_s, "step": month.step_s,
        "id": hexed(column.id), "kind": column.kind, "member": column.member, "seed": hexed(month.seed),
        "readings": [*column.readings], "missing": sorted(column.missing), "estimated": sorted(column.estimated),
    }  # fmt: skip
    write_whole(path, json.dumps(value) + "\n", mode=0o600)


def read_private(path: Path) -> PrivateMonth:
    """A member's month.

    Raises:
        PrivateFileError: the file holds none; why.
        OSError: it cannot be read.
    """
    value = read_json(path, PrivateFileError, "a member's month")
    try:
        return _month(value)
    except InputError as error:
        raise PrivateFileError(f"{path.name}: {error}") from error


def own_column(month: PrivateMonth, period: PublicPeriod) -> int | None:
    """The place of one's own meter in a published period; None where it is left out.

    Raises:
        PrivateFileError: the period is another than the month's.
    """
    own = month.op, month.period, month.start_s, month.step_s, len(month.column.readings)
    if own != (period.op, period.period, period.start_s, period.step_s, period.steps):
        raise PrivateFileError(
            f"the file is of period {period.period} of {hexed(period.op)}, {period.steps} steps from {period.start_s}; "
            f"your own is of period {month.period} of {hexed(month.op)}, {own[-1]} steps from {month.start_s} on: "
            "check it against its own file"
        )
    places = (at for at, column in enumerate(period.columns) if column.id == month.column.id)
    return next(places, None)


def verify_own(month: PrivateMonth, period: PublicPeriod) -> Iterator[EnergyFinding]:
    """All that is false of one's own column. What refutes a false allocation of true readings finds `verify_period`.

    Raises:
        PrivateFileError: the period is another than the month's.
    """
    at = own_column(month, period)
    if at is None:
        yield EnergyFinding(Falsehood.LEFT_OUT, "your meter is left out of the period: contest its statement")
        return
    yield from _other_hands(month, period, at)
    own, stated = month.commitments, period.curve(at)
    false = next((it for it in range(period.steps) if _at(own, it) != _at(stated, it)), None)
    if false is not None:
        tree = committed_tree(own)
        refutation = Refuter(period).reading(at, false, tree) if tree.root == period.columns[at].root else None
        rest = "" if refutation else "; its agent committed to others than your file has: ask it which"
        words = f"step {false} is not your reading{rest}"
        yield EnergyFinding(Falsehood.READING, words, refutation, column=at, step=false)
    weights = period.weights[period.kind(at) - 1]
    for slot in range(period.slots):
        steps = [it for it, total in enumerate(period.totals) if total.slot == slot]
        value = sum(weights[it] * month.column.readings[it] for it in steps)
        if value != period.allocation(at, slot).value:
            words = f"in slot {slot} you share {value} parts of 2^32 Wh, not {period.allocation(at, slot).value}"
            yield EnergyFinding(Falsehood.ALLOCATION, words, column=at, slot=slot)


def _other_hands(month: PrivateMonth, period: PublicPeriod, at: int) -> Iterator[EnergyFinding]:
    """Member and kind stand in no reading: who pays, and who is paid, hangs on them all the same."""
    stated, kind = period.columns[at], KINDS[month.column.kind]
    if int(stated.member, 16) != int(month.column.member, 16):
        words = f"your meter is billed as {stated.member}'s: contest the statement"
        yield EnergyFinding(Falsehood.MEMBER, words, column=at)
    if not kind == stated.kind == period.kind(at):
        words = f"your meter {month.column.kind}, and is billed as of the other kind"
        yield EnergyFinding(Falsehood.COLUMN, words, Refuter(period).column(at), column=at)


def _at(points: bytes, step: int) -> bytes:
    return points[step * POINT : (step + 1) * POINT]


def _month(value: Any) -> PrivateMonth:
    parsers: dict[str, Parse] = {
        "format": exactly(FORMAT), "op": word, "period": sized(32), "start": moment, "step": sized(16), "id": word,
        "kind": _kind, "member": account, "seed": word, "readings": lambda it: tuple(map(sized(32), listed(it))),
        "missing": _places, "estimated": _places,
    }  # fmt: skip
    read = members(value, parsers, "a member's month")
    marks = frozenset(read["missing"]), frozenset(read["estimated"])
    column = MeterColumn(read["id"], read["member"], read["kind"], read["readings"], *marks)
    return PrivateMonth(read["op"], read["period"], read["start"], read["step"], column, read["seed"])


def _kind(value: Any) -> MeterKind:
    if value == "draws":
        return "draws"
    if value == "injects":
        return "injects"
    raise PrivateFileError(f"{value!r:.40} is no kind of meter: draws or injects")


def _places(value: Any) -> list[int]:
    if not isinstance(value, list):
        raise PrivateFileError(f"{value!r:.60} is no list of steps")
    return [*map(sized(16), value)]
