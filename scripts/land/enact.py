"""Restates who holds PARCEL by an act other than a sale: succession, gift, judgment, partition or correction.

All the rights from now on are given, as HOLDER… of `ape run land register`. DOCUMENT is the deed; only its hash goes on
chain. The notary attests the very act (--attest), then the registrar gives the same command.

\b
Example, a widow's usufruct and her son's bare ownership:
  ape run land enact succession 59999000AB0001 deed.pdf 0x…=usufruct:1 0x…=bare:1 --attest --account notary --network …
  ape run land enact succession 59999000AB0001 deed.pdf 0x…=usufruct:1 0x…=bare:1 --account registrar --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, document_hash, rights_of
from beffroi.cli.options import EXISTING, PARCEL, SHARE, bureau_options, concurring
from beffroi.land.parcels import ParcelId
from beffroi.land.shares import Share
from beffroi.land.title_history import ACTS

NAMES = [str(act) for act in ACTS]


@click.command(cls=TownCommand, help=__doc__)
@click.argument("act", type=click.Choice(NAMES))
@click.argument("parcel", type=PARCEL)
@click.argument("document", type=EXISTING)
@click.argument("holder", type=SHARE, nargs=-1, required=True)
@bureau_options
@concurring
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, act: str, parcel: ParcelId, document: Path,
    holder: tuple[Share, ...], town: str, account: str | None, attest: bool,
) -> None:  # fmt: skip
    bureau = LandBureau.open(town, provider, ecosystem)
    title, units = bureau.offices.title(parcel), rights_of(holder)
    given = (NAMES.index(act), title.id, title.version, units.whole, units.rights, document_hash(document))
    done = bureau.concur(
        bureau.offices.register, "enact", *given, account=account, attest=attest, purpose=f"{act} on {parcel}"
    )
    click.echo(f"The {act} on {parcel} is {'enacted' if done else 'attested: now the registrar'}.")
