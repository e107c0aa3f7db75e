"""Registers one PARCEL of a cadastre FILE, to one holder or to several.

The registrar alone does while the cadastre is brought in (`founding_days` of the town's file); from then on the notary
attests it first, by the same command with --attest.

\b
HOLDER is an account for the whole, or shares that make exactly one:
  0x…=1/2          half of it in full ownership
  0x…=bare:1       the bare ownership, beside
  0x…=usufruct:1   its usufruct

\b
Example:
  ape run land register 59999000AB0001 cadastre.json 0x…=1/2 0x…=1/2 --account registrar --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, parcel_of, rights_of
from beffroi.cli.options import EXISTING, PARCEL, SHARE, bureau_options, concurring
from beffroi.land.parcels import ParcelId
from beffroi.land.shares import Share


@click.command(cls=TownCommand, help=__doc__)
@click.argument("parcel", type=PARCEL)
@click.argument("file", type=EXISTING)
@click.argument("holder", type=SHARE, nargs=-1, required=True)
@bureau_options
@concurring
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, file: Path, holder: tuple[Share, ...],
    town: str, account: str | None, attest: bool,
) -> None:  # fmt: skip
    bureau = LandBureau.open(town, provider, ecosystem)
    drawn, units = parcel_of(file, parcel), rights_of(holder)
    given = (parcel.token_id, drawn.area_m2, drawn.keccak256), units.whole, units.rights
    done = bureau.register("registerShared", *given, account=account, attest=attest, purpose=f"register {parcel}")
    state = "registered" if done else "attested: now the registrar"
    click.echo(f"{parcel} is {state}: {drawn.area_m2:,} m², {len(units.rights)} rights.")
