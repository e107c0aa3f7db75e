"""Shows one reading of KEPT, a day that `data day` gathered into BATCH, with its proof alone, in SHOWN.

\b
For whom it concerns: it says the value, the sensor and the time, and nothing of the others.
`data verify SHOWN FOLDER` tells whether it holds.

\b
Example:
  ape run data reading day.kept day.json 0x… 1772323200 mine.json --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import ACCOUNT, EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.errors import InputError
from beffroi.records.openbatch import read_open
from beffroi.records.opendata.sensorsday import read_kept, reading_text
from beffroi.textfile import write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("kept", type=EXISTING)
@click.argument("batch", type=EXISTING)
@click.argument("sensor", type=ACCOUNT)
@click.argument("at_s", type=click.IntRange(0), metavar="AT")
@click.argument("shown", type=FILE)
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, kept: Path, batch: Path, sensor: str, at_s: int, shown: Path,
    town: str,
) -> None:  # fmt: skip
    if shown.exists():
        raise InputError(f"{shown} exists: show the reading in another file")
    day = read_open(batch)
    RecordsBureau.open(town, provider, ecosystem).require_home(day.home)
    write_whole(shown, reading_text(day, read_kept(kept), sensor, at_s), mode=0o600)
    click.echo(f"{shown} shows the reading of {sensor} at {at_s}.")
