"""Ends the vote of consultation NUMBER once its time is over; anyone may. Safe to repeat.

\b
Example:
  ape run vote close 1 --account clerk --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand

from beffroi.consultation import counting
from beffroi.consultation.desk import account_option, at_desk, desk_options
from beffroi.consultation.polls import WORDS


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("number", type=int)
@desk_options
@account_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int,
    account: str | None,
) -> None:  # fmt: skip
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        status = counting.close(desk.polls, number, desk.signer(account))
        ballots = desk.polls.consultations.read(desk.polls.rpc, "ballots", number)
        click.echo(f"{ballots:,} ballots. Consultation {number} {WORDS[status]}.")
