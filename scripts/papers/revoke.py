"""Revokes papers of SERIES by their NUMBERS, for good; those revoked already are left alone.

The series' key may, and the schema's accreditor. 256 papers in a row cost little more than one.

\b
Example:
  ape run papers revoke 3:0x… 3,7,10-20 --account rector --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import bureau_options
from beffroi.cli.records import RecordsBureau, paper_numbers, series_name


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("numbers")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, numbers: str, town: str, account: str | None
) -> None:
    name, chosen = series_name(series), paper_numbers(numbers)
    bureau = RecordsBureau.open(town, provider, ecosystem)
    revoked = bureau.attested.revoke(bureau.signer(account, resumes=True), name, chosen)
    click.echo(f"{revoked} revoked, {len(chosen) - revoked} were already.")
