"""Verifies the public FILE of a period from the chain alone, as anyone may: totals, sums, allocations, bills.

\b
All is computed anew: that each commitment is the one that its meter's agent made, that they add up to
the totals and the allocations, that the lines are what the rules make of these, and that what was stated
is this file. With --own, one's own month (the file that a meter's agent gave): that each step is one's
own reading. Whose operation it is, and where its last statement stands, is told first: a stranger's may
be true as well. Ends with 1 where anything is false, and says which call refutes it (`energy refute`).
Meters without a column are noted, and nothing false: a stranger's is left out rightly, a neighbour's contested.

\b
Example:
  ape run energy verify june.json.gz --own mine.json --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, findings_of, own_option, show_findings
from beffroi.cli.options import EXISTING, town_option
from beffroi.flows.clearing import StatementStatus
from beffroi.flows.energy.publicfile import read_public


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@own_option
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, own: tuple[Path, ...], town: str) -> None:
    published = read_public(file)
    bureau, period = EnergyBureau.open(town, provider, ecosystem), published.period
    with Console().status("verifying the file"):
        statement, findings = findings_of(bureau, published, own)
    bureau.show(bureau.clearings.found(period.op))
    if show_findings(findings):
        raise click.exceptions.Exit(1)
    now = bureau.clearings.standing(period.op)
    if now.number == statement.number and now.status in {StatementStatus.VOID, StatementStatus.DEAD}:
        click.secho("What was stated is void or dead: nobody owes anything by it.", fg="yellow")
    cells = len(period.columns) * period.steps
    click.echo(
        f"True: statement {statement.number} of period {period.period}, {cells:,} readings, {statement.n} lines."
    )
