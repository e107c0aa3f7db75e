"""The organiser states the period of the public FILE: what each member owes, until they contest or it is settled.

\b
FILE is verified first as any stranger will (`energy verify`): nothing is stated that somebody would
refute, and once it is stated, an agent that committed anew meanwhile is told of. --uri is where it is
published. What is stated already is not stated twice; another statement of the operation must be
settled, void or dead before.

\b
Example:
  ape run energy state june.json.gz --uri https://rue-du-soleil.example/june.json.gz --account organiser --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, require_nothing_false, show_remarks, workers
from beffroi.cli.facts import moment
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.flows.energy.publicfile import read_public
from beffroi.flows.energy.verifyperiod import remarks, verify_period
from beffroi.flows.periodonchain import period_on_chain, require_still_committed


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@click.option("--uri", required=True, help="Where FILE is published.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, uri: str, town: str, account: str | None
) -> None:
    published = read_public(file)
    bureau, period = EnergyBureau.open(town, provider, ecosystem), published.period
    terms = bureau.clearings.terms(period.op)
    roots = period.header.root, period.totals_tree.root
    drawn = bureau.acts.next_statement(terms, period.period, published.lines, *roots, uri)
    there = period_on_chain(bureau.clearings, bureau.meters, published, drawn)
    with Console().status("verifying the file"), workers(len(period.columns) * period.steps) as executor:
        found = verify_period(published, there, executor)
    show_remarks(remarks(period, there))
    require_nothing_false(found)
    sent = bureau.acts.state(bureau.signer(account, resumes=True), terms, drawn)
    now = period_on_chain(bureau.clearings, bureau.meters, published, drawn)
    require_still_committed(there, now, published)
    until = moment(bureau.clearings.standing(terms.op).due_at_s)
    click.echo(
        f"Period {period.period} {'is stated' if sent else 'was stated already'}: members contest until {until}."
    )
