"""Checks the whole of consultation NUMBER again, from a public node and the contract's address, trusting nobody.

Every ballot's proof and signature, the key ceremony, the totals, the trustees' shares and the result are
recomputed from events, on every core. Who votes is checked on the roll's file, which the town published when the
consultation was opened; without it nothing is confirmed, for a node can invent voters. The roll is drawn again from
the events of the register that the chain names: where that gives another, or nobody can tell, it is said first. The
exit status is 0 when the result is confirmed; 7 when it is refuted; 2 when it is not finished; 3 when for a ballot or a
trustee only the contract vouches; 4 when no roll was given; 5 when the node shows too few ballots for a result; 6 when
it would be confirmed, and nobody has shown that the roll is whole; 1 when it could not be audited, as is said.

\b
Examples:
  ape run vote audit 1 --contract 0x… --since 1234567 --roll roll.csv --network https://…
  ape run vote audit 1 --roll roll.csv --json verdict.json --network …
"""

import json
import sys
from collections import Counter
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.ballots.verdict import AuditOutcome
from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau
from beffroi.cli.options import EXISTING, FILE, polls_options
from beffroi.cli.printing import progress_to
from beffroi.consultation import checking
from beffroi.consultation.grounds import grounds_of, grounds_text, warnings_of
from beffroi.roll import read_csv

EXIT = {
    AuditOutcome.CONFIRMED: 0,
    AuditOutcome.REFUTED: 7,
    AuditOutcome.UNFINISHED: 2,
    AuditOutcome.VOUCHED: 3,
    AuditOutcome.STRANGERS: 4,
    AuditOutcome.WITHHELD: 5,
}
NOT_WHOLE = 6


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@polls_options
@click.option("--roll", "roll_path", type=EXISTING, help="The sealed roll, as it was published.")
@click.option("--question", type=EXISTING, help="The question's file, where the chain holds its hash only.")
@click.option("--json", "json_path", type=FILE, help="Write the verdict for machines too.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int,
    roll_path: Path | None, question: Path | None, json_path: Path | None,
) -> None:  # fmt: skip
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    params = bureau.polls.params(number)
    roll, seal = read_csv(roll_path) if roll_path is not None else (None, None)
    cast_in: Counter[int] = Counter()
    ballots = bureau.polls.consultations.read(bureau.polls.rpc, "ballots", number)
    with progress_to(Console(stderr=True), "ballots checked", ballots) as progress:
        verdict = checking.audit(bureau.polls, number, roll, progress=progress, cast_in=cast_in)
    checking.require_terms(verdict, params)
    (asked, unread), stood_on = bureau.told_of(params, question), grounds_of(bureau.polls, params, cast_in)
    origin = None if seal is None else bureau.origin(seal)
    for warning in warnings_of(stood_on, origin):
        click.echo(f"{warning}\n")
    if unread:
        click.echo(f"{unread}\n")
    click.echo(checking.verdict_text(verdict, asked))
    click.echo("\n" + grounds_text(stood_on, verdict, asked, origin))
    is_whole = origin is not None and origin.is_whole
    if json_path is not None:
        told = verdict.as_dict() | {"roll_is_whole": is_whole, "node": stood_on.node}
        json_path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    sys.exit(NOT_WHOLE if verdict.outcome is AuditOutcome.CONFIRMED and not is_whole else EXIT[verdict.outcome])
