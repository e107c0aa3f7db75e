"""Permits tied to titles: filed by a holder or recorded by the clerk, decided, and granted by silence.

\b
Examples:
  ape run land permit rules deliberation.pdf --account clerk --network …
  ape run land permit file 59999000AB0001 2 request.pdf --account me --network …
  ape run land permit decide grant 1 order.pdf --account clerk --network …
  ape run land permit show 1 --network …

Where the clerk's acts must wait, the first run announces and the same command acts after the delay.
"""

import datetime as dt
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, document_hash
from beffroi.cli.options import EXISTING, PARCEL, bureau_options, town_option
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from beffroi.units import DAY_S

STATUSES = ("none", "filed", "granted", "refused", "annulled")
DECISIONS = {"grant": "granted", "refuse": "refused", "annul": "annulled", "extend": "extended"}


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.option("--kind", type=int, help="Only this kind.")
@bureau_options
def rules(*, provider: ProviderAPI, ecosystem: EcosystemAPI, kind: int | None, town: str, account: str | None) -> None:
    """Puts the delays of the town's file in force, for permits filed from then on."""
    bureau = LandBureau.open(town, provider, ecosystem)
    chosen = [it for it in bureau.section.permits if kind in (None, it.kind)]
    if not chosen:
        raise LandError("the town's file has no such kind of permit: add it to `land.permits`")
    for it in chosen:
        rule = (it.decide_days * DAY_S, it.validity_days * DAY_S, it.annul_days * DAY_S)
        purpose = f"the delays of permits of kind {it.kind}"
        if bureau.clerk_acts(account, bureau.offices.planning, "setPermitRule", it.kind, rule, purpose=purpose):
            click.echo(f"Permits of kind {it.kind}: {it.decide_days} days to decide.")


@cli.command("file", cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("kind", type=int)
@click.argument("document", type=EXISTING)
@click.option("--on-paper", is_flag=True, help="The clerk records what was filed on paper.")
@bureau_options
def file_(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, kind: int, document: Path, on_paper: bool,
    town: str, account: str | None,
) -> None:  # fmt: skip
    """A holder of PARCEL files for a permit of KIND by DOCUMENT."""
    bureau = LandBureau.open(town, provider, ecosystem)
    planning, given = bureau.offices.planning, (bureau.offices.title(parcel).id, kind, document_hash(document))
    if on_paper:
        if not bureau.clerk_acts(account, planning, "recordPermit", *given, purpose=f"record a permit on {parcel}"):
            return
    else:
        bureau.offices.send(bureau.signer(account), planning, "filePermit", *given, purpose=f"file for {parcel}")
    filed = list(planning.events(bureau.offices.rpc, "PermitFiled", first=bureau.offices.start_block))[-1]
    by = dt.datetime.fromtimestamp(filed.args["decideBy"], dt.UTC)
    click.echo(f"Permit {filed.args['permit']} is filed; silence grants it after {by:%d %B %Y}.")


@cli.command(cls=TownCommand)
@click.argument("decision", type=click.Choice(list(DECISIONS)))
@click.argument("permit", type=int)
@click.argument("document", type=EXISTING)
@bureau_options
def decide(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, decision: str, permit: int, document: Path, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """The clerk grants, refuses or annuls PERMIT, or extends the delay once, by DOCUMENT."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given, purpose = (permit, document_hash(document)), f"{decision} permit {permit}"
    if bureau.clerk_acts(account, bureau.offices.planning, f"{decision}Permit", *given, purpose=purpose):
        click.echo(f"Permit {permit} is {DECISIONS[decision]}.")


@cli.command(cls=TownCommand)
@click.argument("permit", type=int)
@town_option
def show(
    *,
    provider: ProviderAPI,
    ecosystem: EcosystemAPI,
    permit: int,
    town: str,
) -> None:
    """Where PERMIT stands today."""
    bureau = LandBureau.open(town, provider, ecosystem)
    planning, rpc = bureau.offices.planning, bureau.offices.rpc
    title, kind, status, _, decide_by, *_ = planning.read(rpc, "permitOf", permit)
    if not status:
        raise LandError(f"there is no permit {permit}")
    allowed = planning.read(rpc, "isPermitted", permit)
    moment = dt.datetime.fromtimestamp(decide_by, dt.UTC)
    click.echo(
        f"Permit {permit}, kind {kind}, on {ParcelId.from_token_id(title)}: {STATUSES[status]}, {moment:%d %B %Y}."
    )
    click.echo("Building is allowed today." if allowed else "Building is not allowed today.")
