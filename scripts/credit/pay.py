"""Pays the payments listed in FILE in credit, from the signer's account.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  account     the payee's address
  amount      1234.50 or 1 234,50; whole minutes in a circle of time
  reference   invoice, till receipt: any text; its hash goes on chain

A line pays once: the contract itself refuses the same payee, amount and reference a
second time. A run that was interrupted is started again with the same file.

\b
Example:
  ape run credit pay invoices.csv --account shop --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi import csvfile
from beffroi.cli.connected import TownCommand
from beffroi.cli.credit import CreditBureau, circle_option
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.cli.printing import progress_bar, require_done
from beffroi.credit.creditpaying import CreditPayment, compare_credit_payments, pay_in_credit
from beffroi.csvfile import Column, CsvError
from beffroi.currency.issuing import reference


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@bureau_options
@circle_option
@click.option("--check", is_flag=True, help="Only say what would be done.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None, circle: str | None,
    check: bool,
) -> None:  # fmt: skip
    console = Console()
    bureau = CreditBureau.open(town, provider, ecosystem, circle=circle)
    columns = [Column("account", csvfile.address), Column("amount", bureau.amount), Column("reference", reference)]
    rows = csvfile.read(file, columns)
    payer = bureau.signer(account, resumes=True)
    listed = [CreditPayment(row["account"], row["amount"], row["reference"]) for row in rows]
    found = compare_credit_payments(bureau.circle, str(payer.address), listed)
    if found.conflicts:
        raise CsvError(file, [f"line {rows[place].line}: {why}" for place, why in found.conflicts.items()])
    left, now = sum(it.amount for it in found.to_pay), bureau.circle.standing(str(payer.address))
    console.print(f"{len(listed)} listed, {len(found.already)} paid; {bureau.shown(left)} to pay")
    if (has := max(now.balance + now.most_debt, 0)) < left:
        raise click.ClickException(
            f"{payer.address} may pay {bureau.shown(has)}, {bureau.shown(left - has)} too little"
        )
    if check or not found.to_pay:
        return
    with progress_bar(console, "paying", len(found.to_pay)) as progress:
        outcomes = pay_in_credit(bureau.circle, payer, found.to_pay, progress)
    require_done(outcomes)
    console.print(f"{bureau.shown(left)} paid in {len(outcomes)} payments")
