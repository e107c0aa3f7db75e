"""Records that the euros of redemptions were paid. Without FILE, lists what is owed.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  redemption   its number
  amount       the euros that were transferred; must be what is owed
  reference    the bank transfer, as on the statement; each serves once

\b
Examples:
  ape run currency settle --network …
  ape run currency settle transfers.csv --account treasurer --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand
from rich.console import Console
from rich.table import Table

from beffroi import csvfile
from beffroi.csvfile import Column
from beffroi.currency import settling
from beffroi.currency.issuing import reference
from beffroi.currency.settling import Settlement
from beffroi.office import at_work, euros, office_options, progress_bar, require_done

COLUMNS = [
    Column("redemption", csvfile.number, unique=True),
    Column("amount", csvfile.amount_cents),
    Column("reference", csvfile.words, unique=True),
]


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@office_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path | None, town: str, account: str | None) -> None:
    console = Console()
    with at_work(town, provider, ecosystem) as office:
        if file is None:
            table = Table("redemption", "account", "euros")
            for number, holder, owed in settling.owed(office.rpc, office.currency):
                table.add_row(str(number), holder, euros(owed))
            console.print(table)
            return
        rows = csvfile.read(file, COLUMNS)
        listed = [Settlement(row["redemption"], row["amount"], reference(row["reference"])) for row in rows]
        found = settling.compare(office.rpc, office.currency, listed, first=office.start_block)
        if found.conflicts:
            problems = [f"line {rows[place].line}: {why}" for place, why in found.conflicts.items()]
            raise csvfile.CsvError(file, problems)
        console.print(f"{len(listed)} listed, {len(found.already)} settled, {len(found.to_settle)} to settle")
        with progress_bar(console, "settling", len(found.to_settle)) as progress:
            signer = office.signer(account, "treasurer")
            require_done(settling.settle(office.rpc, office.currency, signer, found.to_settle, progress))
