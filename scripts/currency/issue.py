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

from beffroi import amounts, csvfile
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import EXISTING, REFERENCE, bureau_options, currency_option
from beffroi.cli.printing import progress_bar, require_done
from beffroi.csvfile import Column, CsvError
from beffroi.currency import issuing, receiving
from beffroi.currency.issuing import Grant
from beffroi.units import euros

COLUMNS = [Column("account", csvfile.address, unique=True), Column("amount", amounts.amount_cents)]


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@click.argument("receipt", metavar="REFERENCE", type=REFERENCE)
@bureau_options
@currency_option
@click.option("--check", is_flag=True, help="Only say what would be done.")
def cli(
    *,
    provider: ProviderAPI,
    ecosystem: EcosystemAPI,
    file: Path,
    receipt: bytes,
    town: str,
    account: str | None,
    currency: str | None,
    check: bool,
) -> None:
    console = Console()
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    rows = csvfile.read(file, COLUMNS)
    grants = [Grant(row["account"], row["amount"]) for row in rows]
    treasurer = None if check else bureau.signer(account, "treasurer", resumes=True)
    found = issuing.compare(bureau.rpc, bureau.currency, grants, receipt, first=bureau.start_block)
    unable = receiving.unable(bureau.rpc, bureau.currency, [it.account for it in grants])
    missing = {grant for part in found.to_issue for grant in part.grants}
    if problems := [f"line {rows[place].line}: {why}" for place, why in unable.items() if grants[place] in missing]:
        raise CsvError(file, problems)
    left = sum(part.amount_cents for part in found.to_issue)
    count = sum(len(part.grants) for part in found.to_issue)
    total = sum(it.amount_cents for it in grants)
    console.print(f"{euros(total)} to {len(grants)} accounts; {euros(left)} to {count} are left to issue")
    if treasurer is None or not count:
        return
    with progress_bar(console, "issuing", count) as progress:
        outcomes = issuing.issue(bureau.rpc, bureau.currency, treasurer, found.to_issue, progress)
    require_done(outcomes)
    gas = sum(it.gas_used for it in outcomes)
    console.print(f"{euros(left)} issued in {len(outcomes)} transactions, {gas:,} gas")
