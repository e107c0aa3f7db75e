"""Issues money to the accounts listed in FILE, against the attested reserve.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  account   the address, once in the file
  amount    1234.50 or 1 234,50; two decimals at most

REFERENCE names the euros that were received, as on the bank statement. It serves
once: the same file with the same reference is never issued twice, and a run that was
interrupted is started again with both. A file that changed in between is refused.

\b
Example:
  ape run currency issue grants.csv "transfer 2026-11-03 no. 4711" --account treasurer --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi import csvfile
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import EXISTING, bureau_options, currency_option
from beffroi.cli.printing import progress_bar, require_done
from beffroi.csvfile import Column
from beffroi.currency import issuing
from beffroi.currency.issuing import Grant
from beffroi.units import euros

COLUMNS = [Column("account", csvfile.address, unique=True), Column("amount", csvfile.amount_cents)]


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@click.argument("reference")
@bureau_options
@currency_option
@click.option("--check", is_flag=True, help="Only say what would be done.")
def cli(
    *,
    provider: ProviderAPI,
    ecosystem: EcosystemAPI,
    file: Path,
    reference: str,
    town: str,
    account: str | None,
    currency: str | None,
    check: bool,
) -> None:
    console = Console()
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    grants = [Grant(row["account"], row["amount"]) for row in csvfile.read(file, COLUMNS)]
    found = issuing.compare(bureau.rpc, bureau.currency, grants, issuing.reference(reference), first=bureau.start_block)
    left = sum(part.amount_cents for part in found.to_issue)
    count = sum(len(part.grants) for part in found.to_issue)
    total = sum(it.amount_cents for it in grants)
    console.print(f"{euros(total)} to {len(grants)} accounts; {euros(left)} to {count} are left to issue")
    if check or not count:
        return
    with progress_bar(console, "issuing", count) as progress:
        outcomes = issuing.issue(
            bureau.rpc, bureau.currency, bureau.signer(account, "treasurer"), found.to_issue, progress
        )
    require_done(outcomes)
    gas = sum(it.gas_used for it in outcomes)
    console.print(f"{euros(left)} issued in {len(outcomes)} transactions, {gas:,} gas")
