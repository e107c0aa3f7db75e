"""Seals the deliberations of FILE, a CSV of SCDL, for SERIES: BATCH to be issued, ACTS for everybody; sends nothing.

\b
SERIES is SCHEMA:ISSUER, as 3:0x…; its schema is `--print-schema`, which `papers schema` opens.
The act numbered by an --authorises NUMBER=HASH allows one call, by the hash that `acts call` prints;
`acts audit` then tells whether it was made. Of an --individual NUMBER only number, day and matter
are published. Names of people in the others are taken out first by --occult: what is published stays.

\b
Example:
  ape run acts seal --print-schema > acts.schema.json
  ape run acts seal 3:0x… march.csv march.batch march.acts.json --individual 2026-017 --network …
  ape run papers issue march.batch --uri https://valombre.example/march.acts.json --account clerk --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi import csvfile
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau, print_schema_option, series_name
from beffroi.errors import InputError
from beffroi.records.council import DELIBERATION, act_draft, occulted, publish_acts
from beffroi.records.paperbatch import seal
from beffroi.records.paperfile import hexed, write_batch
from beffroi.records.scdl import read_scdl


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("file", type=EXISTING)
@click.argument("batch", type=FILE)
@click.argument("acts", type=FILE)
@click.option("--individual", multiple=True, metavar="NUMBER", help="Of this act only number, day and matter.")
@click.option("--occult", multiple=True, metavar="NAME", help="A name that is taken out of what acts are about.")
@click.option("--authorises", multiple=True, metavar="NUMBER=HASH", help="The call that an act allows.")
@print_schema_option(DELIBERATION)
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, file: Path, batch: Path, acts: Path,
    individual: tuple[str, ...], occult: tuple[str, ...], authorises: tuple[str, ...], town: str,
) -> None:  # fmt: skip
    if batch.exists():
        raise InputError(f"{batch} exists: it may be issued; seal into another file")
    allowed = {number: csvfile.bytes32(hash_) for number, _, hash_ in (it.partition("=") for it in authorises)}
    read = read_scdl(file)
    if unknown := {*allowed, *individual} - {it["DELIB_ID"] for it in read}:
        raise InputError(f"{file.name} has no act {', '.join(sorted(unknown))}")
    name, attested = series_name(series), RecordsBureau.open(town, provider, ecosystem).attested
    if attested.definition(name.schema) != DELIBERATION:
        raise InputError(f"schema {name.schema} is not that of acts: see --print-schema")
    drafts = [act_draft(it, authorises=allowed.get(it["DELIB_ID"])) for it in occulted(read, occult)]
    sealed = seal(DELIBERATION, name.schema, name.issuer, attested.next_number(name), drafts)
    write_batch(batch, attested.home, sealed)
    publish_acts(acts, attested.home, sealed, individual)
    click.echo(f"{len(sealed)} acts under {hexed(sealed.root)}: issue {batch}, publish {acts}.")
