"""Sends what is left of PROGRAMME, once it is over, to its sponsor; anyone may, and again after late refunds.

\b
Example:
  ape run programme reclaim 0x… --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import bureau_options
from beffroi.cli.programme import PROGRAMME, ProgrammeBureau, worth


@click.command(cls=TownCommand, help=__doc__)
@click.argument("programme", type=PROGRAMME)
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, programme: bytes, town: str, account: str | None) -> None:
    bureau = ProgrammeBureau.open(town, provider, ecosystem)
    terms = bureau.book.terms(programme)
    left = bureau.acts.reclaim(bureau.signer(account, resumes=True), programme)
    click.echo(f"{worth(terms, left)} went back to {terms.sponsor}" if left else "Nothing is left there.")
