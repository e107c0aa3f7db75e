"""A trustee helps to open the result of consultation NUMBER: her part of the totals, and of nothing else.

KEYFILE is the one she made in the key ceremony. What is sent opens the sums of all ballots only, together
with the parts of other trustees, and carries the proof that it is right. It can be sent once the vote is closed,
late too; safe to repeat. Keep the key file until the result stands.

\b
Example:
  ape run vote share 1 my-key.json --account me --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli import keyring
from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau
from beffroi.cli.options import FILE, account_option, polls_options
from beffroi.consultation import counting
from beffroi.consultation.polls import PollStatus


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("keyfile", type=FILE)
@polls_options
@account_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, keyfile: Path, town: str, contract: str | None,
    since: int, account: str | None,
) -> None:  # fmt: skip
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    bureau.polls.require(number, PollStatus.CLOSED, PollStatus.DECRYPTING, PollStatus.STALLED, PollStatus.TALLIED)
    index = counting.share(bureau.polls, number, bureau.signer(account, resumes=True), keyring.unlock(keyfile))
    params = bureau.polls.params(number)
    needed = bureau.polls.ceremonies.read(bureau.polls.rpc, "threshold", params.ceremony)
    given = len(counting.shares_of(bureau.polls, number))
    click.echo(f"The share of trustee {index} is on the chain, {given} of the {needed} needed. Your part is done.")
    click.echo("Keep your key file until the result stands; then destroy it, its copies and the paper.")
