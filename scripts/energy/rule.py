"""The arbiter rules on the contested line of MEMBER in PERIOD of OP: of what is held, DUE goes to the organiser.

The rest is the member's again. DUE may be 0, and is at most what is held (`energy show OP`). Whoever does not rule in
time has ruled for the member.

\b
Example:
  ape run energy rule 0x… 202611 0x… 8.40 --account arbiter --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau
from beffroi.cli.options import ACCOUNT, AMOUNT_OR_NOTHING, OPERATION, bureau_options
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@click.argument("period", type=click.IntRange(1, 2**32 - 1))
@click.argument("member", type=ACCOUNT)
@click.argument("due_cents", metavar="DUE", type=AMOUNT_OR_NOTHING)
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, period: int, member: str, due_cents: int, town: str,
    account: str | None,
) -> None:  # fmt: skip
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms = bureau.clearings.terms(op)
    line = bureau.acts.rule(bureau.signer(account), terms, period, member, due_cents)
    back = euros(line.held_cents - due_cents)
    click.echo(f"Ruled: {euros(due_cents)} are due to the organiser, {back} are the member's again.")
