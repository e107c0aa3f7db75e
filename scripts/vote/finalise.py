"""Finds the counts of consultation NUMBER from the trustees' shares and fixes the result; anyone may. Safe to repeat.

\b
Example:
  ape run vote finalise 1 --account clerk --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau
from beffroi.cli.options import EXISTING, account_option, polls_options
from beffroi.consultation import checking, counting


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@polls_options
@account_option
@click.option("--question", type=EXISTING, help="The question's file, where the chain holds its hash only.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int,
    account: str | None, question: Path | None,
) -> None:  # fmt: skip
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    asked, unread = bureau.told_of(bureau.polls.params(number), question)
    counts = counting.finalise(bureau.polls, number, bureau.signer(account, resumes=True))
    ballots = bureau.polls.consultations.read(bureau.polls.rpc, "ballots", number)
    click.echo(f"As this node shows it, the result of consultation {number} stands, {ballots:,} ballots:")
    if unread:
        click.echo(unread)
    if asked is None:
        click.echo(f"  counters, by option of its rule: {counts}")
        return
    for option, got in zip(asked.options, checking.found(asked, counts, ballots), strict=True):
        click.echo(f"  {option}: {got}")
