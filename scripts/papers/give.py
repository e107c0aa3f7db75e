"""Writes PAPER, the file of one holder, from BATCH by its NUMBER; needs no network but to say whose town it is.

\b
Example:
  ape run papers give diplomas.batch 17 alice.paper --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.records.paperfile import read_batch, write_paper


@click.command(cls=TownCommand, help=__doc__)
@click.argument("batch", type=EXISTING)
@click.argument("number", type=click.IntRange(min=0))
@click.argument("paper", type=FILE)
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, batch: Path, number: int, paper: Path, town: str) -> None:
    home, sealed = read_batch(batch)
    RecordsBureau.open(town, provider, ecosystem).require_home(home)
    write_paper(paper, home, sealed.paper(number))
    click.echo(f"{paper} is for its holder alone: whoever has it reads all that it says.")
