"""Puts promises of mandate NUMBER to the vote: a consultation in secret, for the returning officer.

The citizens on the roll sealed last judge them: where somebody came or left since, have a new one sealed first. Unless
it is a mid-term round, the vote is announced and open as long as the town's charter asks (credibility.notice_days and
voting_days), counted from its attaching; the least number of ballots that the Rulebook allows is enough.
Posting, closing and opening the totals are as in any consultation: `ape run vote …`. Then: `ape run cred settle`.

\b
Example:
  ape run cred evaluate 1 --promises 1,2,5 --ceremony 3 --opens 2026-06-01T08:00 --closes 2026-06-08T20:00 \\
      --tally 2026-06-10T20:00 --roll roll.csv --network …
"""

import datetime as dt
from functools import partial
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import opening_roll
from beffroi.cli.credibility import CredBureau, numbers
from beffroi.cli.options import FILE, MOMENT, bureau_options, seconds
from beffroi.consultation.opening import Calendar
from beffroi.consultation.rulebook import require_current
from beffroi.credibility.evaluation import open_round, round_opening
from beffroi.residents import ResidentKind


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@bureau_options
@click.option("--promises", "listed", required=True, help="Which, from 1, between commas.")
@click.option("--ceremony", type=int, required=True, help="The number of the ceremony whose key it uses.")
@click.option("--opens", type=MOMENT, required=True, help="First moment of the vote, UTC.")
@click.option("--closes", type=MOMENT, required=True, help="First moment after it, UTC.")
@click.option("--tally", type=MOMENT, required=True, help="When the trustees are late, UTC.")
@click.option("--mid-term", is_flag=True, help="To inform: nothing burns.")
@click.option("--roll", "roll_path", type=FILE, required=True, help="Where the sealed roll is written.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, account: str | None, listed: str,
    ceremony: int, opens: dt.datetime, closes: dt.datetime, tally: dt.datetime, mid_term: bool, roll_path: Path,
) -> None:  # fmt: skip
    bureau = CredBureau.open(town, provider, ecosystem)
    polls, promises = bureau.polls, bureau.history(number).promises
    chosen = numbers(listed, promises)
    contract, officer = bureau.mandates.promises, bureau.signer(account, "returning_officer")
    calendar = Calendar(seconds(opens), seconds(closes), seconds(tally))
    asked = {"mandate": number, "chosen": chosen, "ceremony": ceremony, "calendar": calendar, "mid_term": mid_term}
    roll = opening_roll(
        polls, bureau.residents, officer, roll_path, [ResidentKind.CITIZEN],
        lambda it: round_opening(polls, contract, roll=it, **asked), partial(require_current, polls),
    )  # fmt: skip
    opened = open_round(polls, contract, officer, roll=roll, **asked)
    click.echo(f"Evaluation {opened.evaluation} is consultation {opened.consultation}, over {len(roll):,} citizens.")
