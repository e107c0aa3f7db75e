"""Writes what merchants took in PROGRAMME, by period, as CSV; anyone may.

\b
A line a merchant and period: units spent, units given back in it, and what is left of that in euros.
What was given back after the end stands in a period `after`. The sums are held to what the contract
counts. No line tells of a holder.

\b
Example:
  ape run programme report 0x… food-report.csv --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import FILE, town_option
from beffroi.cli.programme import PROGRAMME, ProgrammeBureau, worth
from beffroi.programmes.programmereport import write_report


@click.command(cls=TownCommand, help=__doc__)
@click.argument("programme", type=PROGRAMME)
@click.argument("out", type=FILE)
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, programme: bytes, out: Path, town: str) -> None:
    book = ProgrammeBureau.open(town, provider, ecosystem).book
    terms, lines, now = book.terms(programme), book.report(programme), book.standing(programme)
    write_report(out, terms, lines)
    click.echo(f"{len(lines)} lines in {out}")
    click.echo(f"  funded    {worth(terms, now.funded)}")
    click.echo(f"  spent     {worth(terms, now.spent)}")
    click.echo(f"  refunded  {worth(terms, now.refunded)}")
    click.echo(f"  left      {worth(terms, now.left)}")
