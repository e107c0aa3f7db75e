"""Ends the vote of consultation NUMBER once its time is over; anyone may. Safe to repeat.

\b
Example:
  ape run vote close 1 --account clerk --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau
from beffroi.cli.options import account_option, polls_options
from beffroi.consultation import counting
from beffroi.consultation.polls import WORDS


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@polls_options
@account_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int,
    account: str | None,
) -> None:  # fmt: skip
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    status = counting.close(bureau.polls, number, bureau.signer(account, resumes=True))
    ballots = bureau.polls.consultations.read(bureau.polls.rpc, "ballots", number)
    click.echo(f"As this node shows it, {ballots:,} ballots: consultation {number} {WORDS[status]}.")
