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
from ape.cli import ConnectedProviderCommand

from beffroi.land.desk import EXISTING, PARCEL, at_land_desk, document_hash
from beffroi.land.drafting import DAY_S
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from beffroi.office import office_options

STATUSES = ("none", "filed", "granted", "refused", "annulled")
DECISIONS = {"grant": "granted", "refuse": "refused", "annul": "annulled", "extend": "extended"}


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=ConnectedProviderCommand)
@click.option("--kind", type=int, help="Only this kind.")
@office_options
def rules(*, provider: ProviderAPI, ecosystem: EcosystemAPI, kind: int | None, town: str, account: str | None) -> None:
    """Puts the delays of the town's file in force, for permits filed from then on."""
    with at_land_desk(town, provider, ecosystem) as desk:
        chosen = [it for it in desk.section.permits if kind in (None, it.kind)]
        if not chosen:
            raise LandError("the town's file has no such kind of permit: add it to `land.permits`")
        for it in chosen:
            rule = (it.decide_days * DAY_S, it.validity_days * DAY_S, it.annul_days * DAY_S)
            purpose = f"the delays of permits of kind {it.kind}"
            if desk.clerk_acts(account, desk.offices.planning, "setPermitRule", it.kind, rule, purpose=purpose):
                click.echo(f"Permits of kind {it.kind}: {it.decide_days} days to decide.")


@cli.command("file", cls=ConnectedProviderCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("kind", type=int)
@click.argument("document", type=EXISTING)
@click.option("--on-paper", is_flag=True, help="The clerk records what was filed on paper.")
@office_options
def file_(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, kind: int, document: Path, on_paper: bool,
    town: str, account: str | None,
) -> None:  # fmt: skip
    """A holder of PARCEL files for a permit of KIND by DOCUMENT."""
    with at_land_desk(town, provider, ecosystem) as desk:
        planning, given = desk.offices.planning, (desk.offices.title(parcel).id, kind, document_hash(document))
        if on_paper:
            if not desk.clerk_acts(account, planning, "recordPermit", *given, purpose=f"record a permit on {parcel}"):
                return
        else:
            desk.offices.send(desk.signer(account), planning, "filePermit", *given, purpose=f"file for {parcel}")
        filed = list(planning.events(desk.offices.rpc, "PermitFiled", first=desk.offices.start_block))[-1]
        by = dt.datetime.fromtimestamp(filed.args["decideBy"], dt.UTC)
        click.echo(f"Permit {filed.args['permit']} is filed; silence grants it after {by:%d %B %Y}.")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("decision", type=click.Choice(list(DECISIONS)))
@click.argument("permit", type=int)
@click.argument("document", type=EXISTING)
@office_options
def decide(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, decision: str, permit: int, document: Path, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """The clerk grants, refuses or annuls PERMIT, or extends the delay once, by DOCUMENT."""
    with at_land_desk(town, provider, ecosystem) as desk:
        given, purpose = (permit, document_hash(document)), f"{decision} permit {permit}"
        if desk.clerk_acts(account, desk.offices.planning, f"{decision}Permit", *given, purpose=purpose):
            click.echo(f"Permit {permit} is {DECISIONS[decision]}.")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("permit", type=int)
@office_options
def show(
    *,
    provider: ProviderAPI,
    ecosystem: EcosystemAPI,
    permit: int,
    town: str,
    account: str | None,  # noqa: ARG001
) -> None:
    """Where PERMIT stands today."""
    with at_land_desk(town, provider, ecosystem) as desk:
        planning, rpc = desk.offices.planning, desk.offices.rpc
        title, kind, status, _, decide_by, *_ = planning.read(rpc, "permitOf", permit)
        if not status:
            raise LandError(f"there is no permit {permit}")
        allowed = planning.read(rpc, "isPermitted", permit)
        moment = dt.datetime.fromtimestamp(decide_by, dt.UTC)
        click.echo(
            f"Permit {permit}, kind {kind}, on {ParcelId.from_token_id(title)}: {STATUSES[status]}, {moment:%d %B %Y}."
        )
        click.echo("Building is allowed today." if allowed else "Building is not allowed today.")
