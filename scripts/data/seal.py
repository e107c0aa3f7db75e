"""Seals FILE as a version of a data set of CATALOGUE for SERIES into BATCH, to be issued and published; sends nothing.

\b
SERIES is SCHEMA:ISSUER, as 3:0x…; its schema is `--print-schema`, which `papers schema` opens.
CATALOGUE is a CSV of SCDL *catalogue*; the data set's title is taken from it. Of a CSV each row can
be shown alone afterwards (`data row`). Every version but the --first of its data set is sealed
--after the batch of the one before it. BATCH says nothing that is not for everybody: it is published with FILE.

\b
Example:
  ape run data seal --print-schema > version.schema.json
  ape run data seal 3:0x… catalogue.csv comptages-velos 1 march.csv v1.json --network …
  ape run papers issue v1.json --account statistician --network …
  ape run data seal 3:0x… catalogue.csv comptages-velos 2 april.csv v2.json --after v1.json --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.opendata import warn
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau, print_schema_option, series_name
from beffroi.errors import InputError
from beffroi.records.openbatch import read_open, seal_open, write_open
from beffroi.records.opendata.catalogue import read_catalogue, title_in
from beffroi.records.opendata.dataversion import VERSION, DataFile, before_in, version_draft
from beffroi.records.paperfile import hexed


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("catalogue", type=EXISTING)
@click.argument("identifier")
@click.argument("version")
@click.argument("file", type=EXISTING)
@click.argument("batch", type=FILE)
@click.option("--after", type=EXISTING, help="The batch of the version before.")
@click.option("--first", "is_first", is_flag=True, help="No paper of the series is a version of that data set.")
@print_schema_option(VERSION)
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, catalogue: Path, identifier: str, version: str,
    file: Path, batch: Path, after: Path | None, is_first: bool, town: str,
) -> None:  # fmt: skip
    if batch.exists():
        raise InputError(f"{batch} exists: it may be issued; seal into another file")
    title = title_in(read_catalogue(catalogue), identifier)
    name, bureau = series_name(series), RecordsBureau.open(town, provider, ecosystem)
    if bureau.attested.definition(name.schema) != VERSION:
        raise InputError(f"schema {name.schema} is not that of versions of data sets: see --print-schema")
    first, before = bureau.attested.next_number(name), None
    if after is None and first and not is_first:
        raise InputError(
            f"the series has {first} papers: give --after the batch of the version before, or say --first where none "
            f"of them is a version of {identifier}"
        )
    if after is not None:
        earlier = read_open(after)
        bureau.require_home(earlier.home)
        before = before_in(earlier, identifier, name.schema, name.issuer)
    draft = version_draft(DataFile.read(file), identifier, version, title, before)
    sealed = seal_open(bureau.attested.home, VERSION, name.schema, name.issuer, first, [draft])
    write_open(batch, sealed)
    if before and before.number != first - 1:
        warn([f"Papers {before.number + 1} to {first - 1} came after it: if one is a later version, this is a fork."])
    click.echo(f"Version {version} of {identifier} is paper {first}, under {hexed(sealed.root)}: issue {batch}.")
