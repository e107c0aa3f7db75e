"""The organiser makes the public FILE of MONTH in OP, and what each member owes by the rules; sends nothing.

\b
--folder has what the agents wrote (`energy commit`), <month>/*.json; RULES are the operation's. FILE holds
no reading: commitments, totals of all, and what each meter was given or gave. It is not made where it
would tell too much of one home: for fewer than ten members who draw, where a home draws at few of the
steps that a slot shares (`energy commit --rules` counts them as zero), or where a file with other readings
of the month was published before: two such files tell what differs, so a correction is for a later month.
Put FILE where its address will stay, and state it: `energy state FILE --uri …`.

\b
Example:
  ape run energy publish 0x… 2026-06 rules.yaml june.json.gz --folder agent --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import MONTH, EnergyBureau, LocalMonth, workers
from beffroi.cli.options import EXISTING, FILE, FOLDER, OPERATION, town_option
from beffroi.errors import InputError
from beffroi.flows.agentfolder import curves_of, read_months
from beffroi.flows.energy.energyrules import slots
from beffroi.flows.energy.exposure import remarks, require_hidden
from beffroi.flows.energy.publicfile import PublicFile, write_public
from beffroi.flows.energy.rulesfile import read_rules
from beffroi.flows.energy.sealperiod import seal_period
from beffroi.flows.energy.verifyperiod import lines_of
from beffroi.flows.periodonchain import earlier_files
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@click.argument("month", type=MONTH)
@click.argument("rules_path", metavar="RULES", type=EXISTING)
@click.argument("file", type=FILE)
@click.option("--folder", type=FOLDER, required=True, help="Where the agents' files are.")
@click.option("--earlier", type=EXISTING, multiple=True, help="A file that was published of the same month before.")
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, month: LocalMonth, rules_path: Path, file: Path,
    folder: Path, earlier: tuple[Path, ...], town: str,
) -> None:  # fmt: skip
    rules, months = read_rules(rules_path), read_months(folder, op, month.period)
    bureau, console = EnergyBureau.open(town, provider, ecosystem), Console()
    terms = bureau.clearings.terms(op)
    if rules.rules_hash != terms.rules_hash:
        raise InputError(f"{rules_path.name} are not the rules that the operation's members signed")
    curves = curves_of(months)
    with console.status("sealing the period"), workers(len(months) * curves.steps) as executor:
        seeds = [it.seed for it in months]
        sealed = seal_period(op, month.period, curves, seeds, slots(rules, curves), len(rules.slots), executor)
    require_hidden(sealed, curves, earlier_files(bureau.clearings, sealed, earlier))
    for said in remarks(sealed):
        click.echo(said)
    lines = lines_of(rules, sealed, terms.organiser)
    size = write_public(file, PublicFile(sealed, rules.canonical(), lines))
    for line in lines:
        click.echo(f"  {line.member} {'owes' if line.amount_cents > 0 else 'is owed'} {euros(abs(line.amount_cents))}")
    click.echo(f"{file}: {size:,} bytes, {len(curves.consumers)} who draw, {len(curves.producers)} who inject.")
