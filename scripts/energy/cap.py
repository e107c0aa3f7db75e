"""Sets the most that a period may debit of a member of OP, in euros; 0 mandates nothing.

The cap in force when a period is settled counts: lowered while a period is contested, it leaves the rest of the bill to
the organiser, who may well ask for it elsewhere. Raised, it counts from the next statement on, and leaves all of a bill
that waits to the organiser: raise it between two.

\b
Example:
  ape run energy cap 0x… 25.00 --account ada --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, member_option
from beffroi.cli.options import AMOUNT_OR_NOTHING, OPERATION, bureau_options
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@click.argument("cap_cents", metavar="CAP", type=AMOUNT_OR_NOTHING)
@member_option
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, cap_cents: int, member: str | None, town: str,
    account: str | None,
) -> None:  # fmt: skip
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms, who = bureau.clearings.terms(op), bureau.signer(account)
    bureau.acts.set_cap(who, terms, member or str(who.address), cap_cents)
    click.echo(f"A period debits {euros(cap_cents)} at most.")
