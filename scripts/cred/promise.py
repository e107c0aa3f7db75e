"""Fixes the promises of mandate NUMBER, once and for all, by its subject: FILE is CSV with text, uri, weight_bps, due.

\b
Weights sum to 10,000; due is a day within the mandate, from which the promise may be judged. What does not fit into one
transaction goes in parts; a run that stopped between two goes on from there when it is given again. Example:
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
    left = bureau.history(number).left(pledges)
    first = len(pledges) - len(left)
    for part in in_parts(left):
        bureau.mandates.pledge(subject, number, part, first=first)
        first += len(part)
    click.echo(f"{len(pledges)} promises are fixed; {bureau.history(number).supply:,} Cred rest on them.")
