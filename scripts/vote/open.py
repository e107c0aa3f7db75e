"""Opens a consultation: the question in FILE, the key of a ceremony, and the roll drawn from the register now.

\b
FILE is JSON:
  {"question": "Shall the main square be closed to cars?",
   "options": ["yes", "no", "blank"],
   "kind": "single"}
kind is single (one option; list a blank one), approval (minimum and maximum of them), or
points (maximum for an option, total in all).

The roll is written to --roll: publish it, everyone needs it to vote, to post and to audit. Below --minimum
ballots nothing will ever be opened, lest the total tell how someone voted. Where the returning officer must
announce acts, the roll of the announcement stays until the same command carries it out.

\b
Example:
  ape run vote open question.json --ceremony 1 --opens 2026-03-01T08:00 --closes 2026-03-08T20:00 \\
      --tally 2026-03-10T20:00 --roll roll.csv --account officer --network …
"""

import datetime as dt
from functools import partial
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau, opening_roll
from beffroi.cli.options import EXISTING, FILE, MOMENT, account_option, polls_options, seconds
from beffroi.consultation import subject as subjects
from beffroi.consultation.opening import LEAST_SECRET, Calendar, open_consultation, opening
from beffroi.residents import ResidentKind


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@polls_options
@account_option
@click.option("--ceremony", type=int, required=True, help="The number of the ceremony whose key it uses.")
@click.option("--opens", type=MOMENT, required=True, help="First moment of the vote, UTC.")
@click.option("--closes", type=MOMENT, required=True, help="First moment after it, UTC.")
@click.option("--tally", type=MOMENT, required=True, help="When the trustees are late, UTC.")
@click.option("--minimum", type=click.IntRange(1), default=LEAST_SECRET, show_default=True, help="Of ballots.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([it.name.lower() for it in ResidentKind]),
              default=["citizen"], show_default=True, help="Who is on the roll.")  # fmt: skip
@click.option("--roll", "roll_path", type=FILE, required=True, help="Where the sealed roll is written.")
@click.option("--uri", help="Where the text is; without it, the text stands in the event itself.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, contract: str | None, since: int,
    account: str | None, ceremony: int, opens: dt.datetime, closes: dt.datetime, tally: dt.datetime, minimum: int,
    kinds: tuple[str, ...], roll_path: Path, uri: str | None,
) -> None:  # fmt: skip
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    asked = subjects.read(file)
    polls, officer = bureau.polls, bureau.signer(account, "returning_officer")
    calendar = Calendar(seconds(opens), seconds(closes), seconds(tally))
    act = partial(opening, polls, ceremony=ceremony, subject=asked, calendar=calendar, secrecy_minimum=minimum, uri=uri)
    on_roll = [ResidentKind[it.upper()] for it in kinds]
    roll = opening_roll(polls, bureau.residents, officer, roll_path, on_roll, lambda it: act(roll=it))
    number = open_consultation(
        polls, officer, ceremony=ceremony, subject=asked, roll=roll, calendar=calendar, secrecy_minimum=minimum, uri=uri
    )
    click.echo(f"Consultation {number} of {bureau.polls.consultations.address}: {asked.question}")
    for place, option in enumerate(asked.options, 1):
        click.echo(f"  {place}. {option}")
    click.echo(f"{len(roll):,} accounts on the sealed roll, root 0x{roll.root.hex()}: publish {roll_path}.")
