"""Fixes the promises of mandate NUMBER, once and for all, by its subject: FILE is CSV with text, uri, weight_bps, due.

\b
Weights sum to 10,000; due is a day within the mandate, from which the promise may be judged. Example:
  ape run cred promise 1 promises.csv --account mayor --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.credibility import CredBureau, read_pledges
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.credibility.mandate import in_parts


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("file", type=EXISTING)
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, file: Path, town: str, account: str | None
) -> None:
    pledges = read_pledges(file)
    bureau = CredBureau.open(town, provider, ecosystem)
    subject = bureau.signer(account)
    for part in in_parts(pledges):
        bureau.mandates.pledge(subject, number, part, first=pledges.index(part[0]))
    click.echo(f"{len(pledges)} promises are fixed; {bureau.history(number).supply:,} Cred rest on them.")
