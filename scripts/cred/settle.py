"""Publishes the result of evaluation NUMBER, or burns what it says once nobody may appeal any more; anyone may.

Where the vote had too few ballots, or its trustees have long been late, it gives the promises back to a later vote.

\b
Run it when the vote is over, and again when the time to appeal is, and the jury's where anybody appealed:
  ape run cred settle 1 --account anyone --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.credibility import CredBureau
from beffroi.cli.options import bureau_options


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, account: str | None) -> None:
    bureau = CredBureau.open(town, provider, ecosystem)
    signer = bureau.signer(account, "clerk")
    if bureau.mandates.is_published(number):
        burnt = bureau.mandates.settle(signer, number)
        click.echo(f"{burnt:,} Cred burnt." if burnt >= 0 else f"{-burnt:,} Cred given back: the last finding counts.")
    elif bureau.mandates.has_no_result(number):
        bureau.mandates.release(signer, number)
        click.echo(f"The promises of evaluation {number} are given back: what is due is frozen until it is judged.")
    else:
        bureau.mandates.publish(signer, number)
        click.echo(f"The result of evaluation {number} is published: the time to appeal runs.")
