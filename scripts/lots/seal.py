"""Seals the events of FILE, an EPCIS 2.0 document, for SERIES into BATCH, to be issued and published; sends nothing.

\b
SERIES is SCHEMA:ISSUER, as 3:0x…; its schema is `--print-schema`, which `papers schema` opens. Each
event becomes a paper that rests on those of the events that made what it takes: give the batches in
which they are as --known, of other makers too. A --yield KGM/LTR=0.12 says how much comes at most
out of one of what goes in, where something is made and units differ. What does not add up is
told before anything is issued; BATCH is written all the same, for the chain to say who said so.
Everything in BATCH is for everybody: name no person in it. `lots read --help` shows how an event is written.

\b
Example:
  ape run lots seal --print-schema > event.schema.json
  ape run lots seal 3:0x… cheese.epcis.json cheese.lots --known milk.lots --yield KGM/LTR=0.12 --network …
  ape run papers issue cheese.lots --account dairy --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.lots import ANY, read_yield, tell_alone
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau, print_schema_option, series_name
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.records.lots.epcis import read_epcis
from beffroi.records.lots.epcisread import read_events
from beffroi.records.lots.event import EVENT
from beffroi.records.lots.eventpapers import events_of, seal_events
from beffroi.records.lots.lotsfolder import find_lots
from beffroi.records.lots.story import follow
from beffroi.records.openbatch import write_open
from beffroi.records.paperfile import hexed


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("file", type=EXISTING)
@click.argument("batch", type=FILE)
@click.option("--known", type=ANY, multiple=True, help="A batch, or a town's folder, of earlier events; repeated.")
@click.option("--yield", "yields", multiple=True, metavar="KGM/LTR=0.12", help="What comes out at most; repeated.")
@print_schema_option(EVENT)
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, file: Path, batch: Path, known: tuple[Path, ...],
    yields: tuple[str, ...], town: str,
) -> None:  # fmt: skip
    if batch.exists():
        raise InputError(f"{batch} exists: it may be issued; seal into another file")
    events = read_events(read_epcis(file), [*map(read_yield, yields)])
    name, attested = series_name(series), RecordsBureau.open(town, provider, ecosystem).attested
    if attested.definition(name.schema) != EVENT:
        raise InputError(f"schema {name.schema} is not that of lot events: see --print-schema")
    before = [it for told in find_lots(known).batches if told.definition == EVENT for it in events_of(told)]
    first = attested.next_number(name)
    sealed = seal_events(attested.home, name.schema, name.issuer, first, events, before)
    write_open(batch, sealed)
    for finding in follow([*before, *events_of(sealed)]).findings:
        click.secho(plain(f"{finding.doubt}: {finding.words}."), fg="red")
    tell_alone(events)
    told = f"papers {first} to {first + len(sealed) - 1}, under {hexed(sealed.root)}"
    click.echo(f"{len(sealed)} events, {told}: issue {batch}, and publish it with {file}.")
