"""The organiser takes its statement of OP back, while members may contest it; it is then stated anew.

\b
Example:
  ape run energy retract 0x… --account organiser --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau
from beffroi.cli.options import OPERATION, bureau_options


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, town: str, account: str | None) -> None:
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms = bureau.clearings.terms(op)
    bureau.acts.retract(bureau.signer(account), terms)
    click.echo("The statement is taken back: nobody owes anything by it.")
