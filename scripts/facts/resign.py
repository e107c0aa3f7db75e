"""Gives the signer's seat as an issuer of FACT up, for good: for a key that was lost, stolen, or is to rest.

What it signed last is not its word any more: a value that fewer than it takes still stand for is read by nobody. The
others go on while enough of them are left; in its place nobody comes: that is another fact.

\b
Example:
  ape run facts resign 0x… --account weigher --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.facts import FactsBureau
from beffroi.cli.options import bureau_options
from beffroi.records.fact import fact_id


@click.command(cls=TownCommand, help=__doc__)
@click.argument("fact")
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, fact: str, town: str, account: str | None) -> None:
    bureau = FactsBureau.open(town, provider, ecosystem)
    of_ = bureau.facts.fact(fact_id(fact))
    issuer = bureau.signer(account)
    bureau.facts.resign(issuer, of_, str(issuer.address))
    click.echo(f"{issuer.address} is no issuer of {of_.name} any more.")
