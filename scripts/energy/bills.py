"""Tells what each would pay or be paid by RULES, of what METERS and READINGS say; sends nothing, needs no chain.

RULES is YAML, METERS the organiser's list, READINGS one or several CSV files: docs/energy.md shows each.
A step without a reading counts zero, and is told. Under another key than the default one, --parts tells
each consumer's part; no stranger verifies those shares. With --csv each item is written as a line too.

\b
Example:
  ape run energy bills rules.yaml meters.csv october.csv --from 2026-10-01 --until 2026-11-01 --minutes 30 \
    --organiser 0x…
"""

from datetime import datetime
from pathlib import Path

import click

from beffroi.cli.command import PlainCommand
from beffroi.cli.energybills import tell_bills, tell_shared, write_bills
from beffroi.cli.options import ACCOUNT, DAY, EXISTING, FILE
from beffroi.errors import InputError
from beffroi.flows.energy.bills import bills
from beffroi.flows.energy.clockdays import days_clock
from beffroi.flows.energy.curves import STEPS_S
from beffroi.flows.energy.energyrules import slots
from beffroi.flows.energy.gathering import gather_files
from beffroi.flows.energy.metersfile import read_meters
from beffroi.flows.energy.partsfile import read_parts
from beffroi.flows.energy.rulesfile import read_rules
from beffroi.flows.energy.sharekeys import KEYS_TOLD, allocated_by
from beffroi.plain import plain
from beffroi.units import MINUTE_S

MINUTES = click.Choice([str(step_s // MINUTE_S) for step_s in STEPS_S])


@click.command(cls=PlainCommand, help=__doc__)
@click.argument("rules_path", metavar="RULES", type=EXISTING)
@click.argument("meters_path", metavar="METERS", type=EXISTING)
@click.argument("readings", type=EXISTING, nargs=-1, required=True)
@click.option("--from", "first", type=DAY, required=True, help="The first day, by the rules' clock.")
@click.option("--until", "end", type=DAY, required=True, help="The day after the last.")
@click.option("--minutes", type=MINUTES, default="60", show_default=True, help="Of a step.")
@click.option("--organiser", type=ACCOUNT, required=True, help="Who gets what goes to nobody else.")
@click.option("--parts", type=EXISTING, help="Each consumer's part, unless the key is the default one.")
@click.option("--csv", "table", type=FILE, help="Write each item there as well.")
def cli(
    *, rules_path: Path, meters_path: Path, readings: tuple[Path, ...], first: datetime, end: datetime, minutes: str,
    organiser: str, parts: Path | None, table: Path | None,
) -> None:  # fmt: skip
    rules, meters = read_rules(rules_path), read_meters(meters_path)
    if (rules.key == "default") != (parts is None):
        told = "takes no --parts" if parts else "takes --parts, a file of each consumer's part"
        raise InputError(f"the {rules.key} key {told}: {KEYS_TOLD[rules.key]}")
    gathered = gather_files(readings, meters, days_clock(first.date(), end.date(), rules.timezone, int(minutes) * 60))
    for said in gathered.told:
        click.secho(plain(said), fg="yellow")
    curves = gathered.curves
    told_parts = read_parts(parts, rules.key, meters, curves) if parts else ()
    shares = allocated_by(rules.key, curves, slots(rules, curves), len(rules.slots), told_parts)
    tell_shared(curves)
    click.echo(f"Shared {KEYS_TOLD[rules.key]}.")
    found = bills(rules, shares, organiser)
    tell_bills(rules, found)
    if table is not None:
        write_bills(table, rules, found)
