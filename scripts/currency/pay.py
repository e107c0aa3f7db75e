"""Pays the payments listed in FILE from the signer's account.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  account     the payee's address
  amount      1234.50 or 1 234,50; two decimals at most
  reference   invoice, till receipt, tax: any text; its hash goes on chain

A reference pays once: the contract itself refuses a second payment under it. A run that
was interrupted is started again at once with the same file.

\b
Example:
  ape run currency pay invoices.csv --account shop --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi import amounts, csvfile
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import EXISTING, bureau_options, currency_option
from beffroi.cli.printing import progress_bar
from beffroi.csvfile import Column, CsvError
from beffroi.currency import paying, receiving
from beffroi.currency.paying import Payment
from beffroi.units import euros

COLUMNS = [
    Column("account", csvfile.address),
    Column("amount", amounts.amount_cents),
    Column("reference", paying.reference, unique=True),
]

START_AGAIN = "What is paid stays paid: correct this and run the same command again; no line is paid twice."


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@bureau_options
@currency_option
@click.option("--check", is_flag=True, help="Only say what would be done.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None,
    currency: str | None, check: bool,
) -> None:  # fmt: skip
    console = Console()
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    rows = csvfile.read(file, COLUMNS)
    payments = [Payment(row["account"], row["amount"], row["reference"]) for row in rows]
    payer = bureau.signer(account, resumes=True)
    found = paying.compare(bureau.rpc, bureau.currency, payer.address, payments, first=bureau.start_block)
    unable = receiving.unable(bureau.rpc, bureau.currency, [it.to for it in payments])
    problems = sorted([*found.conflicts.items(), *(it for it in unable.items() if payments[it[0]] in found.to_pay)])
    if problems:
        raise CsvError(file, [f"line {rows[place].line}: {why}" for place, why in problems])
    for ref, several in found.repeated.items():
        line = next((row.line for row in rows if row["reference"] == ref), None)
        where = f"line {line}" if line else f"reference 0x{ref.hex()}"
        console.print(f"{where} was paid {len(several)} times: {', '.join(euros(it.amount_cents) for it in several)}")
    left = sum(it.amount_cents for it in found.to_pay)
    console.print(f"{len(payments)} listed, {len(found.already)} paid; {euros(left)} in {len(found.to_pay)} to pay")
    has = bureau.currency.read(bureau.rpc, "balanceOf", payer.address)
    if has < left:
        raise click.ClickException(f"{payer.address} has {euros(has)}, {euros(left - has)} too little")
    if check or not found.to_pay:
        return
    with progress_bar(console, "paying", len(found.to_pay)) as progress:
        posted = paying.pay(bureau.rpc, bureau.currency, payer, found.to_pay, progress)
    lines = {payment.ref: row.line for payment, row in zip(payments, rows, strict=True)}
    refused = [f"line {lines[found.to_pay[place].ref]}: {why}" for place, why in posted.refused.items()]
    if refused:
        raise click.ClickException("\n".join(["not everything is paid:", *refused, START_AGAIN]))
    console.print(f"{euros(left)} paid in {len(found.to_pay)} payments")
