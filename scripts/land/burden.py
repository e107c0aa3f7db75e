"""What lies on a title besides charges: easements and restrictions by registrar and notary, caveats by the registrar.

A caveat bars the title from moving and always ends. The registrar alone lodges one in the title's life; further ones
are laid with the notary, or a court freezes. DOCUMENT grounds the burden; only its hash goes on chain, and names it
later.

\b
Examples:
  ape run land burden lay easement 59999000AB0001 deed.pdf --serves 59999000AB0002 --attest --account notary --network …
  ape run land burden caveat 59999000AB0001 order.pdf 2026-12-31 --account registrar --network …
  ape run land burden lift 59999000AB0001 order.pdf --attest --account notary --network …
"""

import datetime as dt
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, document_hash
from beffroi.cli.options import DAY, EXISTING, PARCEL, bureau_options, concurring
from beffroi.land.certificate import Burden
from beffroi.land.parcels import ParcelId
from beffroi.units import DAY_S

KINDS = tuple(Burden)


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("kind", type=click.Choice([Burden.EASEMENT, Burden.RESTRICTION, Burden.CAVEAT]))
@click.argument("parcel", type=PARCEL)
@click.argument("document", type=EXISTING)
@click.option("--until", type=DAY, help="Its last day; for ever without.")
@click.option("--serves", type=PARCEL, help="The parcel that an easement serves.")
@bureau_options
@concurring
def lay(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, kind: str, parcel: ParcelId, document: Path,
    until: dt.datetime | None, serves: ParcelId | None, town: str, account: str | None, attest: bool,
) -> None:  # fmt: skip
    """Lays an easement, a restriction or a caveat on PARCEL; a caveat needs a last day."""
    bureau = LandBureau.open(town, provider, ecosystem)
    title, offices, dominant = bureau.offices.title(parcel), bureau.offices, serves.token_id if serves else 0
    laid = (document_hash(document), KINDS.index(Burden(kind)), _end_s(until), dominant)
    given, purpose = (title.id, title.version, laid), f"lay a burden on {parcel}"
    done = bureau.concur(offices.register, "burden", *given, account=account, attest=attest, purpose=purpose)
    click.echo(f"The {kind} on {parcel} is {'laid' if done else 'attested: now the registrar'}.")


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("document", type=EXISTING)
@click.argument("until", type=DAY)
@bureau_options
def caveat(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, document: Path, until: dt.datetime, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """The registrar alone bars PARCEL from moving, to the end of the day UNTIL: once in the title's life."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given = (bureau.offices.title(parcel).id, _end_s(until), document_hash(document))
    registrar, purpose = bureau.signer(account, "registrar"), f"bar {parcel}"
    bureau.offices.send(registrar, bureau.offices.register, "caveat", *given, purpose=purpose)
    click.echo(f"{parcel} is barred until {until:%d %B %Y}.")


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("document", type=EXISTING)
@bureau_options
@concurring
def lift(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, document: Path, town: str,
    account: str | None, attest: bool,
) -> None:  # fmt: skip
    """Lifts the burden that DOCUMENT grounds, before its end."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given, purpose = (bureau.offices.title(parcel).id, document_hash(document)), f"lift a burden of {parcel}"
    done = bureau.concur(bureau.offices.register, "lift", *given, account=account, attest=attest, purpose=purpose)
    click.echo(f"The burden on {parcel} is {'lifted' if done else 'attested: now the registrar'}.")


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("document", type=EXISTING)
@bureau_options
def sweep(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, document: Path, town: str, account: str | None
) -> None:
    """Anyone clears away the burden that DOCUMENT grounds, once its time is over."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given = (bureau.offices.title(parcel).id, document_hash(document))
    bureau.offices.send(bureau.signer(account), bureau.offices.register, "sweep", *given, purpose="clear a burden away")
    click.echo(f"The burden on {parcel} is cleared away.")


def _end_s(day: dt.datetime | None) -> int:
    return int(day.replace(tzinfo=dt.UTC).timestamp()) + DAY_S - 1 if day is not None else 0
