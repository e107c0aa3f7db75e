"""Installs a meter in an operation: its member draws it up and signs, its agent posts.

\b
  draw    the member names her meter's agent, who commits to its readings: the organiser, or the grid operator
  post    the agent agrees by posting
A home with panels has two meters, one that draws and one that injects. The meter's name on chain is
drawn at random: never the number that the grid operator gave it.

\b
Example:
  ape run energy install draw 0x… meter.json --agent 0x… --kind draws --account ada --network …
  ape run energy install post meter.json --account agent --network …
"""

import datetime as dt
import secrets
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, member_option
from beffroi.cli.options import ACCOUNT, DAY, EXISTING, FILE, OPERATION, bureau_options, seconds
from beffroi.errors import InputError
from beffroi.flows.meterfile import KINDS, MeterFile
from beffroi.flows.meterslips import NewMeter
from beffroi.units import DAY_S

VALID_DAYS = 30


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("op", type=OPERATION)
@click.argument("file", type=FILE)
@click.option("--agent", type=ACCOUNT, required=True, help="Who commits to its readings.")
@click.option("--kind", type=click.Choice([*KINDS]), required=True, help="What it counts.")
@click.option("--since", type=DAY, help="From which day, UTC, it counts; today by default.")
@member_option
@bureau_options
def draw(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, file: Path, agent: str, kind: str,
    since: dt.datetime | None, member: str | None, town: str, account: str | None,
) -> None:  # fmt: skip
    """The member draws a meter of OP up and signs it, into FILE; sends nothing."""
    if file.exists():
        raise InputError(f"{file} exists: write into another file")
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms, who, now_s = bureau.clearings.terms(op), bureau.chosen(account, None), bureau.clearings.now_s()
    since_s = seconds(since) if since else now_s
    meter = NewMeter(member or str(who.address), secrets.token_bytes(32), agent, KINDS[kind], since_s)
    there = bureau.chain_id, bureau.meters.contract.address, op
    drawn = MeterFile(*there, meter, now_s + VALID_DAYS * DAY_S).signed(who, terms)
    drawn.write(file)
    click.echo(f"The meter 0x{drawn.id.hex()} awaits {agent}: `energy install post {file}` within {VALID_DAYS} days.")


@cli.command(cls=TownCommand)
@click.argument("file", type=EXISTING)
@bureau_options
def post(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    """The agent agrees to the meter in FILE, and installs it."""
    bureau = EnergyBureau.open(town, provider, ecosystem)
    drawn = MeterFile.read(file)
    bureau.require_meters_here(drawn)
    who = bureau.signer(account)
    if str(who.address) != drawn.meter.agent:
        raise InputError(f"the meter's agent is {drawn.meter.agent}: that account posts (--account), not {who.address}")
    bureau.meters.install(who, bureau.clearings.terms(drawn.op), drawn.meter, drawn.deadline_s, drawn.signature)
    click.echo(f"Installed: 0x{drawn.id.hex()}, {drawn.meter.member}")
    click.echo("In the list of meters that `energy commit` reads, these are its id and its member.")
