"""Leaves OP: takes all of a member's balance, and mandates nothing any more.

What is held of a contested line stays until the arbiter has ruled, or was silent; then `energy take` takes it. A line
that was stated of who leaves is the organiser's to carry. Meters end by `energy remove`.

\b
Example:
  ape run energy leave 0x… --account ada --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, member_option
from beffroi.cli.options import OPERATION, bureau_options
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@member_option
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, member: str | None, town: str, account: str | None
) -> None:
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms, who = bureau.clearings.terms(op), bureau.signer(account)
    named = member or str(who.address)
    before = bureau.clearings.account(op, named)
    bureau.acts.leave(who, terms, named)
    held = f" {euros(before.held_cents)} are held until the arbiter has ruled." if before.held_cents else ""
    click.echo(f"{named} has left, with {euros(before.balance_cents)}.{held}")
