"""Divides PARCEL into the parcels CHILD… of a new cadastre FILE, whose areas add up to its own.

Every right, burden, charge and planning zone lies on each child. DOCUMENT is the surveyor's deed. The notary attests
(--attest), then the registrar gives the same command.

\b
Example:
  ape run land divide 59999000AB0001 new.json deed.pdf 59999000AB0101 59999000AB0102 --account registrar --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, document_hash, parcel_of
from beffroi.cli.options import EXISTING, PARCEL, bureau_options, concurring
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError


@click.command(cls=TownCommand, help=__doc__)
@click.argument("parcel", type=PARCEL)
@click.argument("file", type=EXISTING)
@click.argument("document", type=EXISTING)
@click.argument("child", type=PARCEL, nargs=-1, required=True)
@bureau_options
@concurring
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, file: Path, document: Path,
    child: tuple[ParcelId, ...], town: str, account: str | None, attest: bool,
) -> None:  # fmt: skip
    bureau = LandBureau.open(town, provider, ecosystem)
    title, drawn = bureau.offices.title(parcel), [parcel_of(file, it) for it in child]
    if (area_m2 := sum(it.area_m2 for it in drawn)) != title.area_m2:
        raise LandError(f"the children have {area_m2:,} m² together, and {parcel} has {title.area_m2:,} m²")
    children = [(it.id.token_id, it.area_m2, it.keccak256) for it in drawn]
    given = (title.id, title.version, children, document_hash(document))
    purpose = f"divide {parcel}"
    done = bureau.concur(bureau.offices.register, "divide", *given, account=account, attest=attest, purpose=purpose)
    into = ", ".join(map(str, child))
    click.echo(f"{parcel} is divided into {into}." if done else "Attested: now the registrar.")
