"""Finds the counts of consultation NUMBER from the trustees' shares and fixes the result; anyone may. Safe to repeat.

\b
Example:
  ape run vote finalise 1 --account clerk --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand

from beffroi.consultation import checking, counting
from beffroi.consultation.desk import EXISTING, account_option, at_desk, desk_options
from beffroi.consultation.subject import subject_of


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("number", type=int)
@desk_options
@account_option
@click.option("--question", type=EXISTING, help="The question's file, where the chain holds its hash only.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int,
    account: str | None, question: Path | None,
) -> None:  # fmt: skip
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        counts = counting.finalise(desk.polls, number, desk.signer(account))
        ballots = desk.polls.consultations.read(desk.polls.rpc, "ballots", number)
        asked = subject_of(desk.polls, number, question)
        click.echo(f"The result of consultation {number} stands, {ballots:,} ballots:")
        if asked is None:
            click.echo(f"  counters, by option of its rule: {counts}")
            return
        for option, count in zip(asked.options, checking.results(asked, counts, ballots), strict=True):
            click.echo(f"  {option}: {count:,}")
