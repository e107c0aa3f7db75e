"""Checks FILE: a receipt (is my ballot, as I cast it, in the count?) or a ballot that was opened instead of cast.

\b
Examples:
  ape run vote receipt mine.json --network …
  ape run vote receipt opened-ballot.json --network …

A receipt says which ballot was cast and not what is in it: it shows nobody how you voted.
"""

import sys
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.ballots.receipt import Fate, Receipt
from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau
from beffroi.cli.options import EXISTING, polls_options
from beffroi.consultation import challenge, checking
from beffroi.textfile import read_text


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@polls_options
@click.option("--question", type=EXISTING, help="The question's file, where the chain holds its hash only.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, contract: str | None, since: int,
    question: Path | None,
) -> None:  # fmt: skip
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    text = read_text(file)
    if challenge.is_opening(text):
        number = challenge.consultation(text)
        params, votes = bureau.polls.params(number), bureau.polls.votes(number)
        asked, unread = bureau.told_of(params, question)
        honest, held = challenge.check(text, params, asked, votes)
        click.echo(f"{unread}\n{held}" if unread else held)
        sys.exit(0 if honest else 1)
    found = checking.check_receipt(bureau.polls, Receipt.parse(text))
    click.echo(found.text)
    sys.exit(0 if found.fate in {Fate.COUNTED, Fate.REPLACED} else 1)
