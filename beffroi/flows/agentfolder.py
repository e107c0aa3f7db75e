"""What an agent keeps of its meters: the seed of each, and of each period the files that their members get.

Whoever reads the folder has every member's curve: its files are their owner's alone.
"""

import secrets
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

from beffroi.flows.clearing import OperationStanding
from beffroi.flows.energy.cells import committed_tree
from beffroi.flows.energy.commitments import SEED, commit_curves
from beffroi.flows.energy.curves import Curves, EnergyError
from beffroi.flows.energy.privatefile import PrivateMonth, read_private, write_private
from beffroi.flows.meterslips import CommittedReadings
from beffroi.textfile import read_text, write_whole

OWNERS_ALONE = 0o600


def seed_of(folder: Path, meter: bytes) -> bytes:
    """A meter's seed; drawn, and on the disk, where it has none yet.

    Raises:
        EnergyError: the file holds none.
        OSError: it cannot be read or written.
    """
    path = folder / f"{meter.hex()}.seed"
    if not path.exists():
        write_whole(path, secrets.token_bytes(SEED).hex() + "\n", OWNERS_ALONE)
    try:
        seed = bytes.fromhex(read_text(path).strip())
    except ValueError as error:
        raise EnergyError(f"{path} holds no seed: bring back a copy of it") from error
    if len(seed) != SEED:
        raise EnergyError(f"{path} holds no seed: {SEED} bytes in hexadecimal; bring back a copy of it")
    return seed


def is_closed(now: OperationStanding, period: int) -> bool:
    """Whether nothing more is committed to of a period: it is stated, or settled."""
    return period <= now.settled_period or (period == now.period and now.status.is_open)


def write_months(
    folder: Path, op: bytes, period: int, curves: Curves, *, is_closed: bool = False
) -> list[PrivateMonth]:
    """Writes each meter's file of a period; they are what its agent commits to and its member gets.

    Args:
        folder: the agent's own.
        op: the operation's name on chain, 32 bytes.
        period: its number.
        curves: of the agent's meters.
        is_closed: whether nothing more is committed to of the period: it is stated, or settled.

    Raises:
        EnergyError: the period is closed, and the files there tell other readings; they stay as they are.
    """
    months = [
        PrivateMonth(op, period, curves.start_s, curves.step_s, column, seed_of(folder, column.id))
        for column in curves.columns
    ]
    paths = [month_path(folder, period, it.column.id) for it in months]
    if is_closed:
        for path, month in zip(paths, months, strict=True):
            if not path.exists() or read_private(path) != month:
                raise EnergyError(
                    f"period {period} is stated or settled, and what its agents committed to stands: {path} is left as "
                    "it is. A correction is a line of a later period"
                )
    for path, month in zip(paths, months, strict=True):
        write_private(path, month)
    return months


def month_path(folder: Path, period: int, meter: bytes) -> Path:
    """Where the file of a meter's period is."""
    return folder / str(period) / f"{meter.hex()}.json"


def read_months(folder: Path, op: bytes, period: int) -> list[PrivateMonth]:
    """The files of a period, from every agent whose files were brought there: consumers first.

    Raises:
        EnergyError: there are none, one is of another operation or period, or their steps differ.
    """
    paths = sorted((folder / str(period)).glob("*.json"))
    months = [read_private(path) for path in paths]
    if not months:
        raise EnergyError(f"{folder / str(period)} has no files of period {period}: `energy commit` writes them")
    clock = months[0].start_s, months[0].step_s, len(months[0].column.readings)
    for path, month in zip(paths, months, strict=True):
        if (month.op, month.period) != (op, period):
            raise EnergyError(f"{path} is of period {month.period} of the operation 0x{month.op.hex()}")
        if (month.start_s, month.step_s, len(month.column.readings)) != clock:
            raise EnergyError(f"{path} has other steps than {paths[0]}: agents commit to the same clock")
    return sorted(months, key=lambda it: (it.column.kind != "draws", it.column.id))


def curves_of(months: Sequence[PrivateMonth]) -> Curves:
    """The curves of a period's files, in their order.

    Raises:
        EnergyError: together they are none.
    """
    return Curves(months[0].start_s, months[0].step_s, tuple(it.column for it in months))


def committed(months: Sequence[PrivateMonth], executor: Executor) -> CommittedReadings:
    """What an agent commits to by some files, wherever the executor works."""
    first = months[0]
    curves = commit_curves(((it.column.readings, it.blindings) for it in months), executor)
    roots = {it.column.id: committed_tree(curve).root for it, curve in zip(months, curves, strict=True)}
    return CommittedReadings(first.period, first.start_s, first.step_s, len(first.column.readings), roots)
