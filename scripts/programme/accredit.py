"""Says which merchants sell what in PROGRAMME; by its sponsor.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  account      the merchant's address, once in the file
  categories   by their places in the programme's file: 1, or 1 3; 0 ends it
  label        how it is called where the town publishes it, once in the file; may be left out

Merchants that are accredited so already are left alone; those that are not listed too. A run that
was cut short is started again with the same file.

\b
Example:
  ape run programme accredit 0x… merchants.csv --account ccas --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.cli.programme import PROGRAMME, ProgrammeBureau, read_merchants
from beffroi.csvfile import CsvError


@click.command(cls=TownCommand, help=__doc__)
@click.argument("programme", type=PROGRAMME)
@click.argument("file", type=EXISTING)
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, programme: bytes, file: Path, town: str, account: str | None
) -> None:
    rows = read_merchants(file)
    bureau = ProgrammeBureau.open(town, provider, ecosystem)
    asked = bureau.book.terms(programme).categories
    if lost := [row for row in rows if row["categories"] and not row["categories"] & asked]:
        raise CsvError(file, [f"line {row.line}: none of these categories is the programme's" for row in lost])
    sponsor = bureau.signer(account, resumes=True)
    told = bureau.acts.accredit(sponsor, programme, {row["account"]: row["categories"] for row in rows})
    click.echo(f"{len(rows)} listed, {len(rows) - told} were accredited so already, {told} told now")
