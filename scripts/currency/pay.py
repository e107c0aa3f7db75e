"""Pays the payments listed in FILE from the signer's account.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  account     the payee's address
  amount      1234.50 or 1 234,50; two decimals at most
  reference   invoice, till receipt, tax: any text; its hash goes on chain

What the chain shows as paid, to the same payee, the same amount under the same
reference, is not paid again: an interrupted run is started again with the same file.

\b
Example:
  ape run currency pay invoices.csv --account shop --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand
from rich.console import Console

from beffroi import csvfile
from beffroi.csvfile import Column, CsvError
from beffroi.currency import paying
from beffroi.currency.issuing import reference
from beffroi.currency.paying import Payment
from beffroi.office import at_work, euros, office_options, progress_bar, require_done

COLUMNS = [
    Column("account", csvfile.address),
    Column("amount", csvfile.amount_cents),
    Column("reference", csvfile.words, unique=True),
]


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@office_options
@click.option("--check", is_flag=True, help="Only say what would be done.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None, check: bool
) -> None:
    console = Console()
    with at_work(town, provider, ecosystem) as office:
        rows = csvfile.read(file, COLUMNS)
        payments = [Payment(row["account"], row["amount"], reference(row["reference"])) for row in rows]
        payer = office.signer(account)
        found = paying.compare(office.rpc, office.currency, payer.address, payments, first=office.start_block)
        if found.conflicts:
            raise CsvError(file, [f"line {rows[place].line}: {why}" for place, why in found.conflicts.items()])
        left = sum(it.amount_cents for it in found.to_pay)
        console.print(f"{len(payments)} listed, {len(found.already)} paid; {euros(left)} in {len(found.to_pay)} to pay")
        has = office.currency.read(office.rpc, "balanceOf", payer.address)
        if has < left:
            raise click.ClickException(f"{payer.address} has {euros(has)}, {euros(left - has)} too little")
        if check or not found.to_pay:
            return
        with progress_bar(console, "paying", len(found.to_pay)) as progress:
            outcomes = paying.pay(office.rpc, office.currency, payer, found.to_pay, progress)
        require_done(outcomes)
        console.print(f"{euros(left)} paid in {len(outcomes)} payments")
