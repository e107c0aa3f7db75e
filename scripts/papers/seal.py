"""Seals the papers listed in FILE for SERIES into BATCH, a file to be issued; sends nothing.

\b
FILE is a CSV with a column for each field of the schema, and perhaps
  account   whom the paper is about, who alone may use it
  from      the first day on which it holds, UTC
  until     the last
  copies    how many of it: whoever sees two cannot tell that they are one person's
An apostrophe before =, +, - or @, by which a spreadsheet is kept from running it, is no part of a value.
BATCH holds all that the papers say and the seeds that salt it: keep it as you keep them, and
erase it when they must be forgotten. Issue it before anything else of the series.

\b
Example:
  ape run papers seal 3:0x… diplomas.csv diplomas.batch --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau, series_name
from beffroi.errors import InputError
from beffroi.records.listing import read_drafts
from beffroi.records.paperbatch import seal
from beffroi.records.paperfile import hexed, write_batch


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("file", type=EXISTING)
@click.argument("batch", type=FILE)
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, file: Path, batch: Path, town: str) -> None:
    if batch.exists():
        raise InputError(f"{batch} exists: its papers may be issued and given; seal into another file")
    name, attested = series_name(series), RecordsBureau.open(town, provider, ecosystem).attested
    definition = attested.definition(name.schema)
    first = attested.next_number(name)
    sealed = seal(definition, name.schema, name.issuer, first, read_drafts(file, definition))
    write_batch(batch, attested.home, sealed)
    click.echo(f"{len(sealed)} papers, numbers {first} to {first + len(sealed) - 1}, under {hexed(sealed.root)}.")
