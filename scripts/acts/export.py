"""Writes the acts of FILE, a published list, as SCDL *délibérations* to CSV; individual acts are left out.

\b
Example:
  ape run acts export march.acts.json march.csv --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.records.council import read_acts
from beffroi.records.scdl import write_scdl
from beffroi.textfile import write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@click.argument("csv", type=FILE)
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, csv: Path, town: str) -> None:
    batch = read_acts(file)
    RecordsBureau.open(town, provider, ecosystem).require_home(batch.home)
    told = [act.deliberation for act in batch.acts if not act.individual]
    write_whole(csv, write_scdl(told))
    click.echo(f"{len(told)} acts written, {len(batch.acts) - len(told)} individual ones left out.")
