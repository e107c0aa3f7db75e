"""Multiplies every share of the title on PARCEL, and its whole, by FACTOR: fractions stay, and can be cut finer.

A title that one person holds is counted in 1: before two buy it in halves, its registrar rescales it by 2.

\b
Example:
  ape run land rescale 59999000AB0001 2 --account registrar --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau
from beffroi.cli.options import PARCEL, bureau_options
from beffroi.land.parcels import ParcelId


@click.command(cls=TownCommand, help=__doc__)
@click.argument("parcel", type=PARCEL)
@click.argument("factor", type=click.IntRange(2))
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, factor: int, town: str, account: str | None
) -> None:
    bureau = LandBureau.open(town, provider, ecosystem)
    offices, registrar, given = bureau.offices, bureau.signer(account, "registrar"), (parcel.token_id, factor)
    offices.send(registrar, offices.register, "rescale", *given, purpose=f"rescale {parcel}")
    click.echo(f"The title on {parcel} is counted in {offices.title(parcel).whole} from now on.")
