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
from ape.cli import ConnectedProviderCommand
from rich.console import Console
from rich.table import Table

from beffroi import csvfile
from beffroi.currency import export
from beffroi.currency.movements import last_block_before, movements
from beffroi.currency.statement import figures, statement
from beffroi.office import Office, at_work, office_options

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@office_options
@click.option("--of", "holder", help="An account's address; without it, the town.")
@click.option("--since", type=DAY, help="First day, UTC; the town's first by default.")
@click.option("--until", type=DAY, help="The day after the last, UTC; now by default.")
@click.option("--csv", "csv_path", type=click.Path(dir_okay=False, path_type=Path), help="Write it as CSV too.")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Write it as JSON too.")
def cli(
    *,
    provider: ProviderAPI,
    ecosystem: EcosystemAPI,
    town: str,
    account: str | None,
    holder: str | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    csv_path: Path | None,
    json_path: Path | None,
) -> None:
    del account  # nothing is signed
    with at_work(town, provider, ecosystem) as office:
        first, last = _period(office, since, until)
        if holder is None:
            header, rows = export.of_figures(figures(office.rpc, office.currency, office.residents, first, last))
        else:
            try:
                owner = csvfile.address(holder)
            except ValueError as error:
                raise click.BadParameter(str(error), param_hint="--of") from error
            moved = movements(office.rpc, office.currency, office.residents, first, last)
            header, rows = export.of_lines(statement(office.rpc, office.currency, moved, owner, first, last), owner)
    table = Table(*header)
    for row in rows:
        table.add_row(*map(str, row))
    Console().print(table)
    if csv_path:
        csvfile.write(csv_path, header, rows)
    if json_path:
        json_path.write_text(json.dumps([dict(zip(header, row, strict=True)) for row in rows], indent=2) + "\n")


def _period(office: Office, since: dt.datetime | None, until: dt.datetime | None) -> tuple[int, int]:
    first, last = office.start_block, int(office.rpc.call("eth_blockNumber"), 16)
    if since:
        first = max(first, last_block_before(office.rpc, _seconds(since), first) + 1)
    if until:
        last = last_block_before(office.rpc, _seconds(until), first)
    if first > last:
        raise click.ClickException("no block of the town's lies in that period")
    return first, last


def _seconds(day: dt.datetime) -> int:
    return int(day.replace(tzinfo=dt.UTC).timestamp())
