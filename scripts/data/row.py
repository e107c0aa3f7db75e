"""Shows row NUMBER of FILE, a published CSV, with its proof alone, in SHOWN: who has that file needs no other.

\b
Rows are counted from 1, after the header; a line break within quotes begins no row.
`data verify SHOWN FOLDER` tells what SHOWN says, of which version, and whether that holds.

\b
Example:
  ape run data row march.csv 17 row17.json dist/town --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.opendata import read_standing
from beffroi.cli.options import EXISTING, FILE, FOLDER, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.records.opendata.dataversion import DataFile
from beffroi.records.opendata.shown import show_row
from beffroi.textfile import write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@click.argument("number", type=click.IntRange(1))
@click.argument("shown", type=FILE)
@click.argument("folder", type=FOLDER)
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, number: int, shown: Path, folder: Path, town: str
) -> None:
    if shown.exists():
        raise InputError(f"{shown} exists: show the row in another file")
    bureau, mine = RecordsBureau.open(town, provider, ecosystem), DataFile.read(file)
    _, known = read_standing(bureau, folder)
    same = known.find(mine.sha256)
    if not same or mine.rows is None:
        raise InputError(f"{file.name} is no published CSV: see `data verify`")
    _, version = same[0]
    row = show_row(known.batch_of(version), version, mine.rows, number)
    write_whole(shown, row.text)
    click.echo(plain(f"{shown} shows row {number} of version {version.name} of {version.identifier}: {row.row.text}"))
