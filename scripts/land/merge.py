"""Merges the parcels PARENT… into CHILD of a new cadastre FILE; the same people must hold them in the same shares.

Every burden, charge and planning zone of each lies on the child. DOCUMENT is the surveyor's deed. The notary attests
(--attest), then the registrar gives the same command.

\b
Example:
  ape run land merge 59999000AB0103 new.json deed.pdf 59999000AB0101 59999000AB0102 --account registrar --network …
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
@click.argument("child", type=PARCEL)
@click.argument("file", type=EXISTING)
@click.argument("document", type=EXISTING)
@click.argument("parent", type=PARCEL, nargs=-1, required=True)
@bureau_options
@concurring
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, child: ParcelId, file: Path, document: Path,
    parent: tuple[ParcelId, ...], town: str, account: str | None, attest: bool,
) -> None:  # fmt: skip
    bureau = LandBureau.open(town, provider, ecosystem)
    titles, drawn = [bureau.offices.title(it) for it in parent], parcel_of(file, child)
    if (area_m2 := sum(it.area_m2 for it in titles)) != drawn.area_m2:
        raise LandError(f"the parcels have {area_m2:,} m² together, and {child} has {drawn.area_m2:,} m²")
    merged = (child.token_id, drawn.area_m2, drawn.keccak256)
    given = ([title.id for title in titles], [title.version for title in titles], merged, document_hash(document))
    purpose = f"merge into {child}"
    done = bureau.concur(bureau.offices.register, "merge", *given, account=account, attest=attest, purpose=purpose)
    parents = ", ".join(map(str, parent))
    click.echo(f"{parents} are merged into {child}." if done else "Attested: now the registrar.")
