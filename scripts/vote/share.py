"""A trustee helps to open the result of consultation NUMBER: her part of the totals, and of nothing else.

KEYFILE is the one she made in the key ceremony. The roll is drawn again from the town's register: where it is not
whole, that is said first, and asked. Every ballot is checked, its proof, its signature and its place on that roll, and
the totals are summed again here: what the node shows is not taken for true. What was found gives a number to compare
with another trustee's by telephone (--compared) or with another node (--second-node URL), before anything of the key
leaves this computer. What is opened is written into KEYFILE, which then opens nothing else of that vote; a copy made
before, or one restored from paper, does not know it, and must not be used to open another count. It can be sent once
the vote is closed, late too; safe to repeat. Keep the file until another node shows the result too.

\b
Examples:
  ape run vote share 1 my-key.json --roll roll.csv --account me --network …
  ape run vote share 1 my-key.json --roll roll.csv --second-node https://… --account me --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli import keyring
from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau, sealed_roll
from beffroi.cli.options import FILE, account_option, polls_options, roll_option, second_node_option, trust_roll_option
from beffroi.cli.printing import progress_to
from beffroi.consultation import checking, counting, sharing
from beffroi.consultation.polls import ConsultationError, PollStatus


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("keyfile", type=FILE)
@polls_options
@account_option
@roll_option
@trust_roll_option
@second_node_option
@click.option("--compared", metavar="NUMBER", help="The ten groups of digits that another trustee has read to you.")
@click.option("--vouched", type=click.IntRange(min=0), default=0, show_default=True,
              help="How many ballots of smart accounts, which only the chain checks, the town knows of.")  # fmt: skip
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, keyfile: Path, town: str, contract: str | None,
    since: int, account: str | None, roll_path: Path, second_node: str | None, compared: str | None, vouched: int,
    trust_roll: bool,
) -> None:  # fmt: skip
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    polls = bureau.polls
    polls.require(number, PollStatus.CLOSED, PollStatus.DECRYPTING, PollStatus.STALLED, PollStatus.TALLIED)
    params = polls.params(number)
    roll, seal = sealed_roll(roll_path, params)
    bureau.require_origin(seal, params.opens_at, is_trusted=trust_roll)
    key = keyring.unlock(keyfile)
    ballots = polls.consultations.read(polls.rpc, "ballots", number)
    with progress_to(Console(stderr=True), "ballots checked", ballots) as progress:
        counted = sharing.count(polls, number, key, roll, now_s=polls.own_clock_s(), vouched=vouched, progress=progress)
    click.echo(f"{counted.closing.ballots:,} ballots, closed in block {counted.block:,}. In a number to compare:")
    click.echo(counted.phrase)
    if second_node is not None:
        second = checking.second_node(polls, second_node)
        second.require_pinned(key.pins.ceremony, key.pins)
        counted.require_same(second)
        click.echo("The second node tells the same.")
    if compared is not None:
        counted.require_compared(compared)
    elif second_node is None and not click.confirm("Has another trustee, by a node of her own, the same number?"):
        raise ConsultationError("nothing was sent: give the command again once you have compared")
    keyring.remember(keyfile, counted)
    index = sharing.give(polls, bureau.signer(account, resumes=True), key, counted)
    needed, given = key.pins.threshold, len(counting.shares_of(polls, number))
    click.echo(f"As this node shows it, the share of trustee {index} is on the chain, {given} of the {needed} needed.")
    click.echo("Keep your key file until another node shows the result too; then destroy it, its copies and the paper.")
