"""Joins OP as a member and pays AMOUNT in: one payment of the town's money that the signer signs and posts.

\b
--cap is the most that a period may debit, in euros: what a bill asks beyond it, the organiser
carries. A later payment with another --cap changes it. What is paid in stays the member's: `energy
take` gives it back at any time. The organiser pays in so too: it carries what members do not pay,
and without enough of it no period is settled; its own cap may be 0.

\b
Example:
  ape run energy join 0x… 50.00 --cap 30.00 --account ada --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, member_option
from beffroi.cli.options import AMOUNT, AMOUNT_OR_NOTHING, OPERATION, bureau_options
from beffroi.flows.clearingacts import deposit_salt
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@click.argument("amount_cents", metavar="AMOUNT", type=AMOUNT)
@click.option("--cap", "cap_cents", type=AMOUNT_OR_NOTHING, required=True, help="The most that a period may debit.")
@member_option
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, amount_cents: int, cap_cents: int,
    member: str | None, town: str, account: str | None,
) -> None:  # fmt: skip
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms, payer = bureau.clearings.terms(op), bureau.signer(account)
    who = member or str(payer.address)
    bureau.acts.deposit(payer, terms, who, cap_cents, amount_cents, deposit_salt(bureau.clearings, op, who))
    now = bureau.clearings.account(op, who)
    click.echo(f"{who} has {euros(now.balance_cents)} there; a period debits {euros(now.cap_cents)} at most.")
