"""Fixes the promises of mandate NUMBER, once and for all, by its subject: FILE is CSV with text, uri, weight_bps, due.

\b
Weights sum to 10,000; due is a day within the mandate, from which the promise may be judged. Example:
  ape run cred promise 1 promises.csv --account mayor --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand

from beffroi.consultation.desk import EXISTING
from beffroi.credibility.desk import at_cred_desk, read_pledges
from beffroi.csvfile import CsvError
from beffroi.office import office_options


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("file", type=EXISTING)
@office_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, file: Path, town: str, account: str | None
) -> None:
    try:
        pledges = read_pledges(file)
    except CsvError as error:
        raise click.ClickException(str(error)) from error
    with at_cred_desk(town, provider, ecosystem) as it:
        it.mandates.pledge(it.desk.signer(account), number, pledges)
        click.echo(f"{len(pledges)} promises are fixed; {it.history(number).supply:,} Cred rest on them.")
