"""Pays into PROGRAMME what it announced and has not been funded with; or AMOUNT, in euros, for grants to come.

\b
Nobody spends before all that was announced is there. Anyone may fund; what is left in the end goes
to the sponsor. Without AMOUNT a run that was cut short is started again and pays nothing twice.

\b
Examples:
  ape run programme fund 0x… --account ccas --network …
  ape run programme fund 0x… 500.00 --account ccas --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import AMOUNT, bureau_options
from beffroi.cli.programme import PROGRAMME, ProgrammeBureau, worth
from beffroi.errors import InputError
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("programme", type=PROGRAMME)
@click.argument("amount_cents", metavar="[AMOUNT]", type=AMOUNT, required=False)
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, programme: bytes, amount_cents: int | None, town: str,
    account: str | None,
) -> None:  # fmt: skip
    bureau = ProgrammeBureau.open(town, provider, ecosystem)
    terms = bureau.book.terms(programme)
    if not terms.unit_cents:
        raise InputError("these are stamps: there is no money behind them, and nothing to fund")
    if amount_cents and amount_cents % terms.unit_cents:
        raise InputError(f"a unit is {euros(terms.unit_cents)}: fund whole units")
    payer = bureau.signer(account, resumes=amount_cents is None)
    due_cents = amount_cents or bureau.book.standing(programme).missing * terms.unit_cents
    if due_cents:
        bureau.acts.fund(payer, programme, due_cents)
    now = bureau.book.standing(programme)
    click.echo(f"{euros(due_cents)} paid in. Funded: {worth(terms, now.funded)}; announced: {now.announced:,} units.")
    if now.missing:
        click.secho(f"Nobody spends yet: {worth(terms, now.missing)} are missing.", fg="red")
