"""Settles a circle by one bank transfer: lists who pays and is paid, attests it, or enters it.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  account   the member's address, once in the file
  amount    what she is paid at the bank: 120.00, or -120.00 where she pays

Without REFERENCE, FILE is written, and none that is there: what would settle every balance.
The bank carries that out; the auditor attests the same FILE with --attest, and the treasurer
enters it. Lines sum to zero. A transfer is entered once: a run that was interrupted is started
again.

\b
Examples:
  ape run credit net june.csv --network …
  ape run credit net june.csv "transfer 2026-07-02" --attest --account auditor --network …
  ape run credit net june.csv "transfer 2026-07-02" --account treasurer --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi import csvfile, spreadsheet
from beffroi.cli.connected import TownCommand
from beffroi.cli.credit import CreditBureau, circle_option
from beffroi.cli.options import FILE, REFERENCE, bureau_options
from beffroi.credit.bankclearing import BankLine, attest_transfer, enter_transfer, open_balances, signed_cents
from beffroi.csvfile import Column
from beffroi.errors import InputError

COLUMNS = [Column("account", csvfile.address, unique=True), Column("amount", signed_cents)]


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=FILE)
@click.argument("bank_reference", metavar="[REFERENCE]", type=REFERENCE, required=False)
@bureau_options
@circle_option
@click.option("--attest", is_flag=True, help="The auditor's part: the bank did settle these lines.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, bank_reference: bytes | None, town: str,
    account: str | None, circle: str | None, attest: bool,
) -> None:  # fmt: skip
    if attest and bank_reference is None:
        raise click.UsageError("--attest is of a transfer: give the bank's REFERENCE, or FILE would be written anew")
    if bank_reference is None and file.exists():
        raise InputError(f"{file.name} is there already: give the bank's REFERENCE to enter it, or name another file")
    bureau = CreditBureau.open(town, provider, ecosystem, circle=circle)
    if bank_reference is None:
        lines = open_balances(bureau.circle)
        spreadsheet.write(file, ["account", "amount"], [[it.member, bureau.written(it.amount)] for it in lines])
        moved = sum(it.amount for it in lines if it.amount > 0)
        click.echo(f"{len(lines)} balances, in {file}: {bureau.shown(moved)} to move")
        return
    lines = [BankLine(row["account"], row["amount"]) for row in csvfile.read(file, COLUMNS)]
    if attest:
        auditor = bureau.signer(account, "auditor", resumes=True)
        done = attest_transfer(bureau.circle, auditor, bank_reference, lines)
    else:
        treasurer = bureau.signer(account, "treasurer", resumes=True)
        done = enter_transfer(bureau.circle, treasurer, bank_reference, lines)
    click.echo(f"{len(lines)} lines {'attested' if attest else 'entered'}" if done else "It is done already.")
