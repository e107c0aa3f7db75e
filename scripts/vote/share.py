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
from ape.cli import ConnectedProviderCommand

from beffroi.consultation import counting, keyring
from beffroi.consultation.desk import FILE, account_option, at_desk, desk_options
from beffroi.consultation.polls import Status


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("keyfile", type=FILE)
@desk_options
@account_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, keyfile: Path, town: str, contract: str | None,
    since: int, account: str | None,
) -> None:  # fmt: skip
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        desk.polls.require(number, Status.CLOSED, Status.DECRYPTING, Status.STALLED, Status.TALLIED)
        index = counting.share(desk.polls, number, desk.signer(account), keyring.unlock(keyfile))
        params = desk.polls.params(number)
        needed = desk.polls.ceremonies.read(desk.polls.rpc, "threshold", params.ceremony)
        given = len(counting.shares_of(desk.polls, number))
        click.echo(f"The share of trustee {index} is on the chain, {given} of the {needed} needed. Your part is done.")
        click.echo("Keep your key file until the result stands; then destroy it, its copies and the paper.")
