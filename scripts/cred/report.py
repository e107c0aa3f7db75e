"""Prints what is known of mandate NUMBER, and exports it: promises, rounds, turnout, and the capital over time.

\b
Example:
  ape run cred report 1 --csv promises.csv --json mandate.json --svg mandate.svg --network …
"""

import json
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from beffroi import spreadsheet
from beffroi.cli.connected import TownCommand
from beffroi.cli.credibility import CredBureau
from beffroi.cli.options import FILE, town_option
from beffroi.credibility import chart, report


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@town_option
@click.option("--csv", "csv_path", type=FILE, help="The promises, as a table.")
@click.option("--json", "json_path", type=FILE, help="Everything.")
@click.option("--svg", "svg_path", type=FILE, help="The picture.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, csv_path: Path | None,
    json_path: Path | None, svg_path: Path | None,
) -> None:  # fmt: skip
    bureau = CredBureau.open(town, provider, ecosystem)
    history = bureau.history(number)
    console = Console()
    console.print("As this node shows it:", "")
    for header, rows in (report.of_promises(history), report.of_rounds(history), report.of_curve(history)):
        table = Table(*header, box=None, padding=(0, 1))
        for row in rows:
            table.add_row(*map(escape, row))
        console.print(table, "")
    frozen = f" {history.frozen:,} of what is left is frozen: nobody judged it, or too few." if history.frozen else ""
    click.echo(f"{history.capital:,} of {history.supply:,} Cred left, {history.burnt:,} burnt.{frozen}")
    if csv_path:
        spreadsheet.write(csv_path, *report.of_promises(history))
    if json_path:
        json_path.write_text(json.dumps(report.as_json(history), indent=2) + "\n", encoding="utf-8")
    if svg_path:
        svg_path.write_text(chart.draw(history, f"Mandate {number}"), encoding="utf-8")
