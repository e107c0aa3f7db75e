"""Takes AMOUNT out of a member's balance in OP, to her account, at any time.

What is taken while a period is stated is missing when it is settled: the organiser carries that. Where her account may
not receive it (suspended, or gone) it waits: she says by a slip where it is to go.

\b
Example:
  ape run energy take 0x… 12.50 --account ada --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, member_option
from beffroi.cli.options import AMOUNT, OPERATION, bureau_options
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@click.argument("amount_cents", metavar="AMOUNT", type=AMOUNT)
@member_option
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, amount_cents: int, member: str | None, town: str,
    account: str | None,
) -> None:  # fmt: skip
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms, who = bureau.clearings.terms(op), bureau.signer(account)
    named = member or str(who.address)
    bureau.acts.take(who, terms, named, amount_cents)
    click.echo(f"{euros(amount_cents)} taken; {euros(bureau.clearings.account(op, named).balance_cents)} are left.")
