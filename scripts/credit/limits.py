"""Sets the limits of the members listed in FILE.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  account   the member's address, once in the file
  floor     the most that she may owe: 100.00, or whole minutes
  ceiling   the most that she may be owed

Who has these limits already is left alone; setting them starts growth anew. A limit below
what a member owes or is owed keeps her from going further, and no more: such lines are
named. A run that was interrupted is started again with the same file.

\b
Example:
  ape run credit limits season.csv --account treasurer --network …
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
from beffroi.credit.creditlimits import CreditLimits, compare_limits, set_limits
from beffroi.csvfile import Column, CsvError


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
    columns = [
        Column("account", csvfile.address, unique=True),
        Column("floor", bureau.limit),
        Column("ceiling", bureau.limit),
    ]
    rows = csvfile.read(file, columns)
    treasurer = None if check else bureau.signer(account, "treasurer", resumes=True)
    listed = [CreditLimits(row["account"], row["floor"], row["ceiling"]) for row in rows]
    plan = compare_limits(bureau.circle, listed)
    if plan.conflicts:
        raise CsvError(file, [f"line {rows[place].line}: {why}" for place, why in plan.conflicts.items()])
    for line in plan.cut:
        console.print(f"{line.member} is beyond these limits: she goes no further, and may come back")
    console.print(f"{len(listed)} listed, {len(plan.already)} have these limits, {len(plan.to_set)} to set")
    if treasurer is None or not plan.to_set:
        return
    with progress_bar(console, "setting", len(plan.to_set)) as progress:
        outcomes = set_limits(bureau.circle, treasurer, plan.to_set, progress)
    require_done(outcomes)
    console.print(f"{len(plan.to_set)} limits set in {len(outcomes)} transactions")
