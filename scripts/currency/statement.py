"""What the money did: the town's figures, or the statement of an account with --of.

\b
The town's: supply, reserve, what is owed, the reserve ratio, issued, redeemed, paid,
active accounts, and velocity (how often a unit was paid in a year).
An account's: every movement with its reference and the balance after it. Both are
computed from events and compared with the books on chain.

\b
Examples:
  ape run currency statement --network …
  ape run currency statement --of 0x… --since 2026-01-01 --until 2026-07-01 --csv out.csv --network …
"""

import datetime as dt
import json
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console
from rich.table import Table

from beffroi import spreadsheet
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import ACCOUNT, DAY, FILE, currency_option, seconds, town_option
from beffroi.currency import export
from beffroi.currency.movements import last_block_before, movements
from beffroi.currency.statement import figures, statement


@click.command(cls=TownCommand, help=__doc__)
@town_option
@currency_option
@click.option("--of", "holder", type=ACCOUNT, help="An account's address; without it, the town.")
@click.option("--since", type=DAY, help="First day, UTC; the town's first by default.")
@click.option("--until", type=DAY, help="The day after the last, UTC; now by default.")
@click.option("--csv", "csv_path", type=FILE, help="Write it as CSV too.")
@click.option("--french", is_flag=True, help="The CSV as a French Excel opens it: ; between fields, a decimal comma.")
@click.option("--json", "json_path", type=FILE, help="Write it as JSON too.")
def cli(
    *,
    provider: ProviderAPI,
    ecosystem: EcosystemAPI,
    town: str,
    currency: str | None,
    holder: str | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    csv_path: Path | None,
    french: bool,
    json_path: Path | None,
) -> None:
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    first, last = _period(bureau, since, until)
    if holder is None:
        header, rows = export.of_figures(figures(bureau.rpc, bureau.currency, bureau.residents, first, last))
    else:
        moved = movements(bureau.rpc, bureau.currency, bureau.residents, first, last)
        header, rows = export.of_lines(statement(bureau.rpc, bureau.currency, moved, holder, first, last), holder)
    table = Table(*header)
    for row in rows:
        table.add_row(*map(str, row))
    Console().print(table)
    if csv_path:
        spreadsheet.write(csv_path, header, rows, spreadsheet.FRENCH_EXCEL if french else spreadsheet.PLAIN)
    if json_path:
        json_path.write_text(json.dumps([dict(zip(header, row, strict=True)) for row in rows], indent=2) + "\n")


def _period(bureau: CurrencyBureau, since: dt.datetime | None, until: dt.datetime | None) -> tuple[int, int]:
    first, last = bureau.start_block, int(bureau.rpc.call("eth_blockNumber"), 16)
    if since:
        first = max(first, last_block_before(bureau.rpc, seconds(since), first) + 1)
    if until:
        last = last_block_before(bureau.rpc, seconds(until), first)
    if first > last:
        raise click.ClickException("no block of the town's lies in that period")
    return first, last
