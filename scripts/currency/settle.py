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
from rich.console import Console
from rich.table import Table

from beffroi import amounts, csvfile
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import EXISTING, bureau_options, currency_option
from beffroi.cli.printing import progress_bar, require_done
from beffroi.csvfile import Column
from beffroi.currency import settling
from beffroi.currency.issuing import reference
from beffroi.currency.settling import Settlement
from beffroi.units import euros

COLUMNS = [
    Column("redemption", csvfile.number, unique=True),
    Column("amount", amounts.amount_cents),
    Column("reference", reference, unique=True),
]


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", required=False, type=EXISTING)
@bureau_options
@currency_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path | None, town: str, account: str | None,
    currency: str | None,
) -> None:  # fmt: skip
    console = Console()
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    if file is None:
        table = Table("redemption", "account", "euros", "reference")
        for it in settling.owed(bureau.rpc, bureau.currency, bureau.start_block):
            shown = "0x" + it.ref.hex() if any(it.ref) else ""
            table.add_row(str(it.redemption), it.account, euros(it.amount_cents), shown)
        console.print(table)
        return
    rows = csvfile.read(file, COLUMNS)
    listed = [Settlement(row["redemption"], row["amount"], row["reference"]) for row in rows]
    signer = bureau.signer(account, "treasurer", resumes=True)
    found = settling.compare(bureau.rpc, bureau.currency, listed, first=bureau.start_block)
    if found.conflicts:
        problems = [f"line {rows[place].line}: {why}" for place, why in found.conflicts.items()]
        raise csvfile.CsvError(file, problems)
    console.print(f"{len(listed)} listed, {len(found.already)} settled, {len(found.to_settle)} to settle")
    with progress_bar(console, "settling", len(found.to_settle)) as progress:
        require_done(settling.settle(bureau.rpc, bureau.currency, signer, found.to_settle, progress))
