"""Planning zones: where the town may pre-empt a sale (C. urb. L211-1), and the titles that lie there.

\b
Examples:
  ape run land zone open deliberation.pdf --preempts --account clerk --network …
  ape run land zone place 1 59999000AB0001 59999000AB0002 --account clerk --network …

Where the clerk's acts must wait, the first run announces and the same command acts after the delay.
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, document_hash
from beffroi.cli.options import EXISTING, PARCEL, bureau_options
from beffroi.land.parcels import ParcelId
from beffroi.units import DAY_S


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command("open", cls=TownCommand)
@click.argument("document", type=EXISTING)
@click.option("--preempts", is_flag=True, help="The town may pre-empt there.")
@click.option("--answer-days", type=click.IntRange(1), help="To answer a declaration; by default, as the town's file.")
@bureau_options
def open_(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, document: Path, preempts: bool, answer_days: int | None,
    town: str, account: str | None,
) -> None:  # fmt: skip
    """Opens a zone by the deliberation DOCUMENT."""
    bureau = LandBureau.open(town, provider, ecosystem)
    answer_s = (answer_days or bureau.section.preemption_answer_days) * DAY_S if preempts else 0
    planning, given = bureau.offices.planning, (preempts, answer_s, document_hash(document))
    if bureau.clerk_acts(account, planning, "openZone", *given, purpose="open a zone"):
        opened = list(planning.events(bureau.offices.rpc, "ZoneOpened", first=bureau.offices.start_block))
        click.echo(f"Zone {opened[-1].args['zone']} is open.")


@cli.command(cls=TownCommand)
@click.argument("zone", type=int)
@click.argument("document", type=EXISTING)
@bureau_options
def close(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, zone: int, document: Path, town: str, account: str | None
) -> None:
    """Closes ZONE: it carries no right any more."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given = (zone, document_hash(document))
    if bureau.clerk_acts(account, bureau.offices.planning, "closeZone", *given, purpose=f"close zone {zone}"):
        click.echo(f"Zone {zone} is closed.")


@cli.command(cls=TownCommand)
@click.argument("zone", type=int)
@click.argument("parcel", type=PARCEL, nargs=-1, required=True)
@click.option("--out", is_flag=True, help="Take them out instead.")
@bureau_options
def place(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, zone: int, parcel: tuple[ParcelId, ...], out: bool, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """Places the titles on PARCEL… in ZONE."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given = (zone, [bureau.offices.title(it).id for it in parcel])
    function, words = ("takeOut", "taken out of") if out else ("place", "placed in")
    purpose = f"{len(parcel)} titles {words} zone {zone}"
    if bureau.clerk_acts(account, bureau.offices.planning, function, *given, purpose=purpose):
        click.echo(f"{len(parcel)} titles {words} zone {zone}.")
