"""Tells how far apart METERS are and how strong their installations, and which bounds of the law they exceed.

METERS is the organiser's list (CSV: meter, id, member, kind; kw, longitude, latitude, commune, public):
docs/energy.md. Nothing is sent, and no place leaves this machine. What is said are warnings, each with its
article: the grid operator and the minister decide. Exits with 1 where there is any.

\b
Example:
  ape run energy perimeter meters.csv
"""

from pathlib import Path

import click

from beffroi.cli.command import PlainCommand
from beffroi.cli.options import EXISTING
from beffroi.flows.energy.metersfile import read_meters
from beffroi.flows.energy.perimeter import perimeter
from beffroi.plain import plain


@click.command(cls=PlainCommand, help=__doc__)
@click.argument("meters", type=EXISTING)
@click.option("--islands", is_flag=True, help="On a grid that no other reaches: 0.5 MW, no wider distance.")
@click.option("--one-building", is_flag=True, help="All of it in one building: nothing is bounded.")
@click.option("--one-epci", is_flag=True, help="All of it within an EPCI that takes part, or whose commune does.")
@click.pass_context
def cli(context: click.Context, *, meters: Path, islands: bool, one_building: bool, one_epci: bool) -> None:
    zone = "islands" if islands else "mainland"
    found = perimeter(read_meters(meters), zone=zone, one_building=one_building, one_epci=one_epci)
    if found.farthest is not None:
        click.echo(plain(f"{found.distance_m:,} m from {found.farthest[0]} to {found.farthest[1]}, the farthest."))
    click.echo(f"{found.power_kw:,} kW of installations.")
    for said in found.warnings:
        click.secho(plain(said), fg="yellow")
    context.exit(1 if found.warnings else 0)
