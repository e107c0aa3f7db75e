"""Seals certificates of a label, listed in FILE, for SERIES into BATCH, to be issued and published; sends nothing.

\b
A label is a schema, whose name is the label's: --print-schema NAME prints one, which the label's
body opens by `papers schema`; it accredits certifiers by `papers accredit`. FILE is a CSV:
  maker          the account by whose series the product's lots are told
  product        its URI, without the lot's number, as https://id.gs1.org/01/03012345000017
  party          what people call the maker; perhaps
  from, until    days, UTC, the last included; perhaps
A lot bears the label while every lot that it was made of does: `lots label`. Revoke by `papers revoke`.

\b
Example:
  ape run lots certify --print-schema "Agriculture biologique" > label.schema.json
  ape run lots certify 5:0x… certificates.csv bio-2026.label --network …
  ape run papers issue bio-2026.label --account certifier --network …
"""

import json
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau, series_name
from beffroi.errors import InputError
from beffroi.records.listing import read_drafts
from beffroi.records.lots import naming
from beffroi.records.lots.labels import certificates_of, is_label, label
from beffroi.records.openbatch import OpenDraft, seal_open, write_open
from beffroi.records.paperfile import hexed


def _print_label(context: click.Context, _: click.Parameter, name: str | None) -> None:
    if name is not None:
        click.echo(json.dumps(label(name).json, indent=1, ensure_ascii=False))
        context.exit()


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("file", type=EXISTING)
@click.argument("batch", type=FILE)
@click.option("--print-schema", metavar="NAME", is_eager=True, callback=_print_label, expose_value=False,
              help="Print the schema of a label of that name, and end.")  # fmt: skip
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, file: Path, batch: Path, town: str) -> None:
    if batch.exists():
        raise InputError(f"{batch} exists: it may be issued; seal into another file")
    name, attested = series_name(series), RecordsBureau.open(town, provider, ecosystem).attested
    definition = attested.definition(name.schema)
    if not is_label(definition):
        raise InputError(f"schema {name.schema}, {definition.name!r:.60}, is no label's: see --print-schema NAME")
    listed = read_drafts(file, definition)
    drafts = [OpenDraft(it.values, (), it.subject, it.from_s, it.until_s) for it in listed]
    first = attested.next_number(name)
    sealed = seal_open(attested.home, definition, name.schema, name.issuer, first, drafts)
    for it in certificates_of(sealed):
        naming.require_check_digit(it.product)
    write_open(batch, sealed)
    told = f"papers {first} to {first + len(sealed) - 1}, under {hexed(sealed.root)}"
    click.echo(f"{len(sealed)} certificates of {definition.name}, {told}: issue {batch}, and publish it.")
