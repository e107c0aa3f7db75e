"""Settles the period of the public FILE once its window is over: applies its lines; anyone may, for a week.

Each debit is charged up to the member's balance and cap, and the organiser carries the rest. A contested debit is held
for the arbiter. What is settled already is told, and not done twice.

\b
Example:
  ape run energy settle june.json.gz --account anyone --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, show_settled
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.flows.energy.publicfile import read_public


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    published = read_public(file)
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms = bureau.clearings.terms(published.period.op)
    lines, sent = bureau.acts.settle(bureau.signer(account, resumes=True), terms, published.lines)
    show_settled(lines)
    click.echo(f"Period {published.period.period} {'is settled' if sent else 'was settled already'}.")
