"""Publishes the result of evaluation NUMBER, or burns what it says once nobody may appeal any more; anyone may.

\b
Run it when the result stands, and again when the time to appeal is over:
  ape run cred settle 1 --account anyone --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand

from beffroi.credibility.desk import at_cred_desk
from beffroi.office import office_options


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("number", type=int)
@office_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, account: str | None) -> None:
    with at_cred_desk(town, provider, ecosystem) as it:
        signer = it.desk.signer(account, "clerk")
        if it.mandates.is_published(number):
            click.echo(f"{it.mandates.settle(signer, number):,} Cred burnt.")
        else:
            it.mandates.publish(signer, number)
            click.echo(f"The result of evaluation {number} is published: the time to appeal runs.")
