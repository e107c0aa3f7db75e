"""Holds ROLL, as it was published, to what PROGRAMME sealed on the chain; anyone may.

\b
No key stands twice, indices are in the order of keys, one rule made it; its sum is what was announced
and its root what was sealed, so that each line is this programme's. And there is the money, or how
much of it is missing. Exits with 1 where something is not so.

\b
Example:
  ape run programme check 0x… food.csv --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, town_option
from beffroi.cli.programme import PROGRAMME, ProgrammeBureau, worth
from beffroi.programmes.programmeroll import read_roll


@click.command(cls=TownCommand, help=__doc__)
@click.argument("programme", type=PROGRAMME)
@click.argument("roll_path", metavar="ROLL", type=EXISTING)
@town_option
@click.pass_context
def cli(
    context: click.Context, *, provider: ProviderAPI, ecosystem: EcosystemAPI, programme: bytes, roll_path: Path,
    town: str,
) -> None:  # fmt: skip
    book = ProgrammeBureau.open(town, provider, ecosystem).book
    terms, roll = book.terms(programme), read_roll(roll_path, programme)
    roll.require(terms.sealed)
    click.echo(f"True: {len(roll.entries)} keys, {worth(terms, roll.total)} a period, as sealed by {terms.sponsor}.")
    missing = book.standing(programme).missing if terms.unit_cents else 0
    if missing:
        click.secho(f"NOT funded: {worth(terms, missing)} are missing, and nobody spends before.", fg="red")
    context.exit(1 if missing else 0)
