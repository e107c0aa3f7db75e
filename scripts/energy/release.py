"""Gives members of OP back what is held for lines on which the arbiter did not rule in time; anyone may.

Those that the arbiter may still rule on are left; a run that was cut short does the rest when it is given again.

\b
Example:
  ape run energy release 0x… --account anyone --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau
from beffroi.cli.options import OPERATION, bureau_options
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, town: str, account: str | None) -> None:
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms, who, now_s = bureau.clearings.terms(op), bureau.signer(account, resumes=True), bureau.clearings.now_s()
    held = bureau.clearings.held(op)
    late = [it for it in held if it.rule_by_s < now_s]
    for line in late:
        bureau.acts.release(who, terms, line.period, line.member)
        click.echo(f"{line.member} has {euros(line.held_cents)} of period {line.period} again.")
    if not late:
        click.echo(f"Nothing to release: {len(held)} lines are held, and the arbiter may still rule on them.")
