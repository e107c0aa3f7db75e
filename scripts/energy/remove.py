"""Ends METER in OP, now and for good: its member does, or its agent. Periods that began before keep its column.

\b
Example:
  ape run energy remove 0x… 0x… --account ada --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau
from beffroi.cli.options import HASH, OPERATION, bureau_options


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@click.argument("meter", type=HASH)
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, meter: bytes, town: str, account: str | None
) -> None:
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms = bureau.clearings.terms(op)
    bureau.meters.remove(bureau.signer(account), terms, meter)
    click.echo(f"The meter 0x{meter.hex()} counts no more.")
