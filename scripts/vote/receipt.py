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
from ape.cli import ConnectedProviderCommand

from beffroi.ballots.receipt import Fate, Receipt
from beffroi.consultation import challenge, checking
from beffroi.consultation.desk import EXISTING, at_desk, desk_options
from beffroi.consultation.subject import subject_of


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@desk_options
@click.option("--question", type=EXISTING, help="The question's file, where the chain holds its hash only.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, contract: str | None, since: int,
    question: Path | None,
) -> None:  # fmt: skip
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        text = file.read_text(encoding="utf-8")
        if challenge.is_opening(text):
            number = challenge.consultation(text)
            honest, held = challenge.check(text, desk.polls.params(number), subject_of(desk.polls, number, question))
            click.echo(held)
            sys.exit(0 if honest else 1)
        found = checking.check_receipt(desk.polls, Receipt.parse(text))
        click.echo(found.text)
    sys.exit(0 if found.fate in {Fate.COUNTED, Fate.REPLACED} else 1)
