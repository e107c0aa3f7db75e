"""What commands on open data show: which version a file is, whose, and what is wrong with a folder."""

from collections.abc import Iterable
from pathlib import Path

import click

from beffroi.chain.announcing import moment
from beffroi.cli.records import RecordsBureau
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.records.opendata.dataversion import Version
from beffroi.records.opendata.folder import FoundData, read_data
from beffroi.records.opendata.history import History
from beffroi.records.opendata.issueddata import DataStanding, standing
from beffroi.records.opendata.readings import SensorReading
from beffroi.records.opendata.sensorsday import SHOWN as READING_SHOWN
from beffroi.records.opendata.sensorsday import shown_reading
from beffroi.records.opendata.shown import ROW, ShownPaper, ShownRow, row_of
from beffroi.textfile import json_of, read_text

LIMIT = "The chain proves when and by whom, not that it is true."
MOST_SHOWN_BYTES = 2**22
UNKNOWN = "NOT SO: its paper is not among those of the town that are published, issued, and not taken back."
OLD = 3
"""What a command exits with of a version that holds and is not the latest."""


def read_standing(bureau: RecordsBureau, folder: Path) -> tuple[FoundData, DataStanding]:
    """A town's folder of data, and how it stands on the chain.

    Raises:
        InputError: there is no such folder.
        RpcError: the node could not say.
    """
    found = read_data(folder)
    return found, standing(bureau.attested, bureau.manifest, found.batches)


def tell_version(known: DataStanding, history: History, version: Version) -> int:
    """Shows what a version is and whether it is the latest; what to exit with."""
    paper = version.ref
    click.echo(plain(f"It is version {version.name} of {version.identifier}, “{version.title}”."))
    whose = "of the town" if history.schema in known.offices else "NOT of the town: no office of it opened that schema"
    click.echo(
        f"Paper {paper.number} of {paper.issuer}, schema {paper.schema}, {whose}; issued "
        f"{moment(known.issued_at_s[paper])}."
    )
    warn(f"NOT SO: {it}." for it in history.problems)
    if version.ref in history.taken_back:
        warn(["NOT SO: it is revoked or disowned."])
    if history.head and history.head != version:
        click.secho(f"It is not the latest: that is version {history.head.name}.", fg="yellow")
    click.echo(LIMIT)
    if history.problems or version.ref in history.taken_back or history.schema not in known.offices:
        return 1
    if history.head != version:
        return OLD
    if (hidden := known.hidden_after(version)) is not None:
        warn([f"Whether it is the latest is NOT known: paper {hidden} of that series is not in the folder."])
        return 1
    click.echo("It is the latest.")
    return 0


def warn(lines: Iterable[str]) -> None:
    """Shows what is wrong, in red."""
    for line in lines:
        click.secho(plain(line), fg="red")


def tell_histories(known: DataStanding) -> None:
    """Shows each data set with its latest version."""
    for history in known.histories:
        head = history.head
        latest = f"version {head.name}, “{head.title}”" if head else "none"
        whose = "" if history.schema in known.offices else ", NOT of the town"
        click.echo(plain(f"{history.identifier}: {len(history.versions)} versions, the latest {latest}{whose}"))


def tell_shown(known: DataStanding, path: Path) -> int | None:
    """Shows what a row says that somebody shows alone; what to exit with. None where the file shows none.

    Raises:
        InputError: it is one, and does not stand where it says.
    """
    if path.stat().st_size > MOST_SHOWN_BYTES:
        return None
    try:
        value = json_of(read_text(path))
    except InputError:
        return None
    form = value.get("format") if isinstance(value, dict) else None
    if form == ROW:
        return _tell_row(known, row_of(value))
    return _tell_reading(known, *shown_reading(value)) if form == READING_SHOWN else None


def _tell_row(known: DataStanding, shown: ShownRow) -> int:
    click.echo(plain(shown.header.text))
    click.echo(plain(shown.row.text))
    click.echo(f"That is row {shown.row.place}, under its header.")
    for history in known.histories:
        for version in history.versions:
            if version.ref == shown.paper.paper.ref:
                return tell_version(known, history, version)
    warn([UNKNOWN])
    return 1


def _tell_reading(known: DataStanding, shown: ShownPaper, reading: SensorReading) -> int:
    paper, said = shown.paper.ref, shown.paper.values
    click.echo(plain(f"{reading.value} {said['unit']} ({said['quantity']}), {moment(reading.at_s)}."))
    click.echo(
        plain(f"By the sensor {reading.sensor}, one of {said['sensors']}; paper {paper.number} of {paper.issuer}.")
    )
    whose = paper.schema in known.offices
    if paper not in known.issued_at_s or paper in known.taken_back or not whose:
        warn([UNKNOWN])
        return 1
    click.echo(f"All of it holds. {LIMIT}")
    return 0
