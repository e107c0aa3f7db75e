"""Has promises of mandate NUMBER judged that have long been due and that nobody put to the vote; anyone may.

The roll is that of citizens sealed last, the key any that is ready and unreserved: name its ceremony. Where no vote can
be called, for want of a roll or a key or because the town's rules take none, --unjudged declares the promises unjudged,
later still: their stakes are frozen.

\b
Examples:
  ape run cred call 1 --promises 1,2 --ceremony 3 --account me --network …
  ape run cred call 1 --promises 1,2 --unjudged --account me --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.credibility import CredBureau, numbers
from beffroi.cli.options import bureau_options


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@bureau_options
@click.option("--promises", "listed", required=True, help="Which, from 1, between commas.")
@click.option("--ceremony", type=int, help="The number of the ceremony whose key it uses.")
@click.option("--unjudged", is_flag=True, help="Declare them unjudged instead.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, account: str | None, listed: str,
    ceremony: int | None, unjudged: bool,
) -> None:  # fmt: skip
    if (ceremony is None) != unjudged:
        raise click.UsageError("name a --ceremony, or declare them --unjudged")
    bureau = CredBureau.open(town, provider, ecosystem)
    chosen = numbers(listed, bureau.history(number).promises)
    if ceremony is None:
        bureau.mandates.declare_unjudged(bureau.signer(account), number, chosen)
        click.echo("Declared unjudged, as this node shows it: their stakes are frozen until somebody has them judged.")
    else:
        evaluation = bureau.mandates.call(bureau.signer(account), number, chosen, ceremony)
        click.echo(f"Evaluation {evaluation} is called, as this node shows it.")
