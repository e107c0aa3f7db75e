"""Tells where MEMBER stands in a circle, and every change of her balance.

The lines are computed from the circle's events, under whatever keys she had, and compared
with the balance on chain.

\b
Example:
  ape run credit statement 0x… --csv marc.csv --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console
from rich.table import Table

from beffroi import spreadsheet
from beffroi.cli.connected import TownCommand
from beffroi.cli.credit import CreditBureau, circle_option
from beffroi.cli.options import ACCOUNT, FILE, town_option
from beffroi.credit.creditstatement import credit_statement


@click.command(cls=TownCommand, help=__doc__)
@click.argument("member", type=ACCOUNT)
@town_option
@circle_option
@click.option("--csv", "csv_path", type=FILE, help="Write it as CSV too.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, member: str, town: str, circle: str | None,
    csv_path: Path | None,
) -> None:  # fmt: skip
    console = Console()
    bureau = CreditBureau.open(town, provider, ecosystem, circle=circle)
    now, lines = bureau.circle.standing(member), credit_statement(bureau.circle, member)
    header = ["block", "nature", "with", "change", "balance", "reference"]
    rows = [
        [str(it.block), it.nature, it.other, bureau.shown(it.change), bureau.shown(it.balance), f"0x{it.ref.hex()}"]
        for it in lines
    ]
    written = [
        [it.block, it.nature, it.other, bureau.written(it.change), bureau.written(it.balance), f"0x{it.ref.hex()}"]
        for it in lines
    ]
    table = Table(*header)
    for row in rows:
        table.add_row(*row)
    console.print(table)
    console.print(f"{member} {bureau.owing(now.balance)}; {now.standing.name.lower()}")
    console.print(f"may owe {bureau.shown(now.most_debt)}, and be owed {bureau.shown(now.ceiling)}")
    console.print(f"earned {bureau.shown(now.earned)}; vouched for {bureau.shown(now.vouched_for)}")
    if csv_path:
        spreadsheet.write(csv_path, header, written)
