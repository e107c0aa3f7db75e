"""Opens a consultation: the question in FILE, the key of a ceremony, and the roll drawn from the register now.

\b
FILE is JSON:
  {"question": "Shall the main square be closed to cars?",
   "options": ["yes", "no", "blank"],
   "kind": "single"}
kind is single (one option; list a blank one), approval (minimum and maximum of them), or
points (maximum for an option, total in all).

The roll is written to --roll: publish it, everyone needs it to vote, to post and to audit. Below --minimum
ballots nothing will ever be opened, lest the total tell how someone voted.

\b
Example:
  ape run vote open question.json --ceremony 1 --opens 2026-03-01T08:00 --closes 2026-03-08T20:00 \\
      --tally 2026-03-10T20:00 --roll roll.csv --account officer --network …
"""

import datetime as dt
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand

from beffroi.consultation import subject as subjects
from beffroi.consultation.desk import EXISTING, FILE, account_option, at_desk, desk_options
from beffroi.consultation.opening import LEAST_SECRET, Calendar, open_consultation
from beffroi.consultation.polls import ConsultationError
from beffroi.residents import Kind, draw_roll
from beffroi.roll import write_csv

MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@desk_options
@account_option
@click.option("--ceremony", type=int, required=True, help="The number of the ceremony whose key it uses.")
@click.option("--opens", type=MOMENT, required=True, help="First moment of the vote, UTC.")
@click.option("--closes", type=MOMENT, required=True, help="First moment after it, UTC.")
@click.option("--tally", type=MOMENT, required=True, help="When the trustees are late, UTC.")
@click.option("--minimum", type=click.IntRange(1), default=LEAST_SECRET, show_default=True, help="Of ballots.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([it.name.lower() for it in Kind]),
              default=["citizen"], show_default=True, help="Who is on the roll.")  # fmt: skip
@click.option("--roll", "roll_path", type=FILE, required=True, help="Where the sealed roll is written.")
@click.option("--uri", help="Where the text is; without it, the text stands in the event itself.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, contract: str | None, since: int,
    account: str | None, ceremony: int, opens: dt.datetime, closes: dt.datetime, tally: dt.datetime, minimum: int,
    kinds: tuple[str, ...], roll_path: Path, uri: str | None,
) -> None:  # fmt: skip
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        if desk.residents is None:
            raise ConsultationError("the roll is drawn from a town's register: give --town, not --contract")
        asked = subjects.read(file)
        block = int(desk.polls.rpc.call("eth_blockNumber"), 16)
        roll, seal = draw_roll(
            desk.polls.rpc, desk.residents, [Kind[it.upper()] for it in kinds], block, desk.polls.first
        )
        write_csv(roll, seal, roll_path)
        number = open_consultation(
            desk.polls, desk.signer(account, "returning_officer"), ceremony=ceremony, subject=asked, roll=roll,
            calendar=Calendar(_seconds(opens), _seconds(closes), _seconds(tally)), secrecy_minimum=minimum, uri=uri,
        )  # fmt: skip
        click.echo(f"Consultation {number} of {desk.polls.consultations.address}: {asked.question}")
        for place, option in enumerate(asked.options, 1):
            click.echo(f"  {place}. {option}")
        click.echo(f"{len(roll):,} accounts on the sealed roll, root {seal.root}: publish {roll_path}.")


def _seconds(moment: dt.datetime) -> int:
    return int(moment.replace(tzinfo=dt.UTC).timestamp())
