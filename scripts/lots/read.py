"""Reads FILE, an EPCIS 2.0 document in XML or JSON-LD: each event with its standard hash, and what it says of lots.

Nothing is fetched, and nothing sent. An event that no lot can be followed by is refused, with what to say instead.

\b
Example:
  ape run lots read march.epcis.xml
"""

from pathlib import Path

import click

from beffroi.cli.command import PlainCommand
from beffroi.cli.lots import tell_event
from beffroi.cli.options import EXISTING
from beffroi.records.lots.epcis import read_epcis
from beffroi.records.lots.epcisread import read_events


@click.command(cls=PlainCommand, help=__doc__)
@click.argument("file", type=EXISTING)
def cli(*, file: Path) -> None:
    for number, event in enumerate(read_events(read_epcis(file)), 1):
        tell_event(number, event)
