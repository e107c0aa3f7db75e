"""Gathers a DAY of signed READINGS of a GROUP of SENSORS for SERIES: BATCH to be issued, KEPT for you; sends nothing.

\b
SENSORS is a CSV: sensor (the account of its key), group, holder (whose it is; none in a street).
READINGS is a CSV: sensor, at (unix seconds), value, signature: EIP-712, of the town's Attestations,
  Reading(string quantity,string unit,uint256 at,string value)
BATCH says the group, the day, how many readings, their root, their sum where they add up, and the
least and the most where the sensors are nobody's. A day is refused of which fewer than -k people
have most of their readings, and one that the series told already: the difference of two sums is one
person's. So every batch of the series is given --earlier. Missing readings are told; second ones of
a time, unsigned ones and those of strangers are refused. KEPT holds every reading: keep it as
people's own, and show each its own by `data reading`.

\b
Example:
  ape run data day 4:0x… meters.csv readings.csv 2026-03-01 "rue du Bac" day.json day.kept \\
      --quantity energy --unit kWh --every 900 --adds-up -k 10 --earlier dist/town --network …
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.opendata import warn
from beffroi.cli.options import DAY, EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau, print_schema_option, series_name
from beffroi.errors import InputError
from beffroi.records.openbatch import OpenBatch, read_open, seal_open, write_open
from beffroi.records.opendata import sensorsday
from beffroi.records.opendata.daystold import require_untold
from beffroi.records.opendata.folder import read_data
from beffroi.records.opendata.readings import read_readings
from beffroi.records.opendata.sensorsday import Measured, gather, read_sensors, write_kept
from beffroi.records.paperfile import hexed


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("sensors", type=EXISTING)
@click.argument("readings", type=EXISTING)
@click.argument("day", type=DAY)
@click.argument("group")
@click.argument("batch", type=FILE)
@click.argument("kept", type=FILE)
@click.option("--quantity", required=True, help="What was read, as sensors signed it.")
@click.option("--unit", required=True, help="Of the values, as sensors signed it.")
@click.option("--every", "every_s", type=click.IntRange(1), required=True, help="Seconds between two readings.")
@click.option("--adds-up", is_flag=True, help="Their sum means something: of energy, not of a temperature.")
@click.option("-k", default=10, show_default=True, help="The fewest people of whom a day is told.")
@click.option("--earlier", type=EXISTING, multiple=True, help="The series' batches before: a town's folder, or a file.")
@print_schema_option(sensorsday.DAY)
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, sensors: Path, readings: Path, day: dt.datetime,
    group: str, batch: Path, kept: Path, quantity: str, unit: str, every_s: int, adds_up: bool, k: int,
    earlier: tuple[Path, ...], town: str,
) -> None:  # fmt: skip
    if taken := [it for it in (batch, kept) if it.exists()]:
        raise InputError(f"{taken[0]} exists: gather into another file")
    name, attested = series_name(series), RecordsBureau.open(town, provider, ecosystem).attested
    if attested.definition(name.schema) != sensorsday.DAY:
        raise InputError(f"schema {name.schema} is not that of sensors' days: see --print-schema")
    measured = Measured(group, day.date(), quantity, unit, every_s, adds_up)
    before = [batch for path in earlier for batch in _batches(path)]
    require_untold(measured, [it.root for it in attested.batches(name)], before)
    told = read_readings(readings, attested.home.domain, quantity, unit)
    draft, gathered, missing = gather(measured, read_sensors(sensors), told, attested.home.domain, k)
    sealed = seal_open(attested.home, sensorsday.DAY, name.schema, name.issuer, attested.next_number(name), [draft])
    write_kept(kept, gathered)
    write_open(batch, sealed)
    warn(f"{it}." for it in missing)
    click.echo(f"{len(told)} readings under {hexed(sealed.root)}: issue {batch}, keep {kept}.")


def _batches(path: Path) -> Sequence[OpenBatch]:
    return read_data(path).batches if path.is_dir() else [read_open(path)]
